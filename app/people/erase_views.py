"""Erasing one's own account: what goes and what stays is said first, and a copy offered."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import end_session, me, signed_in_only
from app.people.privacy_forms import EraseForm
from app.people.privacy_page import erase_page
from app.people.proof import refusal
from app.people.views import blueprint
from app.privacy import erasure


@blueprint.route("/settings/erase", methods=["GET", "POST"])
@signed_in_only
def erase() -> ResponseReturnValue:
    """Say what goes and what stays; with password and word, do it and sign out."""
    form, person = EraseForm(), me().person
    if not form.is_submitted():
        return page(form)
    status = refusal(form) if form.validate() else 422
    if status is not None:
        return page(form), status
    if erasure.in_the_way(person):
        return page(form), 409
    erasure.erase(person)
    end_session()
    flash("Your account is erased, with everything in it. One last mail says so.")
    return redirect(url_for("cohorts.landing"), 303)


def page(form: EraseForm) -> str:
    person = me().person
    shown = erase_page(erasure.held_by(person), erasure.in_the_way(person))
    return render_template("people/erase.html", form=form, page=shown, person=person)
