"""The second factor in the settings: set it up, keep recovery codes, replace it, take it away."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import forgive, me, signed_in_only, too_many
from app.forms import Form
from app.people import factor_actions, factor_queries
from app.people.factor_forms import CodeForm
from app.people.forms import ProvenForm
from app.people.proof import AGAIN, proven, refusal
from app.people.totp import in_fours, picture
from app.people.views import blueprint
from app.transaction import keep_writes

WRONG = "That code does not fit. Take the one your app shows now; if none fits, set your phone’s clock by the network."
TOO_MANY = "Too many codes that did not fit. Wait a quarter of an hour and try again."
NEEDED = "Trainers and operators need a second step here: it can move to another phone, and not be taken away."


@blueprint.route("/settings/factor")
@signed_in_only
def factor() -> ResponseReturnValue:
    """How the second factor stands, and what can be done about it."""
    return page()


@blueprint.route("/settings/factor/open", methods=["POST"])
@signed_in_only
def open_factor() -> ResponseReturnValue:
    """The password once more: what can be done about the factor is open for ten minutes."""
    form = ProvenForm(proven=False)
    status = refusal(form) if form.validate_on_submit() else 422
    return back() if status is None else (page(proof=form), status)


@blueprint.route("/settings/factor/begin", methods=["POST"])
@signed_in_only
def begin_factor() -> ResponseReturnValue:
    """Make a secret, which the page then shows until a code of it is typed."""
    button = Form()
    if not sound(button):
        return page(button=button), 422
    factor_actions.begin(me().person)
    return back()


@blueprint.route("/settings/factor/confirm", methods=["POST"])
@signed_in_only
def confirm_factor() -> ResponseReturnValue:
    """Let the second factor count from the first code that fits on."""
    form, person = CodeForm(), me().person
    if not sound(form):
        return page(code=form), 422
    keep_writes()
    if too_many("factor", person.email):
        form.code.errors = [TOO_MANY]
        return page(code=form), 429
    try:
        codes = factor_actions.confirm(person, form.code.data or "", session_id=me().session_id)
    except factor_actions.CodeWrong:
        form.code.errors = [WRONG]
        return page(code=form), 422
    forgive("factor", person.email)
    return shown_once(codes, "Signing in takes a second step now. Every other browser is signed out.")


@blueprint.route("/settings/factor/codes", methods=["POST"])
@signed_in_only
def new_recovery_codes() -> ResponseReturnValue:
    """Make ten new recovery codes; the old ones are worth nothing then."""
    button = Form()
    if not sound(button) or not me().has_factor:
        return page(button=button), 422
    return shown_once(factor_actions.renew_codes(me().person), "The old recovery codes are worth nothing now.")


@blueprint.route("/settings/factor/remove", methods=["POST"])
@signed_in_only
def remove_factor() -> ResponseReturnValue:
    """Take the second factor away, where it isn't needed."""
    button = Form()
    if not sound(button):
        return page(button=button), 422
    if me().needs_factor:
        flash(NEEDED)
        return back()
    factor_actions.remove(me().person)
    flash("Your password alone lets you in now.")
    return back()


def sound(form: Form) -> bool:
    """Whether a form is sound and comes from who typed the password a moment ago."""
    return form.validate_on_submit() and proven()


def shown_once(codes: Sequence[str], words: str) -> ResponseReturnValue:
    """The page with the codes, this one time: they are in no cookie, and a repeated post leads to it without them."""
    flash(words)
    return page(shown=codes), 201, {"Location": url_for("people.factor")}


def back() -> ResponseReturnValue:
    return redirect(url_for("people.factor"), 303)


def page(
    *,
    proof: ProvenForm | None = None,
    code: CodeForm | None = None,
    button: Form | None = None,
    shown: Sequence[str] | None = None,
) -> str:
    """The page with the form that was sent, if one was. Without the password it only says how things stand."""
    asking, known = me(), proven()
    standing = factor_queries.standing_of(asking.person)
    if not known and proof is None:
        proof = ProvenForm(proven=False, formdata=None)
        proof.current.errors = [AGAIN] if code or button else []
    # The secret is shown to who has just typed the password, not to who finds a browser open.
    secret = standing.pending if known else None
    return render_template(
        "people/factor.html",
        standing=standing,
        secret=in_fours(secret) if secret else None,
        picture=picture(secret, name=asking.person.email) if secret else None,
        shown=shown,
        asking=asking,
        proof=proof,
        code=code or CodeForm(formdata=None),
        button=button or Form(formdata=None),
    )
