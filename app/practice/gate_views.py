"""The readiness gate: its page, and the forms behind it."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.forms import Form
from app.practice import gate_actions as actions
from app.practice import gate_queries as queries
from app.practice.actions import NotTheirs
from app.practice.gate_forms import DeliveryForm, StatementForm
from app.practice.gate_page import gate_page
from app.practice.gate_statement import Difference, as_stated, differences
from app.practice.ledger_entry_views import asked_page, limits
from app.practice.ledger_queries import aliases_of
from app.practice.views import blueprint, today


@blueprint.route("/gate/")
@learner_only
def gate() -> ResponseReturnValue:
    """The seven tests, the state and its year, and whether a batch may go."""
    person, _ = learner()
    return render_template(
        "practice/gate/gate.html", page=gate_page(queries.gate_read(person), today(), person.currency)
    )


@blueprint.route("/gate/statement", methods=["GET", "POST"])
@learner_only
def gate_statement() -> ResponseReturnValue:
    """What the gate can't find in the log."""
    person, _ = learner()
    form = StatementForm(limits(), data=stated_before())
    if not form.validate_on_submit():
        return statement_around(form), 422 if form.is_submitted() else 200
    try:
        actions.state_terms(person, form.terms(), day=today(), seen=form.seen_id)
    except actions.Overtaken:
        stands = stated_before()
        changed = differences(form, stands)
        form.seen.data = stands["seen"]
        return statement_around(form, changed), 409
    flash("Stated. It counts from today; what was stated before still counts for its own days.")
    return redirect(url_for(".gate"), 303)


@blueprint.route("/gate/deliveries", methods=["GET", "POST"])
@learner_only
def gate_deliveries() -> ResponseReturnValue:
    """What was delivered, the newest first, and one more."""
    person, _ = learner()
    form = DeliveryForm(limits(), aliases_of(person))
    if form.validate_on_submit():
        new = form.delivery()
        actions.add_delivery(person, new)
        flash(f"Written down: “{new.what}”.")
        return redirect(url_for(".gate_deliveries"), 303)
    return deliveries_around(form), 422 if form.is_submitted() else 200


@blueprint.route("/gate/deliveries/<int:delivery_id>/remove", methods=["POST"])
@learner_only
def remove_delivery(delivery_id: int) -> ResponseReturnValue:
    """Take one delivery out."""
    person, _ = learner()
    button = Form()
    if not button.validate_on_submit():
        return deliveries_around(DeliveryForm(limits(), aliases_of(person), formdata=None), button), 422
    try:
        actions.remove_delivery(person, delivery_id, now=clock.now())
    except NotTheirs:
        abort(404)
    flash("Taken out. It counts nowhere any more.")
    return redirect(url_for(".gate_deliveries"), 303)


def stated_before() -> dict[str, Any]:
    """What stands, in the form's words; nothing before the first statement."""
    person, _ = learner()
    return as_stated(queries.latest_terms(person))


def statement_around(form: StatementForm, changed: Sequence[Difference] = ()) -> str:
    """The page of the statement with the form as it stands, and what another tab stated meanwhile."""
    person, _ = learner()
    return render_template("practice/gate/statement.html", form=form, changed=changed, currency=person.currency)


def deliveries_around(form: DeliveryForm, button: Form | None = None) -> str:
    """The page of deliveries: the form as it stands, and the list."""
    person, _ = learner()
    page = queries.deliveries_of(person, asked_page())
    if not page.items and page.number > 1:
        abort(404)
    return render_template(
        "practice/gate/deliveries.html",
        form=form,
        button=button or Form(formdata=None),
        page=page,
        limits=limits(),
    )
