"""Who holds a seat and who is next. Whatever touches a cohort's seats does it under the lock of that cohort's row, so
that the count, the line and the offers agree on both engines, whoever comes at the same time.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, bindparam, delete, exists, func, insert, null, or_, select, update

from app import clock, mail
from app.access import digest, new_token
from app.cohorts import letters
from app.cohorts.letters import Letter
from app.cohorts.queries import terms_of
from app.cohorts.seat_queries import is_forsaken
from app.db import UTCDateTime, db
from app.models import Attempt, Change, Cohort, Enrolment, Person, Token
from course.signup import SEAT_HELD, offers_seats

FROM_ONE_PLACE = 3
"""Seats of a cohort that may be held at a time for addresses which were typed at one network address."""

# Built once: putting a statement together takes longer than running it, and a burst of sign-ups runs all of these.
LOCKED = select(Cohort).where(Cohort.slug == bindparam("slug")).with_for_update()
FREE_SEAT = update(Cohort).where(Cohort.id == bindparam("cohort"), Cohort.taken < Cohort.capacity)
TAKE = FREE_SEAT.values(taken=Cohort.taken + 1)
HAS_FREE_SEAT = select(Cohort.taken < Cohort.capacity).where(Cohort.id == bindparam("cohort"))
# The highest number that the line has given out.
LAST_LINE = select(func.max(Enrolment.line)).where(Enrolment.cohort_id == bindparam("cohort"))
AHEAD = select(func.count()).where(
    Enrolment.cohort_id == bindparam("cohort"), Enrolment.status == "waiting", Enrolment.line <= bindparam("line")
)
LINKS: Any = Token.__table__
NEW_LINK = insert(LINKS)
# A place that was asked for with somebody's address, which they have not said yet that they want.
UNANSWERED = (
    select(Token.id)
    .where(Token.enrolment_id == Enrolment.id, Token.used_at.is_(None), Token.answers.is_not(None))
    .correlate(Enrolment)
)
HOLDS: Any = Attempt.__table__
NEW_HOLD = insert(HOLDS)
HELD_FROM = select(func.count()).where(
    Attempt.kind == bindparam("kind"),
    Attempt.address == bindparam("network"),
    Attempt.at > bindparam("since", type_=UTCDateTime),
)
# In one order everywhere: two cohorts that let go of the same people don't wait for each other.
PLACES = select(Enrolment).where(Enrolment.cohort_id == bindparam("cohort")).order_by(Enrolment.person_id)
LAPSED = PLACES.where(Enrolment.status == "offered", Enrolment.offered_until <= bindparam("now", type_=UTCDateTime))


def lock_named(slug: str) -> Cohort | None:
    """The cohort of this name as it is now, locked as `lock` does."""
    return db.session.scalar(LOCKED, {"slug": slug}, execution_options={"populate_existing": True})


def lock(which: ColumnElement[bool]) -> Cohort | None:
    """The cohort as it is now; it stays so for everybody else until this transaction ends."""
    return db.session.scalar(select(Cohort).where(which).with_for_update().execution_options(populate_existing=True))


def take(cohort: Cohort) -> bool:
    """Take a free seat; False if there is none."""
    return changed(TAKE, {"cohort": cohort.id})


def give_back(cohort: Cohort) -> bool:
    """Give back a seat that was held; False if none was."""
    held_seat = update(Cohort).where(Cohort.id == cohort.id, Cohort.taken > 0)
    return changed(held_seat.values(taken=Cohort.taken - 1))


def changed(statement: Update, given: dict[str, Any] | None = None) -> bool:
    """Run an update of at most one row; whether there was one."""
    result: Any = db.session.execute(statement, given)
    return bool(result.rowcount)


def assign(enrolment: Enrolment, cohort: Cohort, until: datetime, *, seat: bool = True) -> None:
    """Give a new enrolment a seat, held until it is confirmed or that instant, or the last place in line."""
    if seat and take(cohort):
        enrolment.status, enrolment.line, enrolment.offered_until = "offered", None, until
    else:
        enrolment.status, enrolment.line = "waiting", last_line(cohort) + 1
        enrolment.offered_until = None
    enrolment.ended_at, enrolment.ending = None, None


def assign_new(enrolment: Enrolment, cohort: Cohort, *, email: str, network: str | None) -> None:
    """A seat for whoever asks for one, unless too many are held already for addresses that were typed at `network`;
    else the last place in line. None: they are signed in with the address, and are not counted.
    """
    seat = network is None or not is_crowded(cohort, network)
    assign(enrolment, cohort, clock.now() + SEAT_HELD, seat=seat)
    if enrolment.status == "offered" and network is not None:
        held = {"kind": f"seat {cohort.id}", "account": digest(email), "address": network}
        db.session.execute(NEW_HOLD, held)


def is_crowded(cohort: Cohort, network: str) -> bool:
    """Whether as many seats as may be are held for addresses that were typed there and that nobody has confirmed.

    A visitor could else hold every seat with addresses that don't exist. Who comes later gets a place in line, and a
    seat that is free as soon as the address is confirmed.
    """
    since = clock.now() - SEAT_HELD
    held = db.session.scalar(HELD_FROM, {"kind": f"seat {cohort.id}", "network": network, "since": since})
    return (held or 0) >= FROM_ONE_PLACE


def forget_hold(cohort: Cohort, email: str) -> None:
    """Count no seat any more as held for this address: whoever has it has answered."""
    counted = delete(Attempt).where(Attempt.kind == f"seat {cohort.id}", Attempt.account == digest(email))
    db.session.execute(counted.execution_options(synchronize_session=False))


def last_line(cohort: Cohort) -> int:
    """The highest number that the line of the cohort has given out; 0 before the first."""
    return db.session.scalar(LAST_LINE, {"cohort": cohort.id}) or 0


def line_of(enrolment: Enrolment) -> int:
    """The place in line among those who wait now, from 1."""
    return db.session.scalar(AHEAD, {"cohort": enrolment.cohort_id, "line": enrolment.line}) or 0


def link(enrolment: Enrolment, until: datetime, answers: dict[str, bool] | None = None) -> str:
    """A new secret that confirms the enrolment, once, before `until`. Only its hash is kept.

    `answers` are said by the owner of the address as soon as they use it, and by nobody before.
    """
    token = new_token()
    facts = {"purpose": "confirm", "token_hash": digest(token), "expires_at": until, "answers": answers}
    db.session.execute(NEW_LINK, {"person_id": enrolment.person_id, "enrolment_id": enrolment.id, **facts})
    return token


def post(person: Person, letter: Letter) -> None:
    """Put one mail into the outbox. Every call is a mail of its own: a repeated form never comes here."""
    mail.enqueue(letter, key=f"cohorts {new_token()}", to=person.email, person=person.id)


def settle(cohort: Cohort, now: datetime, *, forget: bool = True) -> int:
    """Free the seats that were not taken in time, and offer what is free to the next in line; how many were freed.

    The cohort is locked by the caller. Doing it twice at one instant does nothing the second time. Without `forget`
    the line is not gone through for places that nobody can confirm any more: a worker does that in its turn.
    """
    lapsed = db.session.scalars(LAPSED, {"cohort": cohort.id, "now": now}).all()
    for enrolment in lapsed:
        give_back(cohort)
        end(enrolment, "lapsed", now)
    for enrolment in forsaken(cohort, now) if forget else ():
        end(enrolment, "lapsed", now)
    if offers_seats(terms_of(cohort), now):
        while offer_next(cohort, now):
            pass
    elif cohort.next_id is not None:
        roll_over(cohort, now)
    return len(lapsed)


def forsaken(cohort: Cohort, now: datetime) -> Sequence[Enrolment]:
    """The places in line that nobody can confirm any more, also of those we know."""
    live = UNANSWERED.where(Token.expires_at > now)
    unwanted = and_(Enrolment.status == "waiting", UNANSWERED.exists(), ~live.exists())
    unconfirmed = PLACES.join(Person, Person.id == Enrolment.person_id).where(or_(is_forsaken(now), unwanted))
    return db.session.scalars(unconfirmed, {"cohort": cohort.id}).all()


def end(enrolment: Enrolment, how: str, now: datetime) -> None:
    """Withdraw an enrolment. An address that was never confirmed and has nothing else here is forgotten altogether."""
    enrolment.status, enrolment.ended_at, enrolment.offered_until = "withdrawn", now, None
    enrolment.ending = how
    db.session.flush()
    # What was ticked for this place is of none that they have here later.
    links = update(LINKS).where(Token.enrolment_id == enrolment.id, Token.used_at.is_(None))
    db.session.execute(links.values(answers=null()))
    # A place that the person gets in another cohort at this moment is waited for, and then seen.
    db.session.execute(select(Person.id).where(Person.id == enrolment.person_id).with_for_update())
    other = exists().where(Enrolment.person_id == Person.id, Enrolment.id != enrolment.id)
    gone = delete(Person).where(
        Person.id == enrolment.person_id,
        Person.confirmed_at.is_(None),
        Person.password_hash.is_(None),
        Person.is_trainer.is_(False),
        Person.is_operator.is_(False),
        ~other,
    )
    # The rows that hang on the person go with it in the database; the session must not look for them again.
    db.session.expunge(enrolment)
    db.session.execute(gone.execution_options(synchronize_session=False))


def roll_over(cohort: Cohort, now: datetime) -> None:
    """Take those who waited in vain and agreed to it to the next cohort, in their order: a free seat or its line.

    The next one starts later, so that no two cohorts wait for each other's lock. Where it takes nobody, they stay.
    """
    waiting = db.session.scalars(
        select(Enrolment)
        .where(Enrolment.cohort_id == cohort.id, Enrolment.status == "waiting", Enrolment.rolls_over.is_(True))
        # The order of the line.
        .order_by(Enrolment.line)
    ).all()
    following = lock(Cohort.id == cohort.next_id) if waiting else None
    if following is None or not offers_seats(terms_of(following), now):
        return
    for enrolment in waiting:
        known = select(Enrolment).where(Enrolment.cohort_id == following.id, Enrolment.person_id == enrolment.person_id)
        there = db.session.scalar(known)
        if there is None or there.status == "withdrawn":
            go_on(enrolment, there, following)
        enrolment.status, enrolment.ended_at, enrolment.ending = "withdrawn", now, "rolled over"
        db.session.add(Change(enrolment_id=enrolment.id, what="rolled over", why=following.name))


def go_on(waited: Enrolment, there: Enrolment | None, following: Cohort) -> None:
    """A seat or the last place in line of the following cohort for somebody who waited, and the mail about it."""
    person = db.session.get_one(Person, waited.person_id)
    place = there or Enrolment(person_id=person.id, cohort_id=following.id)
    place.goal = waited.goal
    until = clock.now() + timedelta(hours=following.offer_hours)
    assign(place, following, until)
    db.session.add(place)
    db.session.flush()
    if place.status == "offered":
        post(person, letters.seat_offered(following, link(place, until), until))
    else:
        post(person, letters.place_in_line(following, line_of(place)))


def offer_next(cohort: Cohort, now: datetime) -> bool:
    """Offer a free seat to the first in line who has confirmed it; False if there is no seat or nobody."""
    # Asked first: going through a long line for nobody's seat would cost every sign-up for a full cohort.
    if not db.session.scalar(HAS_FREE_SEAT, {"cohort": cohort.id}):
        return False
    row = db.session.execute(
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.cohort_id == cohort.id,
            Enrolment.status == "waiting",
            Person.confirmed_at.is_not(None),
            Person.disabled_at.is_(None),
            ~UNANSWERED.exists(),
        )
        .order_by(Enrolment.line)
        .limit(1)
    ).first()
    if row is None or not take(cohort):
        return False
    enrolment, person = row
    until = now + timedelta(hours=cohort.offer_hours)
    enrolment.status, enrolment.offered_until = "offered", until
    post(person, letters.seat_offered(cohort, link(enrolment, until), until))
    return True
