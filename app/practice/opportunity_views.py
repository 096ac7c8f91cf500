"""Opportunities: money that may come, with every state it was in. And what came back and is no money, in words."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.forms import Form
from app.practice import ledger_queries, opportunity_actions
from app.practice.evidence_queries import History, Version, evidence_in, known_in, told_by
from app.practice.fields import whole
from app.practice.ledger_entry_views import asked_page, limits
from app.practice.ledger_forms import Limits
from app.practice.ledger_terms_forms import as_typed
from app.practice.opportunity_actions import ChangedMeanwhile, NotTheirs
from app.practice.opportunity_forms import OpportunityForm
from app.practice.opportunity_page import in_percent, opportunities_page, opportunity_page
from app.practice.views import blueprint


@blueprint.route("/roi/opportunities", methods=["GET", "POST"])
@learner_only
def opportunities() -> ResponseReturnValue:
    """What may come, the newest first, and one more."""
    person, _ = learner()
    if person.ledger_start is None:
        return redirect(url_for(".ledger_settings"))
    form = OpportunityForm(asked_limits(), ledger_queries.aliases_of(person), data=of_today())
    if form.validate_on_submit():
        new = form.opportunity()
        opportunity_actions.add_opportunity(person, new)
        flash(f"Written down: “{new.what}”. It is shown beside the return, and never added to it.")
        return redirect(url_for(".opportunities"), 303)
    return opportunities_around(form), 422 if form.is_submitted() else 200


@blueprint.route("/roi/opportunities/<int:row_id>", methods=["GET", "POST"])
@learner_only
def opportunity(row_id: int) -> ResponseReturnValue:
    """One opportunity, how it stands and stood, and the form that moves it on."""
    person, _ = learner()
    history = history_of(row_id)
    form = change_form(history)
    # Asked before the form is checked: what stands must be seen before anything is written over it.
    if form.is_submitted() and history.standing.opportunity.id != row_id:
        return opportunity_around(form, history, conflict=True), 409
    if not form.validate_on_submit():
        return opportunity_around(form, history), 422 if form.is_submitted() else 200
    try:
        changed = opportunity_actions.change_opportunity(person, row_id, form.opportunity())
    except ChangedMeanwhile:
        return opportunity_around(form, history_of(row_id), conflict=True), 409
    flash("Changed. What it said before stays readable here.")
    return redirect(url_for(".opportunity", row_id=changed), 303)


@blueprint.route("/roi/opportunities/<int:row_id>/remove", methods=["POST"])
@learner_only
def remove_opportunity(row_id: int) -> ResponseReturnValue:
    """Take one opportunity out."""
    person, _ = learner()
    history = history_of(row_id)
    button = Form()
    if not button.validate_on_submit():
        return opportunity_around(change_form(history, sent=False), history, button=button), 422
    try:
        opportunity_actions.remove_opportunity(person, row_id, now=clock.now())
    except NotTheirs:
        abort(404)
    except ChangedMeanwhile:
        return opportunity_around(change_form(history, sent=False), history, conflict=True), 409
    flash("Taken out. It is shown nowhere any more.")
    return redirect(url_for(".opportunities"), 303)


def history_of(row_id: int) -> History:
    person, _ = learner()
    found = told_by(person).histories.get(row_id)
    if found is None:
        abort(404)
    return found


def asked_limits() -> Limits:
    """What the form of an opportunity holds to."""
    return limits(lambda person: known_in(told_by(person)))


def of_today() -> dict[str, object] | None:
    """A new opportunity is of today, unless another day is chosen; who it is with may stand in the address."""
    if request.method == "POST":
        return None
    return {"day": limits().today, "who": str(whole(request.args.get("who", "")) or "")}


def change_form(history: History, *, sent: bool = True) -> OpportunityForm:
    """The form that says how it stands, to be moved on."""
    person, _ = learner()
    standing = history.standing
    given = {} if sent else {"formdata": None}
    begun = None if sent and request.method == "POST" else as_it_stands(standing)
    paid = standing.opportunity.receipts > 0
    whom = ledger_queries.aliases_of(person)
    came_up = history.versions[0].opportunity.day
    return OpportunityForm(asked_limits(), whom, paid=paid, came_up=came_up, data=begun, **given)


def as_it_stands(version: Version) -> dict[str, object]:
    """An opportunity as somebody would type it; a change of its state is of today."""
    told = version.opportunity
    return {
        "what": told.what,
        "who": str(version.relationship_id or ""),
        "state": told.state,
        "day": limits().today,
        "amount": as_typed(int(told.amount * 100)),
        "margin": in_percent(told.margin),
        "probability": "" if told.probability is None else in_percent(told.probability),
        "expected_on": told.expected_on,
    }


def opportunities_around(form: OpportunityForm) -> str:
    """The list of opportunities with the form of a new one."""
    person, _ = learner()
    told = told_by(person)
    beside = evidence_in(told, person, limits().today)
    return render_template(
        "practice/ledger/opportunities.html",
        page=opportunities_page(told, beside, currency=person.currency, number=asked_page()),
        form=form,
        limits=limits(),
    )


def opportunity_around(
    form: OpportunityForm, history: History, *, conflict: bool = False, button: Form | None = None
) -> str:
    """The page of one opportunity with the form that changes it."""
    person, _ = learner()
    today = limits().today
    page = opportunity_page(history, start=person.ledger_start or today, today=today, currency=person.currency)
    return render_template(
        "practice/ledger/opportunity.html",
        page=page,
        form=form,
        button=button or Form(formdata=None),
        conflict=conflict,
        limits=limits(),
    )
