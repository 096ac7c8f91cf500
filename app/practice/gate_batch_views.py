"""Batches: written down before they go, counted when they have come back."""

from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.forms import Form
from app.practice import gate_actions as actions
from app.practice import gate_queries as queries
from app.practice import gate_words as said
from app.practice.actions import NotTheirs
from app.practice.gate_facts import Counts
from app.practice.gate_forms import BatchForm, CountsForm
from app.practice.gate_queries import Read
from app.practice.ledger_entry_views import limits
from app.practice.views import blueprint, today
from course.gate import gate as read_gate
from course.gate_batches import NextBatch, next_batch
from course.gate_facts import Batch

MEANWHILE = "Another tab has written a batch down in the meantime. Read what it allows now, then press again."


@blueprint.route("/gate/batches", methods=["GET", "POST"])
@learner_only
def gate_batches() -> ResponseReturnValue:
    """The batches, and the next one if the gate lets it go."""
    person, _ = learner()
    read = queries.gate_read(person)
    form = BatchForm(limits(), data={"day": today()})
    if not form.validate_on_submit():
        return batches_around(form, read), 422 if form.is_submitted() else 200
    day, size = form.day.data, form.size.data
    assert day is not None
    assert size is not None
    refused = refusal(allowed_on(read, day), size)
    if refused:
        form.size.errors = [refused]
        return batches_around(form, read), 422
    try:
        actions.plan_batch(person, day=day, size=size, seen=max((each.id for each in read.facts.batches), default=0))
    except actions.Overtaken:
        form.size.errors = [MEANWHILE]
        return batches_around(form, queries.gate_read(person)), 409
    flash("Written down. Ten a day leave something to stop; come back to note what it brought.")
    return redirect(url_for(".gate_batches"), 303)


@blueprint.route("/gate/batches/<int:batch_id>", methods=["GET", "POST"])
@learner_only
def gate_batch(batch_id: int) -> ResponseReturnValue:
    """One batch: what came back of it."""
    person, _ = learner()
    stands, form = own_batch(queries.gate_read(person), batch_id)
    if form.is_submitted() and stands.id != batch_id:
        return batch_around(form, stands, conflict=True), 409
    if not form.validate_on_submit():
        return batch_around(form, stands), 422 if form.is_submitted() else 200
    try:
        actions.count_batch(person, stands.id, form.counts())
    except actions.Overtaken:
        stands, _ = own_batch(queries.gate_read(person), batch_id)
        return batch_around(form, stands, conflict=True), 409
    flash("Noted.")
    return redirect(url_for(".gate_batches"), 303)


@blueprint.route("/gate/batches/<int:batch_id>/remove", methods=["POST"])
@learner_only
def remove_batch(batch_id: int) -> ResponseReturnValue:
    """Take a batch out that never went."""
    person, _ = learner()
    if not Form().validate_on_submit():
        abort(400)
    try:
        actions.remove_batch(person, batch_id, now=clock.now())
    except NotTheirs:
        abort(404)
    except actions.Overtaken:
        abort(409)
    flash("Taken out. It counts nowhere any more.")
    return redirect(url_for(".gate_batches"), 303)


def allowed_on(read: Read, day: date) -> NextBatch:
    """What the gate allowed on a day."""
    return next_batch(read.facts, read_gate(read.facts, day))


def refusal(allowed: NextBatch, size: int) -> str:
    """Why a batch of this size may not go; empty if it may."""
    if allowed.why_not:
        return f"{allowed.why_not}. {allowed.instead}"
    return f"{said.allowed(allowed)}. {said.why_so_many(allowed)}" if size > allowed.most else ""


def own_batch(read: Read, batch_id: int) -> tuple[Batch, CountsForm]:
    """The row that stands of a batch, whichever of its rows was asked for, and the form about it."""
    after = {batch.replaces: batch for batch in read.facts.batches}
    batch = next((each for each in read.facts.batches if each.id == batch_id), None)
    while batch is not None and batch.id in after:
        batch = after[batch.id]
    if batch is None or batch.removed:
        abort(404)
    kept = {name: getattr(batch, name) for name in Counts.__dataclass_fields__} if batch.counted else None
    return batch, CountsForm(batch.size, data=kept)


def batches_around(form: BatchForm, read: Read) -> str:
    """The page of batches with the form as it stands."""
    batch = allowed_on(read, today())
    return render_template(
        "practice/gate/batches.html",
        form=form,
        batch=batch,
        title=said.allowed(batch),
        words=said.why_so_many(batch),
        sent=tuple(reversed(read.facts.sent.all)),
        limits=limits(),
    )


def batch_around(form: CountsForm, stands: Batch, *, conflict: bool = False) -> str:
    """The page of one batch with the form as it stands."""
    return render_template(
        "practice/gate/batch.html", form=form, batch=stands, conflict=conflict, button=Form(formdata=None)
    )
