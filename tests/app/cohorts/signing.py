"""What the tests of signing up have in common: a sound form, the outbox, the link in a mail."""

import re
from typing import Any

from sqlalchemy import select

from app import clock
from app.access import digest, new_token
from app.db import db
from app.models import Cohort, Enrolment, Mail, Person, Token
from tests.cast import save


def sound(email: str = "nadia@example.org", **given: Any) -> dict[str, Any]:
    """A form that can be sent as it is."""
    return {
        "name": "Nadia",
        "email": email,
        "goal": "Two old clients talk to me",
        "time": "y",
        "processing": "y",
        **given,
    }


def mails(to: str | None = None) -> list[Mail]:
    """The outbox, oldest first."""
    db.session.rollback()
    asked = select(Mail).order_by(Mail.id)
    return list(db.session.scalars(asked.where(Mail.recipient == to) if to else asked))


def link_in(mail: Mail) -> str:
    """The path of the welcome link in a mail."""
    found = re.search(r"http://127\.0\.0\.1:8000(/welcome/[\w-]+)", mail.body)
    assert found, mail.body
    return found[1]


def use_link(client: Any, mail: Mail, **given: Any) -> Any:
    """Press the button behind the link in a mail, with a first password for who has none."""
    return client.send(link_in(mail), {"password": "four quiet words here", **given})


def enrolment_of(email: str, cohort: Cohort) -> Enrolment:
    """The only enrolment of an address in a cohort, as the database has it."""
    db.session.rollback()
    asked = select(Enrolment).join(Person).where(Person.email == email, Enrolment.cohort_id == cohort.id)
    return db.session.scalars(asked).one()


def taken(cohort: Cohort) -> int:
    """Seats held, as the database has it."""
    db.session.rollback()
    return db.session.scalars(select(Cohort.taken).where(Cohort.id == cohort.id)).one()


def token_for(enrolment: Enrolment, *, days: int = 1, **given: Any) -> str:
    """The path of a welcome link that confirms the enrolment."""
    secret = new_token()
    row = {"purpose": "confirm", "expires_at": clock.now() + days * clock.DAY, "token_hash": digest(secret)}
    save(Token(person_id=enrolment.person_id, enrolment_id=enrolment.id, **{**row, **given}))
    return f"/welcome/{secret}"
