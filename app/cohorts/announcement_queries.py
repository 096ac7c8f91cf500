"""What is asked about letters to a whole cohort: whom one is for, what went out, and who got it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, case, func, select

from app.db import db
from app.models import Addressee, Announcement, Cohort, Enrolment, Mail, MailTerms, Person
from course.digest import Terms

PER_PAGE = 20
"""Letters on a page."""

NAMES = 100
"""Addressees on a page."""

PLACES = {"seats": ("confirmed",), "line": ("waiting", "offered"), "all": ("confirmed", "waiting", "offered")}
"""Whom a letter is for, by the state of their place. Who has completed the course is left alone."""


@dataclass(frozen=True)
class Recipient:
    """Somebody a letter is for. `by_mail` is False for who has ended letters to the whole cohort."""

    person_id: int
    name: str
    email: str
    time_zone: str
    by_mail: bool
    terms: Terms


@dataclass(frozen=True)
class Sent:
    """A letter that went out: to how many, how many of them by mail, and what became of those mails."""

    id: int
    subject: str
    text: str
    audience: str
    sent_at: datetime
    author: str
    people: int
    by_mail: int
    waiting: int
    failed: int


@dataclass(frozen=True)
class Got:
    """One addressee, and what became of their mail; `state` is None where it was not for a mail or is long gone."""

    name: str
    by_mail: bool
    state: str | None
    sent_at: datetime | None


@dataclass(frozen=True)
class Heard:
    """A letter as one of its addressees reads it."""

    subject: str
    text: str
    sent_at: datetime
    author: str
    cohort: str


def recipients_of(cohort_id: int, audience: str) -> Sequence[Recipient]:
    """Whom a letter to this part of the cohort is for, by name: whoever has confirmed their address."""
    rows = db.session.execute(
        select(Person, MailTerms)
        .join(Enrolment, Enrolment.person_id == Person.id)
        .outerjoin(MailTerms, MailTerms.person_id == Person.id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.status.in_(PLACES[audience]),
            Person.confirmed_at.is_not(None),
            Person.disabled_at.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    return [recipient(person, terms) for person, terms in rows]


def recipient(person: Person, terms: MailTerms | None) -> Recipient:
    wanted = Terms(terms.digest, terms.digest_hour, terms.quiet_from, terms.quiet_until) if terms else Terms()
    by_mail = terms is None or terms.announcements
    return Recipient(person.id, person.name, person.email, person.time_zone, by_mail, wanted)


def letters() -> Select[Announcement, str, int, int, int, int]:
    """Every letter with its author and its counts."""
    return (
        select(
            Announcement,
            func.coalesce(Person.name, ""),
            func.count(Addressee.person_id),
            func.count(case((Addressee.by_mail.is_(True), 1))),
            func.count(case((Mail.state == "waiting", 1))),
            func.count(case((Mail.state.in_(("dead", "ambiguous")), 1))),
        )
        .outerjoin(Person, Person.id == Announcement.author_id)
        .outerjoin(Addressee, Addressee.announcement_id == Announcement.id)
        .outerjoin(Mail, Mail.id == Addressee.mail_id)
        .group_by(Announcement.id, Person.id)
    )


def sent_from(row: Row[Announcement, str, int, int, int, int]) -> Sent:
    letter, author, *counts = row
    return Sent(letter.id, letter.subject, letter.text, letter.audience, letter.sent_at, author, *counts)


def sent_to(cohort_id: int, page: int) -> Sequence[Sent]:
    """A page of what went out to a cohort, the newest first: PER_PAGE and one more at most."""
    asked = letters().where(Announcement.cohort_id == cohort_id).order_by(Announcement.id.desc())
    return [sent_from(row) for row in db.session.execute(asked.limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE))]


def one_sent(cohort_id: int, announcement_id: int) -> Sent | None:
    """One letter to this cohort."""
    asked = letters().where(Announcement.cohort_id == cohort_id, Announcement.id == announcement_id)
    row = db.session.execute(asked).first()
    return sent_from(row) if row else None


def who_got(announcement_id: int, page: int) -> Sequence[Got]:
    """A page of the letter's addressees by name: NAMES and one more at most."""
    rows = db.session.execute(
        select(Person.name, Addressee.by_mail, Mail.state, Mail.sent_at)
        .join(Person, Person.id == Addressee.person_id)
        .outerjoin(Mail, Mail.id == Addressee.mail_id)
        .where(Addressee.announcement_id == announcement_id)
        .order_by(Person.name, Person.id)
        .limit(NAMES + 1)
        .offset((page - 1) * NAMES)
    )
    return [Got(*row) for row in rows]


def heard_by(person: Person, page: int) -> Sequence[Heard]:
    """A page of what was written to the person's cohorts, the newest first: PER_PAGE and one more at most."""
    author = func.coalesce(Person.name, "")
    rows = db.session.execute(
        select(Announcement.subject, Announcement.text, Announcement.sent_at, author, Cohort.name)
        .join(Addressee, Addressee.announcement_id == Announcement.id)
        .join(Cohort, Cohort.id == Announcement.cohort_id)
        .outerjoin(Person, Person.id == Announcement.author_id)
        .where(Addressee.person_id == person.id)
        .order_by(Addressee.announcement_id.desc())
        .limit(PER_PAGE + 1)
        .offset((page - 1) * PER_PAGE)
    )
    return [Heard(*row) for row in rows]
