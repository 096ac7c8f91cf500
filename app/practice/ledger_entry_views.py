"""Receipts and costs: what came and what it took, typed line by line, and taken out again where it was wrong."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.filters import money
from app.forms import Form
from app.practice import ledger_actions as actions
from app.practice import ledger_queries as queries
from app.practice.currency_forms import COMMON
from app.practice.evidence_queries import Version, told_by
from app.practice.fields import whole
from app.practice.ledger_entry_forms import CostForm, ReceiptForm
from app.practice.ledger_facts import NewReceipt
from app.practice.ledger_forms import Limits
from app.practice.ledger_lines import lines_of_costs, lines_of_receipts
from app.practice.opportunity_actions import ChangedMeanwhile, receive
from app.practice.views import blueprint
from course.doubt import NOTHING, Known
from course.origin import origins_found

MOST_PAGES = 100_000
MEANWHILE = (
    "That opportunity was changed in the meantime. What it says now stands above; send this once more if it fits."
)


@blueprint.route("/roi/receipts", methods=["GET", "POST"])
@learner_only
def receipts() -> ResponseReturnValue:
    """The receipts, the newest first, and one more."""
    person, _ = learner()
    if person.ledger_start is None:
        return redirect(url_for(".ledger_settings"))
    pays = paid_opportunity()
    form = ReceiptForm(limits(queries.receipts_known), queries.aliases_of(person), data=begun_with(pays))
    if not form.validate_on_submit():
        return receipts_around(form, pays=pays), 422 if form.is_submitted() else 200
    new = form.receipt()
    try:
        write_receipt(new, pays)
    except ChangedMeanwhile:
        form.opportunity.errors, pays = [MEANWHILE], paid_opportunity()
        form.opportunity.data = str(pays.opportunity.id) if pays else ""
        return receipts_around(form, pays=pays), 409
    flash(f"Written down: {money(new.amount, person.currency)} for “{new.what}”.")
    return redirect(url_for(".receipts") if pays is None else url_for(".opportunities"), 303)


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
    form = CostForm(limits(costs_known))
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


def limits(known: Callable[[Any], Known] | None = None) -> Limits:
    """What the forms of this learner's ledger hold to; what it `known` so far is asked for once something is sent."""
    person, _ = learner()
    so_far = known(person) if known and request.method == "POST" else NOTHING
    return Limits(person.currency, clock.today(person.time_zone), person.ledger_start, so_far)


def costs_known(person: Any) -> Known:
    """The costs so far of the kind that is being sent."""
    return queries.costs_known(person, time=request.form.get("kind") == "time")


def paid_opportunity() -> Version | None:
    """The opportunity that a receipt is to be written for, as it stands; None if for none. Foreign: not found."""
    asked = request.values.get("opportunity", "")
    if not asked:
        return None
    person, _ = learner()
    found = told_by(person).histories.get(whole(asked) or 0)
    if found is None or found.standing.removed:
        abort(404)
    return found.standing


def begun_with(pays: Version | None) -> dict[str, object] | None:
    """What a receipt for an opportunity begins with; what is left out of a post is not filled in behind the back."""
    if pays is None or request.method == "POST":
        return None
    told = pays.opportunity
    return {
        "opportunity": str(told.id),
        "who": str(pays.relationship_id or ""),
        "what": told.what,
        "amount": f"{told.outstanding:.2f}",
        "margin": f"{told.margin * 100:f} %",
    }


def write_receipt(new: NewReceipt, pays: Version | None) -> None:
    """Add the receipt; one for an opportunity moves that on. Raises ChangedMeanwhile."""
    person, _ = learner()
    if pays is None:
        return actions.add_receipt(person, new)
    if str(pays.opportunity.id) != request.form.get("opportunity"):
        raise ChangedMeanwhile
    return receive(person, replace(new, opportunity_id=pays.opportunity.id))


def receipts_around(form: ReceiptForm, button: Form | None = None, *, pays: Version | None = None) -> str:
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
        pays=pays and pays.opportunity,
        finding=origins_found([receipt.origin for receipt in page.items]) if page.number == 1 else "",
        common=COMMON,
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
        common=COMMON,
    )


def asked_page() -> int:
    """The page of the list that the address asks for; the first where it asks for nonsense."""
    number: int = request.args.get("page", 1, type=int)
    return number if 1 <= number <= MOST_PAGES else 1
