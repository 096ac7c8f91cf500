"""Signing in and out, the way back in, and the first page after signing in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.access import (
    digest,
    end_session,
    forgive,
    me,
    public,
    same_origin,
    signed_in_only,
    too_many,
)
from app.cohorts.queries import standings_of
from app.forms import Form
from app.people import actions, queries
from app.people.forms import ForgotForm, NewPasswordForm, SignInForm
from app.second_step import arrive
from app.transaction import keep_writes

blueprint = Blueprint("people", __name__)

WRONG = "That address and password don’t fit together. Try again, or have a link mailed that lets you in."
TOO_MANY_SIGN_INS = (
    "Too many tries that did not fit. Wait a quarter of an hour, or have a link mailed: it lets you in at once."
)
TOO_MANY_LINKS = (
    "Enough links are on their way. The newest one works: look in your mailbox, and among the unwanted mail."
)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Let somebody in. Every refusal reads the same, whoever has the address."""
    onward = same_origin(request.args.get("next"))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(url_for("people.home"), 303)
    form = SignInForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        status = admit(form)
        if status == 303:
            return redirect(next_after(onward), 303)
    return render_template("people/sign_in.html", form=form, onward=onward), status


def admit(form: SignInForm) -> int:
    """Start a session if address and password fit; the status to answer with, the reason beside the password."""
    email, password = form.email.data or "", form.password.data or ""
    # Counted before it is checked: a try that is cut off has been a try.
    keep_writes()
    if too_many("sign in", email):
        form.password.errors = [TOO_MANY_SIGN_INS]
        return 429
    person = actions.recognise(email, password)
    if person is None:
        form.password.errors = [WRONG]
        return 422
    forgive("sign in", email)
    arrive(person)
    return 303


def next_after(onward: str | None) -> str:
    """Where somebody goes whose password was right: on, or to the second step."""
    return (
        (onward or url_for("people.home"))
        if current_user.is_authenticated
        else url_for("people.second_step", next=onward)
    )


@blueprint.route("/sign-out", methods=["GET", "POST"])
@signed_in_only
def sign_out() -> ResponseReturnValue:
    """Ask, then end the session of this browser."""
    form = Form()
    if form.validate_on_submit():
        end_session()
        flash("You are signed out in this browser.")
        return redirect(url_for("cohorts.landing"), 303)
    return render_template("people/sign_out.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/home")
@signed_in_only
def home() -> ResponseReturnValue:
    """The first page after signing in: today's, the morning's, or what is so."""
    asking = me()
    if asking.is_learner:
        return redirect(url_for("study.today"), 303)
    if asking.person.is_trainer:
        return redirect(url_for("reports.morning"), 303)
    return render_template("people/home.html", places=standings_of(asking.person), now=clock.now())


@blueprint.route("/forgot", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    """Mail a link to set a password. Answers the same whoever has the address."""
    form = ForgotForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        email = form.email.data or ""
        if not too_many("reset", email):
            actions.send_reset_link(email, path=lambda token: url_for("people.reset", token=token))
            return redirect(url_for("people.link_sent"), 303)
        keep_writes()
        form.email.errors = [TOO_MANY_LINKS]
        status = 429
    return render_template("people/forgot.html", form=form), status


@blueprint.route("/forgot/sent")
@public
def link_sent() -> ResponseReturnValue:
    """What everybody reads who asked for a link."""
    return render_template("people/link_sent.html")


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> ResponseReturnValue:
    """Set a password by a mailed link: ask, then do it once. A guess at 256 random bits needs no counting."""
    link = queries.reset_link(digest(token), now=clock.now())
    if link is None or link.state != "good":
        return spent(link)
    form = NewPasswordForm(address=link.email)
    if form.validate_on_submit():
        try:
            person = actions.reset_password(token, form.new.data or "", forgot=url_for("people.forgot"))
        except actions.LinkSpent:
            return spent(queries.reset_link(digest(token), now=clock.now()))
        # A code is still asked for where there is one; the tries that strangers used up are forgotten.
        forgive("second step", person.email, anywhere=True)
        arrive(person)
        flash("Your password is set. Every other browser is signed out.")
        return redirect(next_after(None), 303)
    return render_template("people/reset.html", form=form, link=link), 422 if form.is_submitted() else 200


def spent(link: queries.ResetLink | None) -> ResponseReturnValue:
    """The page of a link that is good no more, with a way to another."""
    state = link.state if link else "unknown"
    return render_template("people/link_spent.html", state=state), 410 if link else 404
