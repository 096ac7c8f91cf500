"""Receipts and costs: what came and what it took, typed line by line, and taken out again where it was wrong."""

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.filters import money
from app.forms import Form
from app.practice import ledger_actions as actions
from app.practice import ledger_queries as queries
from app.practice.ledger_forms import CostForm, Limits, ReceiptForm
from app.practice.ledger_lines import lines_of_costs, lines_of_receipts
from app.practice.views import blueprint

MOST_PAGES = 100_000


@blueprint.route("/roi/receipts", methods=["GET", "POST"])
@learner_only
def receipts() -> ResponseReturnValue:
    """The receipts, the newest first, and one more."""
    person, _ = learner()
    if person.ledger_start is None:
        return redirect(url_for(".ledger_settings"))
    form = ReceiptForm(limits(), queries.aliases_of(person))
    if form.validate_on_submit():
        new = form.receipt()
        actions.add_receipt(person, new)
        flash(f"Written down: {money(new.amount, person.currency)} for “{new.what}”.")
        return redirect(url_for(".receipts"), 303)
    return receipts_around(form), 422 if form.is_submitted() else 200


@blueprint.route("/roi/receipts/<int:row_id>/remove", methods=["POST"])
@learner_only
def remove_receipt(row_id: int) -> ResponseReturnValue:
    """Take one receipt out."""
    person, _ = learner()
    button = Form()
    if not button.validate_on_submit():
        form = ReceiptForm(limits(), queries.aliases_of(person), formdata=None)
        return receipts_around(form, button), 422
    if not actions.remove_receipt(person, row_id, now=clock.now()):
        abort(404)
    flash("Taken out. It counts nowhere any more.")
    return redirect(url_for(".receipts"), 303)


@blueprint.route("/roi/costs", methods=["GET", "POST"])
@learner_only
def costs() -> ResponseReturnValue:
    """The costs that were typed, the newest first, and one more."""
    person, _ = learner()
    if person.ledger_start is None:
        return redirect(url_for(".ledger_settings"))
    form = CostForm(limits())
    if form.validate_on_submit():
        new = form.cost()
        actions.add_cost(person, new)
        flash(f"Written down: “{new.what}”.")
        return redirect(url_for(".costs"), 303)
    return costs_around(form), 422 if form.is_submitted() else 200


@blueprint.route("/roi/costs/<int:row_id>/remove", methods=["POST"])
@learner_only
def remove_cost(row_id: int) -> ResponseReturnValue:
    """Take one cost out."""
    person, _ = learner()
    button = Form()
    if not button.validate_on_submit():
        return costs_around(CostForm(limits(), formdata=None), button), 422
    if not actions.remove_cost(person, row_id, now=clock.now()):
        abort(404)
    flash("Taken out. It counts nowhere any more.")
    return redirect(url_for(".costs"), 303)


def limits() -> Limits:
    """What the forms of this learner's ledger hold to."""
    person, _ = learner()
    return Limits(person.currency, clock.today(person.time_zone), person.ledger_start)


def receipts_around(form: ReceiptForm, button: Form | None = None) -> str:
    """The page of receipts: the form as it stands, and what each receipt counts."""
    person, _ = learner()
    page = queries.receipts_of(person, asked_page())
    if not page.items and page.number > 1:
        abort(404)
    ledger = replace(queries.blank_ledger_of(person, limits().today), receipts=page.items[::-1])
    return render_template(
        "practice/ledger/receipts.html",
        form=form,
        button=button or Form(formdata=None),
        page=page,
        lines=lines_of_receipts(ledger),
        limits=limits(),
    )


def costs_around(form: CostForm, button: Form | None = None) -> str:
    """The page of costs: the form as it stands, and what each cost counts."""
    person, _ = learner()
    page = queries.costs_of(person, asked_page())
    if not page.items and page.number > 1:
        abort(404)
    ledger = replace(queries.blank_ledger_of(person, limits().today), costs=page.items[::-1])
    return render_template(
        "practice/ledger/costs.html",
        form=form,
        button=button or Form(formdata=None),
        page=page,
        lines=lines_of_costs(ledger),
        limits=limits(),
    )


def asked_page() -> int:
    """The page of the list that the address asks for; the first where it asks for nonsense."""
    number: int = request.args.get("page", 1, type=int)
    return number if 1 <= number <= MOST_PAGES else 1
