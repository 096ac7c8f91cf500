"""Certificates as they were issued: a learner's own, those of a trainer's cohort, the one at a public address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, or_, select

from app.db import db
from app.models import BadgeKey, Certificate, Enrolment, Person

PER_PAGE = 50
# 256 bits as base64url writes them: addresses and fingerprints of keys. Nothing else is worth asking the database for.
UNGUESSABLE = re.compile(r"[A-Za-z0-9_-]{43}")
STUDYING = ("confirmed", "completed")


@dataclass(frozen=True)
class Issued:
    """A certificate as it was issued; `is_public` while its learner shows it."""

    id: int
    enrolment_id: int
    token: str
    name: str
    issuer: str
    cohort: str
    starts_on: date
    ends_on: date
    day: date
    rule: str
    modules: tuple[str, ...]
    modules_of: int
    conversations: int
    connecting: int
    gate_open: bool
    says_gate: bool
    issued_at: datetime
    answered_at: datetime | None
    shown_at: datetime | None
    revoked_at: datetime | None
    revoked_why: str

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def is_public(self) -> bool:
        return self.shown_at is not None


@dataclass(frozen=True)
class Holder:
    """A learner of a cohort, who may hold a certificate: the valid one, else the last that was taken back."""

    enrolment_id: int
    person_id: int
    name: str
    is_studying: bool
    certificate: Issued | None


@dataclass(frozen=True)
class Holders:
    """One page of a cohort's learners by name; `everybody` of them, `issued` with a valid certificate."""

    listed: tuple[Holder, ...]
    everybody: int
    issued: int


@dataclass(frozen=True)
class Key:
    """A key that signs; its private half is still sealed."""

    kid: str
    sealed: str


# Built once: putting a statement together takes longer than running it.
LATEST = select(func.max(Certificate.id)).group_by(Certificate.enrolment_id)
OF_COHORT = (
    Enrolment.cohort_id == bindparam("cohort"),
    or_(Enrolment.status.in_(STUDYING), Certificate.id.is_not(None)),
)
HOLDERS = (
    select(
        *(Enrolment.id, Enrolment.person_id, Enrolment.status, Person.name, Certificate),
        func.count().over().label("everybody"),
        func.count().filter(Certificate.id.is_not(None), Certificate.revoked_at.is_(None)).over().label("issued"),
    )
    .join(Person, Person.id == Enrolment.person_id)
    .outerjoin(Certificate, (Certificate.enrolment_id == Enrolment.id) & Certificate.id.in_(LATEST))
    .where(*OF_COHORT)
    .order_by(func.lower(Person.name), Enrolment.id)
)
OWN = (
    select(Certificate)
    .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
    .where(Enrolment.person_id == bindparam("person"))
    .order_by(Certificate.id.desc())
)


def certificates_of(person: Person) -> tuple[Issued, ...]:
    """Every certificate that was issued to the person, the newest first."""
    return tuple(issued(row) for row in db.session.scalars(OWN, {"person": person.id}))


def certificate_of(person: Person, certificate_id: int) -> Issued | None:
    """The person's certificate of that id; None if it is not theirs."""
    row = db.session.scalar(OWN.where(Certificate.id == certificate_id), {"person": person.id})
    return issued(row) if row else None


def at_address(token: str) -> Issued | None:
    """The certificate at a public address; None if there is none, also where its learner shows it to nobody."""
    if not UNGUESSABLE.fullmatch(token):
        return None
    shown = select(Certificate).where(Certificate.token == token, Certificate.shown_at.is_not(None))
    row = db.session.scalar(shown)
    return issued(row) if row else None


def holders_of(cohort_id: int, page: int) -> Holders:
    """One page of a cohort's learners, those who left only if they hold a certificate."""
    asked = HOLDERS.limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    rows = db.session.execute(asked, {"cohort": cohort_id}).all()
    if not rows and page > 1:
        return holders_of(cohort_id, 1)
    return Holders(tuple(holder(row) for row in rows), rows[0].everybody if rows else 0, rows[0].issued if rows else 0)


def holder_of(cohort_id: int, enrolment_id: int) -> Holder | None:
    """The cohort's learner with this enrolment; None if there is none."""
    row = db.session.execute(HOLDERS.where(Enrolment.id == enrolment_id), {"cohort": cohort_id}).first()
    return holder(row) if row else None


def holder(row: Any) -> Holder:
    certificate = issued(row.Certificate) if row.Certificate else None
    return Holder(row.id, row.person_id, row.name, row.status in STUDYING, certificate)


def issued(row: Certificate) -> Issued:
    values = {name: getattr(row, name) for name in Issued.__dataclass_fields__}
    return Issued(**{**values, "modules": tuple(row.modules)})


def signing_key() -> Key | None:
    """The newest key; None before the first."""
    newest = select(BadgeKey.kid, BadgeKey.sealed).order_by(BadgeKey.id.desc()).limit(literal_column("1"))
    row = db.session.execute(newest).first()
    return Key(row.kid, row.sealed) if row else None


def public_keys() -> Sequence[dict[str, Any]]:
    """The public half of every key that ever signed, the newest first."""
    return db.session.scalars(select(BadgeKey.public).order_by(BadgeKey.id.desc())).all()


def public_key(kid: str) -> dict[str, Any] | None:
    """The public half of one key; None if there is no such key."""
    if not UNGUESSABLE.fullmatch(kid):
        return None
    return db.session.scalar(select(BadgeKey.public).where(BadgeKey.kid == kid))
