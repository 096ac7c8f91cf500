"""What a learner shows their trainers, one thing at a time, and what comes back."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.content import library
from app.practice import share_actions, share_queries
from app.practice.actions import AlreadyCorrected, NotTheirs
from app.practice.forms import Button
from app.practice.views import blueprint
from course.agreement import agreement

CHANGED = "This entry was changed in the meantime. Read what it says now, then show it."


@blueprint.route("/practice/shown/")
@learner_only
def shown() -> ResponseReturnValue:
    found = share_queries.shown_by(learner()[0])
    rated = [
        (each.own, answer.rating)
        for each in found
        for answer in each.answered
        if each.own and answer.rating and not each.withdrawn_at
    ]
    return render_template(
        "practice/shown.html",
        shown=found,
        agreement=agreement(rated),
        exercises=library().exercises,
        button=Button(formdata=None),
    )


@blueprint.route("/practice/<int:entry_id>/show", methods=["POST"])
@learner_only
def show_entry(entry_id: int) -> ResponseReturnValue:
    return showing(lambda: share_actions.show_entry(learner()[1], entry_id), entry_id)


@blueprint.route("/plans/<int:plan_id>/show", methods=["POST"])
@learner_only
def show_plan(plan_id: int) -> ResponseReturnValue:
    return showing(lambda: share_actions.show_plan(learner()[1], plan_id))


def showing(show: Callable[[], int], entry_id: int | None = None) -> ResponseReturnValue:
    """Show it, and lead to where its state stands."""
    if not Button().validate_on_submit():
        abort(400)
    try:
        shared_id = show()
    except NotTheirs:
        abort(404)
    except AlreadyCorrected:
        flash(CHANGED)
        return redirect(url_for(".entry", entry_id=entry_id), 303)
    flash("Your trainer can read it now, this and nothing else. You can take it back at any time.")
    return redirect(url_for(".shown", _anchor=f"shared-{shared_id}"), 303)


@blueprint.route("/practice/shown/<int:shared_id>/withdraw", methods=["POST"])
@learner_only
def withdraw_shown(shared_id: int) -> ResponseReturnValue:
    return changing(share_actions.withdraw, shared_id, "Taken back. Your trainer can’t open it any more.")


@blueprint.route("/practice/shown/<int:shared_id>/heard", methods=["POST"])
@learner_only
def hear_answer(shared_id: int) -> ResponseReturnValue:
    return changing(share_actions.hear, shared_id, "Noted: your trainer sees that you have read it.")


def changing(change: Callable[..., None], shared_id: int, said: str) -> ResponseReturnValue:
    if not Button().validate_on_submit():
        abort(400)
    try:
        change(learner()[0], shared_id)
    except NotTheirs:
        abort(404)
    flash(said)
    return redirect(url_for(".shown", _anchor=f"shared-{shared_id}"), 303)
