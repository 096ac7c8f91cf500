"""The self-assessment: taken at four moments, shown beside what the log counts."""

from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, content
from app.access import learner, learner_only
from app.filters import plural, spell
from app.practice.queries import entries_of, promises_of
from app.study import actions
from app.study.assessment_page import assessment_page, due_moment, measures_of
from app.study.forms import AssessmentForm, assessment_form
from app.study.queries import Taken, taken_by
from app.study.views import blueprint
from course.assessment import Moment, SelfAssessment


@blueprint.route("/self-assessment/", methods=["GET", "POST"])
@learner_only
def self_assessment() -> ResponseReturnValue:
    instrument = content.self_assessment() or abort(404)
    taken = taken_by(learner()[1], [lesson.id for lesson in content.library().lessons])
    if request.method == "GET":
        return shown(instrument, taken)
    form = assessment_form(instrument)()
    if not form.validate_on_submit():
        return shown(instrument, taken, form, status=422)
    return keep(instrument, taken, form)


def keep(instrument: SelfAssessment, taken: Taken, form: AssessmentForm) -> ResponseReturnValue:
    """Keep what was answered if it is the moment for it; one that was kept before stands, with the same answer."""
    person, enrolment = learner()
    moment, zone = Moment(form.moment.data), ZoneInfo(person.time_zone)
    if moment not in taken.answers:
        if moment is not due_moment(content.library(), taken, today=clock.today(person.time_zone), zone=zone):
            return shown(instrument, taken, form, status=409)
        if actions.assess(enrolment, moment, form.answers):
            flash(words_of_keeping(form.left_open))
    return redirect(url_for("study.self_assessment"), 303)


def words_of_keeping(left_open: int) -> str:
    """That it was kept, and how much of it was left open."""
    if not left_open:
        return "Kept. Every question is answered."
    return f"Kept. {spell(left_open).capitalize()} {plural(left_open, 'question')} left open, and shown so."


def shown(
    instrument: SelfAssessment, taken: Taken, sent: AssessmentForm | None = None, *, status: int = 200
) -> ResponseReturnValue:
    """The questions if it is a moment for them, and what was answered so far."""
    person, _ = learner()
    today = clock.today(person.time_zone)
    page = assessment_page(
        content.library(),
        instrument,
        taken,
        measures=measures_of(instrument, entries_of(person), promises_of(person), today=today),
        today=today,
        zone=ZoneInfo(person.time_zone),
    )
    fresh = assessment_form(instrument)(formdata=None, moment=page.due.value if page.due else "")
    html = render_template(
        "study/self_assessment.html",
        page=page,
        instrument=instrument,
        form=sent or fresh,
        too_late=status == 409,
    )
    return html, status
