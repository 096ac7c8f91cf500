"""The mails about seats and places in line: each tells the owner of the address, and nobody else, how things stand.

Nothing that a visitor typed stands in them, for the address may be somebody else's.
"""

from dataclasses import dataclass
from datetime import datetime

from app import mail
from app.filters import moment, ordinal
from app.models import Cohort

NOT_YOU = (
    "If you did not ask for this, do nothing. Somebody may have mistyped their own address, and without you nothing "
    "comes of it."
)


@dataclass(frozen=True)
class Letter:
    """A mail's subject and its text."""

    subject: str
    body: str


def letter(subject: str, *paragraphs: str) -> Letter:
    return Letter(subject, "\n\n".join(("Hello,", *paragraphs, "Connect before you count")) + "\n")


def by(until: datetime, cohort: Cohort) -> str:
    """An instant on the cohort's clocks, with the name of where they hang."""
    return f"{moment(until, cohort.time_zone)} ({cohort.time_zone})".replace("\u00a0", " ")


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
    )


def seat_offered(cohort: Cohort, token: str, until: datetime) -> Letter:
    """A seat fell free, and the reader is next in line."""
    return letter(
        f"A seat in {cohort.name} is yours to take",
        f"A seat in {cohort.name} has fallen free, and you are next in line. It is held for you until "
        f"{by(until, cohort)}. Open this page and take it:",
        welcome(token),
        "After that time it goes to the one behind you. If you don’t want it any more, you need do nothing.",
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
    )


def place_in_line(cohort: Cohort, line: int) -> Letter:
    """The reader, whom we know, is on the waiting list."""
    return letter(
        f"You are {ordinal(line)} in line for {cohort.name}",
        f"All seats in {cohort.name} are taken, and you are {ordinal(line)} on the waiting list. When a seat falls "
        "free we write to the first in line, who has 48 hours to take it; then to the next.",
        "Your place, and how to give it up, once you are signed in:",
        mail.link(f"/cohorts/{cohort.slug}"),
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
