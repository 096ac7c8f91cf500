"""The mails about seats and places in line: each tells the owner of the address, and nobody else, how things stand.

Nothing that a visitor typed stands in them, for the address may be somebody else's.
"""

from datetime import datetime

from app import mail
from app.filters import day, moment, ordinal
from app.mail import Letter as Letter
from app.mail import letter
from app.models import Cohort
from course.wording import counted

NOT_YOU = (
    "If you did not ask for this, do nothing. Somebody may have mistyped their own address, and without you nothing "
    "comes of it."
)


def by(until: datetime, cohort: Cohort) -> str:
    """An instant on the cohort's clocks, with the name of where they hang."""
    return f"{moment(until, cohort.time_zone)} ({cohort.time_zone})".replace("\u00a0", " ")


def hours(cohort: Cohort) -> str:
    """How long an offer stands."""
    return counted(cohort.offer_hours, "hour")


def welcome(token: str) -> str:
    return mail.link(f"/welcome/{token}")


def seat_held(cohort: Cohort, token: str, until: datetime) -> Letter:
    """A seat waits for its address to be confirmed."""
    return letter(
        f"Confirm your seat in {cohort.name}",
        f"A seat in {cohort.name} is held for this address until {by(until, cohort)}. Open this page and confirm it:",
        welcome(token),
        "The link works once. After that time the seat goes to the next in line.",
        NOT_YOU + " The address is then forgotten.",
        kind="confirm",
    )


def seat_offered(cohort: Cohort, token: str, until: datetime) -> Letter:
    """A seat fell free, and the reader is next in line."""
    return letter(
        f"A seat in {cohort.name} is yours to take",
        f"A seat in {cohort.name} has fallen free, and you are next in line. It is held for you until "
        f"{by(until, cohort)}. Open this page and take it:",
        welcome(token),
        "After that time it goes to the one behind you. If you don’t want it any more, you need do nothing.",
        kind="offer",
    )


def put_down(cohort: Cohort, token: str, until: datetime) -> Letter:
    """A trainer has put the reader down for a seat that they did not ask for here."""
    return letter(
        f"A seat in {cohort.name} is kept for you",
        f"The trainer of {cohort.name} has put this address down for a seat. It is kept until {by(until, cohort)}. "
        "Open this page to see what it is about, and take it or not:",
        welcome(token),
        "The link works once. After that time the seat goes to somebody else, and an address that was new to us is "
        "forgotten.",
    )


def withdrawn(cohort: Cohort) -> Letter:
    """The trainer has ended the reader's place."""
    return letter(
        f"Your place in {cohort.name} has ended",
        f"The trainer of {cohort.name} has ended your place there. What you wrote stays yours, and you can read on. "
        "If you don’t know why, ask the trainer.",
    )


def restored(cohort: Cohort) -> Letter:
    """The trainer has given the reader's seat back to them."""
    return letter(
        f"You have your seat in {cohort.name} again",
        f"The trainer of {cohort.name} has given you your seat back. Everything is where you left it:",
        mail.link("/sign-in"),
    )


def moved(cohort: Cohort, *, has_seat: bool) -> Letter:
    """The trainer has moved the reader to another cohort."""
    place = "seat" if has_seat else "place"
    return letter(
        f"Your {place} is in {cohort.name} now",
        f"The trainer has moved your {place} to {cohort.name}. What you wrote goes with you. Its dates:",
        mail.link(f"/cohorts/{cohort.slug}"),
    )


def place_to_confirm(cohort: Cohort, token: str, line: int) -> Letter:
    """A place in line waits for its address to be confirmed."""
    return letter(
        f"Confirm your place in line for {cohort.name}",
        f"All seats in {cohort.name} are taken. This address is {ordinal(line)} on the waiting list. "
        "Open this page and confirm it:",
        welcome(token),
        "The link works once, for 14 days. Until it is confirmed, a free seat passes this address by; after 14 days "
        "the place is given up.",
        NOT_YOU + " The address is then forgotten.",
        kind="confirm",
    )


def asked_for(cohort: Cohort, token: str, line: int) -> Letter:
    """A place in line was asked for with an address that is known, or while seats are still free."""
    return letter(
        f"Confirm your place in line for {cohort.name}",
        f"This address is {ordinal(line)} on the waiting list for {cohort.name}. Open this page and confirm that you "
        "asked for it:",
        welcome(token),
        "The link works once, for 14 days. A free seat is offered to the first in line, who has "
        f"{hours(cohort)} to take it; then to the next. Until the place is confirmed, a seat passes it by; "
        "after 14 days it is given up.",
        NOT_YOU,
        kind="confirm",
    )


def place_in_line(cohort: Cohort, line: int) -> Letter:
    """The reader, whom we know, is on the waiting list."""
    return letter(
        f"You are {ordinal(line)} in line for {cohort.name}",
        f"All seats in {cohort.name} are taken, and you are {ordinal(line)} on the waiting list. When a seat falls "
        f"free we write to the first in line, who has {hours(cohort)} to take it; then to the next.",
        "Your place, and how to give it up, once you are signed in:",
        mail.link(f"/cohorts/{cohort.slug}"),
    )


def seat_taken(cohort: Cohort) -> Letter:
    """The seat is the reader's: when it begins, and where."""
    return letter(
        f"You are in {cohort.name}",
        f"Your seat in {cohort.name} is confirmed. The course begins on {day(cohort.starts_on, 'weekday')} and ends on "
        f"{day(cohort.ends_on)}. {cohort.meetings}.".replace("\u00a0", " "),
        "What comes next is always on this page:",
        mail.link("/today"),
        "Its dates for your calendar, and when we may remind you:",
        mail.link("/settings/mail"),
        kind="welcome",
    )


def already_in(cohort: Cohort) -> Letter:
    """The reader has a seat."""
    return letter(
        f"You have a seat in {cohort.name} already",
        f"Somebody, probably you, has just signed up for {cohort.name} with this address. You have a seat there "
        "already, and nothing has changed. You can sign in here:",
        mail.link("/sign-in"),
    )


def switched_off(cohort: Cohort) -> Letter:
    """The reader's account is disabled."""
    return letter(
        f"About {cohort.name}",
        f"Somebody, probably you, has just signed up for {cohort.name} with this address. The account with this "
        "address is switched off here, so no seat was taken. If you think that is a mistake, write to the trainer.",
    )


def announcement(subject: str, text: str, *, name: str, address: str) -> Letter:
    """What a trainer writes to everybody. Its words are the trainer's own; so is the address to answer to."""
    paragraphs = (part.strip() for part in text.split("\n\n"))
    return letter(
        subject,
        *(part for part in paragraphs if part),
        f"{name}, who runs your cohort. To answer, write to {address}.",
        kind="announcement",
    )
