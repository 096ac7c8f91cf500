"""One lesson and everything that is done on its page."""

from collections.abc import Mapping
from datetime import date

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only, me, public
from app.content import faults_for_author, library
from app.forms import Form
from app.study import actions
from app.study.forms import AnswerForm, BeginForm, Button, CompleteForm, GradeForm, NoteForm, PlanForm
from app.study.lesson_forms import LessonForms
from app.study.lesson_page import LessonPage, lesson_page, rating
from app.study.lesson_queries import Desk, desk_of, has_begun
from app.study.openings import openings_of
from app.study.queries import exceptions_of
from app.study.views import blueprint
from course.lesson import Lesson


@blueprint.route("/course/<lesson_id>")
@learner_only
def lesson(lesson_id: str) -> ResponseReturnValue:
    return shown(library().lesson(lesson_id) or abort(404))


@blueprint.route("/free-lesson")
@public
def free_lesson() -> ResponseReturnValue:
    page = lesson_page(library(), library().free or abort(404), Desk())
    return render_template("study/free_lesson.html", page=page, rating=rating)


@blueprint.route("/course/<lesson_id>/begin", methods=["POST"])
@learner_only
def begin(lesson_id: str) -> ResponseReturnValue:
    page = lesson_page(library(), found(lesson_id), Desk())
    form = BeginForm()
    if not form.validate_on_submit():
        return shown(page.lesson, form, place="begin")
    heading = form.heading.data if form.heading.data in page.anchors else ""
    actions.begin(learner()[1], page.lesson, heading=heading or "")
    return "", 204


@blueprint.route("/course/<lesson_id>/complete", methods=["POST"])
@learner_only
def complete(lesson_id: str) -> ResponseReturnValue:
    lesson, form = found(lesson_id), CompleteForm()
    if not form.validate_on_submit():
        return shown(lesson, form, place="complete")
    actions.complete(learner()[1], lesson, content_hash=form.content_hash.data or "")
    return redirect(url_for("study.lesson", lesson_id=lesson_id, _anchor="finish"), 303)


@blueprint.route("/course/<lesson_id>/reopen", methods=["POST"])
@learner_only
def reopen(lesson_id: str) -> ResponseReturnValue:
    lesson, form = found(lesson_id), Button()
    if not form.validate_on_submit():
        return shown(lesson, form, place="reopen")
    actions.reopen(learner()[1], lesson_id)
    return redirect(url_for("study.lesson", lesson_id=lesson_id, _anchor="finish"), 303)


@blueprint.route("/course/<lesson_id>/note", methods=["POST"])
@learner_only
def note(lesson_id: str) -> ResponseReturnValue:
    lesson, form = found(lesson_id), NoteForm()
    if not form.validate_on_submit():
        return (
            (jsonify(faults=[words for _, words in form.faults]), 422) if by_script() else shown(lesson, form, "note")
        )
    text = form.text.data or ""
    try:
        version = actions.save_note(learner()[1], lesson, text=text, version=form.version.data or 0)
    except actions.NoteChanged as changed:
        return note_conflict(lesson, form, changed)
    if by_script():
        return jsonify(version=version, saved_at=clock.now().isoformat())
    return redirect(url_for("study.lesson", lesson_id=lesson_id, _anchor="notes"), 303)


def note_conflict(lesson: Lesson, form: NoteForm, changed: actions.NoteChanged) -> ResponseReturnValue:
    """Both texts, for the learner to decide; saving again goes over the other one knowingly."""
    if by_script():
        return jsonify(text=changed.text, version=changed.version), 409
    form.version.data, form.version.raw_data = changed.version, None
    return shown(lesson, form, "note", status=409, other_note=changed.text)


@blueprint.route("/course/<lesson_id>/recall/<recall_id>", methods=["POST"])
@learner_only
def answer(lesson_id: str, recall_id: str) -> ResponseReturnValue:
    lesson, form = found(lesson_id), AnswerForm()
    recall = next((recall for recall in lesson.recalls if recall.id == recall_id), None)
    if recall is None:
        return shown(lesson, orphan=form.text.data or "", status=409)
    if not form.validate_on_submit():
        return shown(lesson, form, f"recall-{recall_id}")
    if not form.answers(recall):
        return shown(lesson, form, f"recall-{recall_id}", status=409)
    text, confidence = form.text.data or "", form.confidence.data
    actions.answer(learner()[1], lesson, recall_id, text=text, confidence=confidence)
    return redirect(url_for("study.lesson", lesson_id=lesson_id, _anchor=f"recall-{recall_id}"), 303)


@blueprint.route("/course/<lesson_id>/recall/<recall_id>/grade", methods=["POST"])
@learner_only
def grade(lesson_id: str, recall_id: str) -> ResponseReturnValue:
    lesson, form = found(lesson_id), GradeForm()
    if not form.validate_on_submit():
        return shown(lesson, form, f"grade-{recall_id}")
    correct = form.correct.data == "yes"
    try:
        actions.grade(learner()[1], form.answer.data or 0, lesson_id=lesson_id, recall_id=recall_id, correct=correct)
    except actions.NotFound:
        abort(404)
    return redirect(url_for("study.lesson", lesson_id=lesson_id, _anchor=f"recall-{recall_id}"), 303)


@blueprint.route("/course/<lesson_id>/plan", methods=["POST"])
@learner_only
def plan(lesson_id: str) -> ResponseReturnValue:
    person, enrolment = learner()
    lesson = found(lesson_id)
    form = PlanForm(today=clock.today(person.time_zone), slots=lesson.exercise.slots)
    if not form.validate_on_submit():
        return shown(lesson, form, "plan")
    actions.keep_plan(enrolment, lesson, **form.words, due_on=form.day)
    return redirect(url_for("study.lesson", lesson_id=lesson_id, _anchor="plans"), 303)


def found(lesson_id: str) -> Lesson:
    """The lesson of that id; one that is shut or was taken out only for a learner who had begun it, else 404."""
    lesson, enrolment = library().lesson(lesson_id) or abort(404), learner()[1]
    if library().module_of(lesson_id) and not shut_until(lesson, exceptions_of(enrolment)):
        return lesson
    return lesson if has_begun(enrolment, lesson_id) else abort(404)


def shut_until(lesson: Lesson, exceptions: Mapping[str, date]) -> date | None:
    """The day a lesson opens to the learner; None for one that is open."""
    return openings_of(library(), me(), exceptions, now=clock.now()).shut_until(lesson.id)


def by_script() -> bool:
    """Whether a script asks, and can read JSON."""
    return request.accept_mimetypes.best == "application/json"


def shown(
    lesson: Lesson,
    sent: Form | None = None,
    place: str = "",
    *,
    status: int | None = None,
    other_note: str | None = None,
    orphan: str | None = None,
) -> ResponseReturnValue:
    """The lesson's page; with a form that was sent and refused, as it was typed. 404 for a foreign retired one."""
    person, enrolment = learner()
    module, today = library().module_of(lesson.id), clock.today(person.time_zone)
    desk = desk_of(person, enrolment, lesson, module=module.folder if module else "")
    until = shut_until(lesson, {lesson.id: desk.own_day} if desk.own_day else {})
    if until and desk.place is None:
        return render_template("study/shut.html", title=lesson.title, until=until), status or 200
    page: LessonPage = lesson_page(library(), lesson, desk)
    if page.retired and desk.place is None:
        abort(404)
    html = render_template(
        "study/lesson.html",
        page=page,
        desk=desk,
        forms=LessonForms(lesson, today, sent=sent, place=place),
        rating=rating,
        today=today,
        now=clock.now(),
        enrolment_id=enrolment.id,
        other_note=other_note,
        orphan=orphan,
        lapses=faults_for_author(lesson.path),
        stale=lesson.path in library().stale,
    )
    return html, status or (422 if sent else 200)
