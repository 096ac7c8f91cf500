"""What a learner says of the course: three questions and a line, asked once."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.content import library
from app.forms import Form
from app.study import actions
from app.study.queries import Studies, reaction_of, studies_of
from app.study.reaction_forms import ReactionForm
from app.study.today_page import reaction_asked
from app.study.views import blueprint, last_day
from course import reaction as rules
from course.disclosure import FEWEST


@blueprint.route("/reaction/", methods=["GET", "POST"])
@learner_only
def reaction() -> ResponseReturnValue:
    form = ReactionForm()
    if not form.is_submitted():
        return shown(form), 200
    if not form.validate():
        return shown(form), 422
    if not asked(studies_of(learner()[1], clock.now())):
        return shown(form, too_late=True), 409
    if actions.react(learner()[1], form.ratings, form.line.data or ""):
        flash("Kept. Thank you: it counts beside what the others say.")
    return redirect(url_for(".reaction"), 303)


@blueprint.route("/reaction/no", methods=["POST"])
@learner_only
def no_reaction() -> ResponseReturnValue:
    """Rather not: nothing is kept but that, and it is not asked again."""
    if not Form().validate_on_submit():
        abort(400)
    if asked(studies_of(learner()[1], clock.now())) and actions.react(learner()[1], {}, ""):
        flash("That is fine. You will not be asked again.")
    return redirect(url_for(".today"), 303)


def asked(studies: Studies) -> bool:
    """Whether the asking learner is to be asked now."""
    return reaction_asked(library(), studies, today=clock.today(learner()[0].time_zone), ends_on=last_day())


def shown(form: ReactionForm, *, too_late: bool = False) -> str:
    """The questions if it is the time for them, or what was said."""
    enrolment = learner()[1]
    studies = studies_of(enrolment, clock.now())
    return render_template(
        "study/reaction.html",
        form=form,
        button=Form(formdata=None),
        items=rules.ITEMS,
        due=asked(studies),
        said=reaction_of(enrolment) if studies.reacted else None,
        declined=studies.reacted,
        too_late=too_late,
        fewest=FEWEST,
    )
