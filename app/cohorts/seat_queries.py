"""What of seats and places in line is to be settled, for whoever settles it. Reads only."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, orm, select, union

from app.db import db
from app.models import Cohort, Enrolment, Person, Token


def unsettled(now: datetime) -> list[int]:
    """The cohorts with something to settle: an offer that has run out, a place nobody can confirm, a free seat and
    somebody waiting, or somebody who goes on to the next cohort.

    Days are compared roughly here; the exact rule is asked once the cohort is locked.
    """
    offered = select(Enrolment.cohort_id).where(Enrolment.status == "offered", Enrolment.offered_until <= now)
    forsaken = select(Enrolment.cohort_id).join(Person, Person.id == Enrolment.person_id).where(is_forsaken(now))
    return sorted(set(db.session.scalars(union(offered, forsaken, waited_for(now), to_go_on(now)))))


def waited_for(now: datetime) -> Select[int]:
    """Cohorts with a free seat and somebody in line who has confirmed the address."""
    # Two days early by UTC is today or later everywhere.
    lately = now.date() - timedelta(days=2)
    return (
        select(Enrolment.cohort_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.status == "waiting",
            Person.confirmed_at.is_not(None),
            Cohort.taken < Cohort.capacity,
            Cohort.archived_at.is_(None),
            Cohort.ends_on >= lately,
            or_(Cohort.late_joiners, Cohort.starts_on >= lately),
        )
    )


def to_go_on(now: datetime) -> Select[int]:
    """Cohorts that have begun with somebody in line who agreed to go on to the next, which hasn't begun yet."""
    following = orm.aliased(Cohort)
    # A day late by UTC is today or earlier everywhere.
    tomorrow = now.date() + timedelta(days=1)
    return (
        select(Enrolment.cohort_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(following, following.id == Cohort.next_id)
        .where(
            Enrolment.status == "waiting",
            Enrolment.rolls_over.is_(True),
            or_(and_(Cohort.starts_on <= tomorrow, Cohort.late_joiners.is_(False)), Cohort.ends_on <= tomorrow),
            following.archived_at.is_(None),
            following.starts_on >= tomorrow,
        )
    )


def is_forsaken(now: datetime) -> ColumnElement[bool]:
    """A place in line whose address was never confirmed, and no link is left that could confirm it."""
    live = (
        select(Token.id)
        .where(Token.enrolment_id == Enrolment.id, Token.used_at.is_(None), Token.expires_at > now)
        .correlate(Enrolment)
    )
    return and_(Enrolment.status == "waiting", Person.confirmed_at.is_(None), ~live.exists())
