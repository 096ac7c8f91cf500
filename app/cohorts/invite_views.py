"""Where an invitation leads. Opening it shows what it is for; sending the form uses it."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import digest, public, too_many
from app.cohorts import actions, consents
from app.cohorts.forms import SignupForm
from app.cohorts.invite_queries import InviteLink, invite_link
from app.cohorts.views import TOO_MANY, applicant, blueprint, known
from app.transaction import keep_writes


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@public
def join(token: str) -> ResponseReturnValue:
    link = invite_link(digest(token), clock.now())
    if link is None or link.fault:
        return spent(link)
    form = SignupForm(**known())
    form.speak_of(link.page.terms.ends_on)
    if not form.validate_on_submit():
        return shown(link, form), 422 if form.is_submitted() else 200
    address = form.email.data or ""
    if not actions.admits(link.domain, address):
        form.email.errors = [f"This invitation is for addresses that end in @{link.domain}."]
        return shown(link, form), 422
    if too_many("sign up", address):
        keep_writes()
        form.email.errors = [TOO_MANY]
        return shown(link, form), 429
    try:
        actions.accept(token, applicant(form))
    except actions.SignupClosed:
        return spent(invite_link(digest(token), clock.now()))
    session["wrote_to"] = address
    return redirect(url_for("cohorts.thanks", slug=link.page.slug), 303)


def shown(link: InviteLink, form: SignupForm) -> str:
    return render_template("cohorts/join.html", link=link, cohort=link.page, form=form, consents=consents)


def spent(link: InviteLink | None) -> ResponseReturnValue:
    """Why an invitation leads nowhere, and the way on."""
    return render_template("cohorts/join_spent.html", link=link), 410 if link else 404
