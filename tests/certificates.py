"""Certificates and the key that signs their badges, as rows: the rule is tested elsewhere."""

from functools import cache
from typing import Any

from app.access import new_token
from app.certificates.keys import NewKey, new_key
from app.models import BadgeKey, Certificate, Enrolment
from tests.cast import NOON, TODAY, save
from tests.conftest import SECRET_KEY


def certificate(enrolment: Enrolment, **given: Any) -> Certificate:
    """A certificate that was issued today and that its learner shows to nobody yet."""
    facts: dict[str, Any] = {
        "token": new_token(),
        "name": "Ada",
        "issuer": "Tess",
        "cohort": "Autumn",
        "starts_on": enrolment.cohort.starts_on,
        "ends_on": enrolment.cohort.ends_on,
        "day": TODAY,
        "rule": "What was asked for that day.",
        "modules": ["The facade", "The promise"],
        "modules_of": 9,
        "conversations": 24,
        "connecting": 11,
        "gate_open": False,
        "issued_at": NOON,
    }
    return save(Certificate(enrolment_id=enrolment.id, **{**facts, **given}))


@cache
def made_once(which: int) -> NewKey:
    """A key of the tests: making one takes a third of a second."""
    return new_key(SECRET_KEY)


def badge_key(which: int = 1) -> str:
    """Keep a key that signs from now on; its id."""
    made = made_once(which)
    save(BadgeKey(kid=made.kid, public=dict(made.public), sealed=made.sealed))
    return made.kid
