"""An authenticator app, and somebody who has one: for the tests of the second factor."""

from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import func, select

from app.db import db
from app.models import Factor, Person, RecoveryCode, Session
from app.people.totp import PUT_UNDER, hashed
from app.sealing import seal
from tests.browsing import Browser
from tests.cast import NOON, PASSWORD, save

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RECOVERY = "k7dq-3mzt-9fpw-x2hn"


def code(at: datetime = NOON, secret: str = SECRET) -> str:
    """What the app shows at an instant."""
    return pyotp.TOTP(secret).at(at)


def later(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


def with_factor(who: Person, secret: str = SECRET, recovery: str = RECOVERY) -> Person:
    """The person, with a second factor and one recovery code."""
    save(Factor(person_id=who.id, secret=seal(secret, purpose=PUT_UNDER), confirmed_at=NOON))
    save(RecoveryCode(person_id=who.id, code_hash=hashed(recovery)))
    return who


def factor_of(who: Person) -> Factor | None:
    db.session.rollback()
    return db.session.get(Factor, who.id)


def password(browser: Browser, email: str = "tess@example.org", **options: Any) -> Any:
    return browser.send("/sign-in", {"email": email, "password": PASSWORD}, **options)


def step(browser: Browser, typed: str, **given: str) -> Any:
    return browser.send("/sign-in/code", {"code": typed, **given})


def recover(browser: Browser, typed: str = RECOVERY) -> Any:
    return browser.send("/sign-in/recovery", {"code": typed})


def live(who: Person) -> int:
    found = select(func.count()).select_from(Session).where(Session.person_id == who.id, Session.ended_at.is_(None))
    return db.session.scalar(found) or 0
