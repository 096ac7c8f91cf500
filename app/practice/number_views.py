"""A learner's own number: their terms, kept; their rates, counted; the path and the attention that follow."""

from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.practice import number_actions as actions
from app.practice import number_queries as queries
from app.practice.number_facts import Terms
from app.practice.number_forms import OwnNumberForm
from app.practice.number_page import number_page
from app.practice.views import blueprint, today
from app.reckoning import figure


@blueprint.route("/number/own", methods=["GET", "POST"])
@learner_only
def own_number() -> ResponseReturnValue:
    person, _ = learner()
    kept = queries.terms_of(person)
    form = OwnNumberForm(person.currency, data=None if request.method == "POST" else filled(kept))
    if not form.validate_on_submit():
        return number_around(form, kept), 422 if form.is_submitted() else 200
    try:
        actions.save_terms(person, form.terms(), version=form.replaces, now=clock.now())
    except actions.TermsChanged:
        # Pressed again, what stands in the form replaces what is shown beside it.
        kept = queries.terms_of(person)
        form.version.data = str(kept.version if kept else 0)
        return number_around(form, kept, conflict=True), 409
    flash("Saved.")
    return redirect(url_for(".own_number"), 303)


def filled(kept: Terms | None) -> dict[str, Any]:
    """The form's words for the terms that are kept."""
    if kept is None:
        return {}
    return {
        "income": amount(kept.income),
        "deal": amount(kept.deal),
        "margin": figure(kept.margin * 100) + " %",
        "frequency": plain(kept.frequency),
        "introductions": plain(kept.introductions),
        "wins": plain(kept.wins),
        "version": str(kept.version),
    }


def amount(minor: int) -> str:
    """Minor units as somebody would type them: 40 000, 1 200.50."""
    return f"{Decimal(minor) / 100:,.2f}".replace(",", " ").removesuffix(".00")


def plain(value: Decimal | None) -> str:
    """A figure as somebody would type it: .5, 12; nothing for none."""
    return "" if value is None else f"{value.normalize():f}"


def number_around(form: OwnNumberForm, kept: Terms | None, *, conflict: bool = False) -> str:
    """The page with the form as it stands."""
    person, _ = learner()
    page = number_page(queries.basis_of(person), kept, today=today(), sale_months=person.sales_cycle_months)
    return render_template(
        "practice/number.html",
        page=page,
        form=form,
        conflict=conflict,
        kept=filled(kept),
        currency=person.currency,
    )
