"""What the form of an entry offers, and what a new entry begins with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.practice.book import Book, Company, Tended
from app.practice.circle import Circle
from app.practice.forms import OTHER, USUAL_MINUTES, LastTime, Offered
from app.practice.log_page import exercise_choices
from app.study.queries import KeptPlan
from course.library import Library
from course.practice import Promise
from course.wording import dated

USUAL = {"channel": "call", "began": "me", "minutes": "20"}


@dataclass(frozen=True)
class Wanted:
    """What the address of a new entry asks for: with whom, for which exercise or plan, and whether they answered.

    `two_way` is the line of the rubric that was rated by the link that led here; empty: not rated yet.
    """

    who: int | None = None
    exercise: str = ""
    two_way: str = ""
    plan: KeptPlan | None = None


def offered(circle: Circle, today: date, *, library: Library, first: int | None) -> Offered:
    """The people, a strip of a few with `first` before all, and the promises that are open."""
    strip = circle.strip(first)
    return Offered(
        today=today,
        people=circle.aliases,
        strip=strip,
        promises=circle.open,
        exercises=exercise_choices(library),
        last={id: last_time(circle, id) for id in strip if id in circle.last},
    )


def last_time(circle: Circle, id: int) -> LastTime:
    touch = circle.last[id]
    return LastTime(touch.channel, touch.began, touch.minutes, dated(touch.on))


def to_correct(book: Book, today: date, *, library: Library, first: int | None, but: Promise | None) -> Offered:
    """What a correction offers: as a new entry, without the promise that the entry made itself."""
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


def at_first(circle: Circle, today: date, *, library: Library, wanted: Wanted) -> dict[str, Any]:
    """A new entry before anything is typed: what it was asked for, and the rest as last time. Nothing is rated."""
    who = wanted.who
    if who is None and wanted.plan is not None:
        who = named_in(f"{wanted.plan.if_text} {wanted.plan.then_text}", circle)
    exercise = wanted.plan.lesson_id if wanted.plan else wanted.exercise
    nobody_known = None if circle.aliases else OTHER
    return {
        **USUAL,
        **as_last_time(circle, who),
        "who": nobody_known if who is None else str(who),
        "day": today,
        "exercise": exercise if exercise in library.exercises else "",
        "two_way": wanted.two_way or None,
    }


def as_last_time(circle: Circle, who: int | None) -> dict[str, Any]:
    """How, who began and for how long, as it was with them; with nobody in particular, the channel used last."""
    touch = circle.last.get(who) if who is not None else None
    if touch is None:
        recent = circle.last.get(next(iter(circle.recent), 0))
        return {"channel": recent.channel} if recent else {}
    usual = touch.minutes in USUAL_MINUTES
    minutes = {"minutes": str(touch.minutes)} if usual else {"minutes": OTHER, "minutes_other": touch.minutes}
    return {"channel": touch.channel, "began": touch.began, **minutes}


def named_in(words: str, circle: Circle) -> int | None:
    """The one whose alias stands in these words; None for nobody, or for several."""
    found = [id for id, alias in circle.aliases.items() if stands_in(alias, words)]
    return found[0] if len(found) == 1 else None


def stands_in(alias: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", words, re.IGNORECASE) is not None
