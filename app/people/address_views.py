"""The address of an account: ask for another, confirm it from its mailbox, take the old one back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import digest, me, public, signed_in_only, too_many
from app.forms import Form
from app.people import address_actions
from app.people.actions import LinkSpent
from app.people.address_actions import BACK, MOVE, AddressTaken
from app.people.address_forms import AddressForm
from app.people.address_queries import AddressLink, address_link
from app.people.proof import proven, refusal
from app.people.views import blueprint
from app.transaction import keep_writes

TOO_MANY = "Enough links are on their way. The newest one works: look in the new mailbox, and among the unwanted mail."


@blueprint.route("/settings/address", methods=["GET", "POST"])
@signed_in_only
def address() -> ResponseReturnValue:
    """Mail a link to the new address. Answers the same whoever has it."""
    person = me().person
    form = AddressForm(proven=proven(), present=person.email)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        refused = refusal(form) or ask(form)
        if refused is None:
            flash(f"A link is on its way to {form.email.data}. It works for a day; until then nothing changes.")
            return redirect(url_for("people.address"), 303)
        status = refused
    return render_template("people/address.html", form=form, person=person), status


def ask(form: AddressForm) -> int | None:
    """Mail the link; the status if too many were mailed, with the reason beside the address."""
    person = me().person
    if too_many("address", person.email):
        keep_writes()
        form.email.errors = [TOO_MANY]
        return 429
    address_actions.ask_to_move(
        person, form.email.data or "", path=lambda token: url_for("people.confirm_address", token=token)
    )
    return None


@blueprint.route("/settings/address/<token>", methods=["GET", "POST"])
@signed_in_only
def confirm_address(token: str) -> ResponseReturnValue:
    """Move the account: ask, then do it once, for its owner alone: a stranger with a mistyped mailbox gets nowhere."""
    link = address_link(digest(token), MOVE, now=clock.now())
    if link is None or link.person_id != me().person.id:
        abort(404)
    if link.state != "good":
        return spent(link)
    form = Form()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("people/address_confirm.html", form=form, link=link), status
    try:
        address_actions.move(me().person, token, path=way_back, session_id=me().session_id)
    except AddressTaken:
        return spent(link)
    except LinkSpent:
        return spent(address_link(digest(token), MOVE, now=clock.now()))
    flash("Your address is changed. Every other browser is signed out.")
    return redirect(url_for("people.settings"), 303)


@blueprint.route("/address-back/<token>", methods=["GET", "POST"])
@public
def address_back(token: str) -> ResponseReturnValue:
    """Give the account back to its old address: ask, then do it once."""
    link = address_link(digest(token), BACK, now=clock.now())
    if link is None or link.state != "good":
        return spent(link)
    form = Form()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("people/address_back.html", form=form, link=link), status
    try:
        address_actions.take_back(token, reset=lambda made: url_for("people.reset", token=made))
    except AddressTaken:
        return spent(link)
    except LinkSpent:
        return spent(address_link(digest(token), BACK, now=clock.now()))
    return redirect(url_for("people.link_sent"), 303)


def way_back(token: str) -> str:
    """The path of the link that gives the old address its account back."""
    return url_for("people.address_back", token=token)


def spent(link: AddressLink | None) -> ResponseReturnValue:
    """The page of a link that is good no more."""
    state = link.state if link else "unknown"
    return render_template("people/address_spent.html", state=state), 410 if link else 404
