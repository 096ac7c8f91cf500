"""A trainer asks for the cases of their cohort: whom, the rule says and nobody else."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app import clock, content
from app.access import trainer_only
from app.forms import Form
from app.reports.case_actions import AlreadyAsked, ask_for_cases
from app.reports.roi_cases import choice_of
from app.reports.roi_page import book_now
from app.reports.roi_queries import enrolled_in
from app.reports.views import blueprint, own_cohort


@blueprint.route("/trainer/cohorts/<slug>/roi/cases", methods=["POST"])
@trainer_only
def ask_cases(slug: str) -> ResponseReturnValue:
    cohort, now, library = own_cohort(slug), clock.now(), content.library()
    if not Form().validate_on_submit():
        abort(400)
    minutes = {lesson.id: lesson.minutes for lesson in (*library.former, *library.lessons)}
    book = book_now(cohort, enrolled_in(cohort, now, minutes), now)
    chosen = choice_of(book) if book else ()
    try:
        ask_for_cases(cohort, chosen)
        flash("Asked. You are told who it is once they agree." if chosen else "There is nobody to ask yet.")
    except AlreadyAsked:
        flash("They were asked before, and that choice stands.")
    return redirect(url_for("reports.roi", slug=slug, _anchor="cases"), 303)
