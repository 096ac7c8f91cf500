"""What learners show: the trainer opens it, rates it blind, answers it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import me, trainer_only
from app.content import library
from app.forms import Form
from app.reports import inbox_actions, inbox_queries
from app.reports.inbox_forms import AnswerForm, Button, RateForm
from app.reports.inbox_page import clock_of, is_open
from app.reports.inbox_page import inbox as inbox_page
from app.reports.inbox_queries import Opened
from app.reports.views import blueprint
from course.practice import BEGAN, CHANNELS

KEPT_AS_DRAFT = "It was taken back while you wrote. Your words are kept here for you, and are not sent."
TAKEN_BACK = "It was taken back. What the learner wrote is theirs alone again."


@blueprint.route("/trainer/inbox/")
@trainer_only
def inbox() -> ResponseReturnValue:
    page, trainer = min(max(request.args.get("page", 1, type=int), 1), 10_000), me().person
    shown = inbox_page(
        inbox_queries.waiting_for(trainer, page=page),
        inbox_queries.done_by(trainer),
        inbox_queries.rated_for(trainer),
        page=page,
    )
    return render_template("reports/inbox.html", page=shown, clock_of=clock_of, now=clock.now())


@blueprint.route("/trainer/inbox/<int:shared_id>")
@trainer_only
def received(shared_id: int) -> ResponseReturnValue:
    return around(found(shared_id))


@blueprint.route("/trainer/inbox/<int:shared_id>/open", methods=["POST"])
@trainer_only
def open_received(shared_id: int) -> ResponseReturnValue:
    found(shared_id)
    if not Button().validate_on_submit():
        abort(400)
    try:
        inbox_actions.open_shared(me().person, shared_id)
    except inbox_actions.Withdrawn:
        flash(TAKEN_BACK)
    return back(shared_id)


@blueprint.route("/trainer/inbox/<int:shared_id>/rate", methods=["POST"])
@trainer_only
def rate_received(shared_id: int) -> ResponseReturnValue:
    opened, form = found(shared_id), RateForm()
    if opened.text.own is None:
        abort(404)
    if not form.validate_on_submit():
        return around(opened, rate=form), 422
    try:
        inbox_actions.rate(me().person, shared_id, form.rubric)
    except inbox_actions.NotTheirs:
        abort(404)
    except inbox_actions.Withdrawn:
        flash(TAKEN_BACK)
    return back(shared_id)


@blueprint.route("/trainer/inbox/<int:shared_id>/answer", methods=["POST"])
@trainer_only
def answer_received(shared_id: int) -> ResponseReturnValue:
    opened, form = found(shared_id), AnswerForm()
    if not form.validate_on_submit():
        return around(opened, answer=form), 422
    try:
        sent = inbox_actions.answer(me().person, shared_id, form.comment.data or "")
    except inbox_actions.NotTheirs:
        abort(404)
    flash(f"Sent. {opened.received.name} sees it on Today." if sent else KEPT_AS_DRAFT)
    return back(shared_id)


def found(shared_id: int) -> Opened:
    """What is shown in a cohort of the asking trainer's; 404 for any other."""
    return inbox_queries.shown_to(me().person, shared_id) or abort(404)


def back(shared_id: int) -> ResponseReturnValue:
    return redirect(url_for(".received", shared_id=shared_id), 303)


def around(opened: Opened, *, rate: Form | None = None, answer: Form | None = None) -> str:
    """The page of one thing shown, with the form that was sent about it and could not be kept."""
    comment = {"comment": opened.received.comment}
    return render_template(
        "reports/inbox_one.html",
        one=opened.received,
        text=opened.text if is_open(opened, clock.now()) else None,
        to_rate=opened.text.own is not None and opened.rating is None,
        given=opened.rating,
        rate=rate or RateForm(formdata=None),
        answer=answer or AnswerForm(formdata=None, data=comment),
        button=Button(formdata=None),
        waits=clock_of(opened.received, clock.now()),
        how=(CHANNELS, BEGAN),
        exercises=library().exercises,
    )
