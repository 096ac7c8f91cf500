"""The second step of signing in: a code of the app, or one of the recovery codes."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import forgive, public, same_origin, too_many
from app.clock import DAY
from app.filters import plural
from app.people import factor_actions
from app.people.factor_forms import CodeForm, RecoveryForm
from app.people.factor_views import WRONG
from app.people.totp import CodeUsed
from app.people.views import blueprint
from app.second_step import HalfIn, complete, half_in
from app.transaction import keep_writes

USED = "That code has been used. Wait for the next one: it comes within half a minute."
NO_RECOVERY = "That is none of your unused recovery codes. Each works once; look at the newest sheet."
TOO_MANY_CODES = (
    "Too many codes that did not fit. A recovery code still lets you in; and after a new password, set by a mailed "
    "link, you can try again at once."
)
TOO_MANY_RECOVERIES = "Too many codes that did not fit. Wait a quarter of an hour."
Try = Callable[[HalfIn, str], tuple[int, str]]


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_step() -> ResponseReturnValue:
    """Ask whoever has typed the right password for the code of their app."""
    return ask(CodeForm(), try_code, "people/second_step.html")


@blueprint.route("/sign-in/recovery", methods=["GET", "POST"])
@public
def recovery() -> ResponseReturnValue:
    """Ask for a recovery code instead."""
    return ask(RecoveryForm(), try_recovery, "people/recovery.html")


def ask(form: CodeForm | RecoveryForm, attempt: Try, template: str) -> ResponseReturnValue:
    """The page of a step, or the way in. Who has not typed a password has nothing to do here."""
    half, onward = half_in(), same_origin(request.args.get("next"))
    if half is None:
        return render_template("people/no_step.html", onward=onward), 422 if form.is_submitted() else 200
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        keep_writes()
        status, words = attempt(half, form.code.data or "")
        if status == 303 and complete(half):
            if words:
                flash(words)
            return redirect(onward or url_for("people.home"), 303)
        form.code.errors = [USED if status == 303 else words]
        status = 422 if status == 303 else status
    return render_template(template, form=form, onward=onward), status


def try_code(half: HalfIn, code: str) -> tuple[int, str]:
    """Count the try and take the code: the status to answer with, and the words to it."""
    email = half.person.email
    # First in line, then counted: tries at one moment are counted one after the other.
    factor_actions.hold(half.person)
    # A million codes are few: those from anywhere are counted over a day. Only who has the password gets this far.
    if too_many("second step", email, over=DAY):
        return 429, TOO_MANY_CODES
    try:
        factor_actions.admit(half.person, code)
    except factor_actions.CodeWrong:
        return 422, WRONG
    except CodeUsed:
        return 422, USED
    forgive("second step", email)
    return 303, ""


def try_recovery(half: HalfIn, code: str) -> tuple[int, str]:
    """Count the try and take the recovery code, in the same terms."""
    email = half.person.email
    if too_many("recovery", email):
        return 429, TOO_MANY_RECOVERIES
    try:
        left = factor_actions.admit_by_recovery(half.person, code)
    except factor_actions.CodeWrong:
        return 422, NO_RECOVERY
    forgive("recovery", email)
    return 303, f"That recovery code is used up; {left} {plural(left, 'is', 'are')} left. You can make new ones."
