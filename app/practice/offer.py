"""What the form of an entry offers, and what a new entry begins with."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.practice.book import Book, Company, Tended
from app.practice.forms import Offered
from app.practice.log_page import exercise_choices
from course.library import Library
from course.practice import Promise

USUAL = {"channel": "call", "began": "me", "minutes": "20"}


def offered(book: Book, today: date, *, library: Library, first: int | None, but: Promise | None = None) -> Offered:
    """The people, a strip of a few with `first` before all, and the promises that are open, without `but`."""
    return Offered(
        today=today,
        people=book.aliases,
        strip=book.strip(first),
        promises=[promise for person in book.people for promise in open_promises(person) if promise != but],
        exercises=exercise_choices(library),
    )


def allowed(company: Company, today: date, *, library: Library) -> Offered:
    """What a post may choose from: all that is offered, without the strip, which only a page needs."""
    return Offered(today=today, people=company.aliases, promises=company.open, exercises=exercise_choices(library))


def open_promises(person: Tended) -> Sequence[Promise]:
    """What was promised to somebody and neither kept nor dropped yet, the first due first."""
    undecided = [promise for promise in person.promises if not (promise.kept or promise.dropped)]
    return sorted(undecided, key=lambda promise: (promise.due, promise.id))


def at_first(book: Book, today: date, *, library: Library, who: int | None, exercise: str) -> dict[str, Any]:
    """A new entry before anything is typed: whom and what it was asked for, and what is usual with this learner."""
    latest = next((entry.channel for entry in reversed(book.entries) if entry.channel), USUAL["channel"])
    nobody_known = None if book.people else "other"
    return {
        **USUAL,
        "channel": latest,
        "who": nobody_known if who is None else str(who),
        "day": today,
        "exercise": exercise if exercise in library.exercises else "",
    }
