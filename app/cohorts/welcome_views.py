"""Where a mailed link leads. Opening it only asks, since mail programs open links too; pressing the button confirms."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import digest, me, public
from app.cohorts import queries, welcome_actions
from app.cohorts.forms import FirstPasswordForm, LeaveForm, WelcomeForm
from app.cohorts.queries import Invitation
from app.cohorts.views import blueprint
from app.cohorts.welcome_actions import Confirmed
from app.second_step import arrive


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
@public
def welcome(token: str) -> ResponseReturnValue:
    invited = queries.invitation(digest(token), clock.now())
    if invited is None or invited.fault:
        return spent(invited)
    form = form_for(invited)
    if not form.validate_on_submit():
        page = render_template(
            "cohorts/welcome.html", invited=invited, standing=invited.standing, form=form, token=token
        )
        return page, 422 if form.is_submitted() else 200
    try:
        password = None if invited.has_password else form.password.data
        confirmed = welcome_actions.confirm(token, password, agreed=not invited.agreed)
    except welcome_actions.LinkSpent:
        return spent(queries.invitation(digest(token), clock.now()))
    return enter(confirmed)


@blueprint.route("/welcome/<token>/decline", methods=["POST"])
@public
def decline(token: str) -> ResponseReturnValue:
    invited = queries.invitation(digest(token), clock.now())
    if invited is None or invited.fault:
        return spent(invited)
    if not LeaveForm().validate_on_submit():
        abort(400)
    try:
        slug = welcome_actions.decline(token)
    except welcome_actions.LinkSpent:
        return spent(queries.invitation(digest(token), clock.now()))
    flash("You have given it up. If it was a seat, it goes to the next in line.")
    return redirect(url_for("cohorts.cohort", slug=slug), 303)


def form_for(invited: Invitation) -> WelcomeForm:
    """A mere button for those with a password; the others choose one."""
    asks = not invited.agreed
    return WelcomeForm(asks=asks) if invited.has_password else FirstPasswordForm(asks=asks, address=invited.email)


def spent(invited: Invitation | None) -> ResponseReturnValue:
    """Why a link leads nowhere, and the way on."""
    page = render_template("cohorts/spent.html", invited=invited, standing=invited.standing if invited else None)
    return page, 410 if invited else 404


def enter(confirmed: Confirmed) -> ResponseReturnValue:
    """In, for who has just chosen a password; who had one before signs in with it: a link in a mail is no password."""
    if confirmed.chose_password:
        # Whoever else was signed in here no longer is.
        arrive(confirmed.person)
    what = "Your seat" if confirmed.has_seat else "Your place in line"
    flash(f"{what} for {confirmed.cohort_name} is confirmed.")
    if current_user.is_authenticated and me().person.id == confirmed.person.id:
        return redirect(url_for("study.today" if confirmed.has_seat else "people.home"), 303)
    return redirect(url_for("people.sign_in"), 303)
