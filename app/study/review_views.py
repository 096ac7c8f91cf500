"""Recall questions as they return: one at a time, answered, compared, graded."""

from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.content import library
from app.forms import Form
from app.study import actions
from app.study.forms import GradeForm, ReviewForm
from app.study.lesson_queries import Given, latest_answer
from app.study.queries import deck_of
from app.study.review_page import ReviewPage, review_page
from app.study.views import blueprint
from course.review import SECONDS_A_QUESTION, SITTING


@blueprint.route("/review/", methods=["GET", "POST"])
@learner_only
def review() -> ResponseReturnValue:
    return answered() if request.method == "POST" else shown_review()


def answered() -> ResponseReturnValue:
    """Keep the answer that was sent, and go on to compare it."""
    form = ReviewForm()
    if form.question not in library().questions:
        return shown_review(orphan=form.text.data or "")
    lesson, recall = library().questions[form.question]
    if not form.validate_on_submit():
        return shown_review(form)
    if not form.answers(recall):
        return shown_review(form, status=409)
    text, confidence = form.text.data or "", form.confidence.data
    actions.answer(learner()[1], lesson, recall.id, text=text, confidence=confidence)
    return redirect(url_for("study.review", done=done() or None), 303)


@blueprint.route("/review/<lesson_id>/<recall_id>/grade", methods=["POST"])
@learner_only
def review_grade(lesson_id: str, recall_id: str) -> ResponseReturnValue:
    form = GradeForm()
    if not form.validate_on_submit():
        return shown_review(form)
    correct = form.correct.data == "yes"
    try:
        actions.grade(learner()[1], form.answer.data or 0, lesson_id=lesson_id, recall_id=recall_id, correct=correct)
    except actions.NotFound:
        abort(404)
    return redirect(url_for("study.review", done=done() + 1), 303)


def done() -> int:
    """How many questions this sitting has had, as its address says."""
    asked = request.args.get("done", 0, type=int)
    return min(max(asked, 0), SITTING)


def shown_review(
    sent: Form | None = None, *, orphan: str | None = None, status: int | None = None
) -> ResponseReturnValue:
    """The question whose turn it is, or that there is none; with what was sent and refused, as it was typed."""
    person, enrolment = learner()
    now = clock.now().astimezone(ZoneInfo(person.time_zone))
    page = review_page(library(), deck_of(enrolment), now=now, done=done())
    if isinstance(sent, ReviewForm) and page.question != sent.question:
        orphan, sent = sent.text.data or "", None
    given = latest_answer(enrolment, page.lesson, page.recall) if page.lesson and page.recall else None
    waiting = page.waiting_for_comparison(given)
    html = render_template(
        "study/review.html",
        page=page,
        given=waiting,
        was=page.put_otherwise(waiting),
        returns=page.returns(waiting, now),
        answer_form=sent if isinstance(sent, ReviewForm) else fresh_answer(page),
        grade_form=sent if isinstance(sent, GradeForm) else fresh_grade(waiting),
        sent=sent,
        done=done(),
        seconds=SECONDS_A_QUESTION,
        sitting=SITTING,
        orphan=orphan,
    )
    return html, status or (409 if orphan is not None else 422 if sent else 200)


def fresh_answer(page: ReviewPage) -> ReviewForm:
    """An empty answer to the question whose turn it is."""
    lesson_id, recall_id = page.question or ("", "")
    wording = page.recall.wording if page.recall else ""
    return ReviewForm(formdata=None, lesson=lesson_id, recall=recall_id, wording=wording)


def fresh_grade(waiting: Given | None) -> GradeForm:
    """The grade of the answer that waits for one."""
    return GradeForm(formdata=None, answer=waiting.id if waiting else None)
