"""The password once more, before something that decides who gets in."""

from datetime import timedelta

from app import clock
from app.access import forgive, me, password_fits, record, too_many
from app.people import actions
from app.people.forms import ChangePasswordForm, ProvenForm
from app.people.privacy_forms import EraseForm
from app.transaction import keep_writes

LASTS = timedelta(minutes=10)
NOT_PRESENT = "That is not your present password."
AGAIN = "You typed your password a while ago. Type it once more, then press the button again."
TOO_MANY = "Too many tries that did not fit. Wait a quarter of an hour, or sign out and have a link mailed."


def proven() -> bool:
    """Whether the password was typed in this browser a moment ago."""
    at = me().proved_at
    return at is not None and at > clock.now() - LASTS


def refusal(form: ProvenForm | ChangePasswordForm | EraseForm) -> int | None:
    """The status of a refusal, with the reason beside the password; None where it fits, or need not be typed."""
    if "current" not in form:
        return None
    person = me().person
    keep_writes()
    if too_many("password", person.email):
        form.current.errors = [TOO_MANY]
        return 429
    if not password_fits(person.password_hash, form.current.data or ""):
        record("password not confirmed", person=person.id)
        form.current.errors = [NOT_PRESENT]
        return 422
    forgive("password", person.email)
    actions.note_proof(me().session_id)
    return None
