"""The minutes that lessons took, corrected by who read them. The ledger counts the stated ones otherwise."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.content import library
from app.practice import study_time_actions as actions
from app.practice import study_time_queries as queries
from app.practice.study_time_forms import study_time_form
from app.practice.views import blueprint


@blueprint.route("/roi/study-time", methods=["GET", "POST"])
@learner_only
def study_time() -> ResponseReturnValue:
    """Every completed lesson with its stated minutes, and how long it really took."""
    person, _ = learner()
    read = queries.readings_of(person)
    lessons = (*library().former, *library().lessons)
    form = study_time_form(read, {lesson.id: lesson.title for lesson in lessons})
    if form.validate_on_submit():
        actions.correct_minutes(person, form.minutes())
        flash("Saved. The ledger counts it so.")
        return redirect(url_for(".study_time"), 303)
    stated = {lesson.id: lesson.minutes for lesson in lessons}
    page = render_template("practice/ledger/study_time.html", form=form, read=read, stated=stated)
    return page, 422 if form.is_submitted() else 200
