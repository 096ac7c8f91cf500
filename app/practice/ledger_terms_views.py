"""What the account is held against and counted by: monthly margins, the value of an hour, the window, the currency."""

from decimal import Decimal

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.filters import money
from app.practice import ledger_actions as actions
from app.practice import ledger_queries as queries
from app.practice.ledger_entry_views import limits
from app.practice.ledger_terms_forms import MarginsForm, TermsForm, as_typed, margins_form
from app.practice.views import blueprint
from course.wording import counted


@blueprint.route("/roi/baseline", methods=["GET", "POST"])
@learner_only
def baseline() -> ResponseReturnValue:
    """The margins of the twelve months before the start, and of the window's months that are over."""
    person, _ = learner()
    if person.ledger_start is None:
        return redirect(url_for(".ledger_settings"))
    form = margins_form(limits(), queries.margins_noted(person))
    if form.validate_on_submit():
        actions.note_margins(person, form.margins())
        flash("Saved.")
        return redirect(url_for(".baseline"), 303)
    return baseline_around(form), 422 if form.is_submitted() else 200


@blueprint.route("/roi/settings", methods=["GET", "POST"])
@learner_only
def ledger_settings() -> ResponseReturnValue:
    """What the ledger is counted by."""
    person, _ = learner()
    form = TermsForm(limits(), data=terms_kept())
    if not form.validate_on_submit():
        return terms_around(form), 422 if form.is_submitted() else 200
    try:
        actions.set_terms(person, form.terms())
    except actions.CurrencyInUse as used:
        amounts = counted(used.amounts, "amount")
        form.currency.errors = [
            f"Your ledger holds {amounts} in {person.currency}; in another currency they would lie."
        ]
        return terms_around(form), 422
    flash("Saved.")
    return redirect(url_for(".roi"), 303)


def baseline_around(form: MarginsForm) -> str:
    """The page of monthly margins, with the form as it stands."""
    person, _ = learner()
    return render_template("practice/ledger/baseline.html", form=form, start=person.ledger_start, limits=limits())


def terms_kept() -> dict[str, object]:
    """The settings as they stand, in the form's words."""
    person, _ = learner()
    return {
        "hourly_value": as_typed(person.hourly_value),
        "start": person.ledger_start,
        "sales_cycle_months": person.sales_cycle_months,
        "currency": person.currency,
        "discount_rate": f"{percent_digits(person.discount_rate)} %",
    }


def percent_digits(share: Decimal) -> str:
    """A share as a percentage with as many decimals as it has."""
    return f"{(share * 100).normalize():f}"


def terms_around(form: TermsForm) -> str:
    """The page of what the ledger is counted by, with the form as it stands."""
    person, _ = learner()
    hour = None if person.hourly_value is None else money(person.hourly_value, person.currency)
    return render_template(
        "practice/ledger/settings.html",
        form=form,
        hour=hour,
        free=person.hourly_value == 0,
        begun=person.ledger_start is not None,
    )
