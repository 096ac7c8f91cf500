"""The demo's practice: relationships, entries that get better with the months, promises kept and not."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app import clock
from app.db import db
from app.models import Entry, Person, Promise, Relationship
from course.lesson import Lesson

ALIASES = (
    "Brouwer",
    "K-07",
    "The Ghent pair",
    "Mrs V.",
    "Old captain",
    "Harbour 2",
    "P. from the fair",
    "Dunlin",
    "Mill",
)
LAYERS = (("core", 30),) * 4 + (("active", 90),) * 4 + (("network", 365),)
CHANNELS = ("call", "call", "met", "mail", "message", "video")
NOTES = (
    "Asked what changed since spring. The night shift, he said.",
    "Sent the one-page check. Nothing of ours in it.",
    "He corrected my summary: it's the changeover, not the pump.",
    "No answer yet. It stays contact until there is one.",
    "She rang first. Wanted to know who did the list.",
    "",
    "",
)
STEPS = (
    "I send the drawing, he checks the flange",
    "She asks the shift leader, I ring on the day",
    "We look at both readings together",
)
PROMISES = ("the spare-parts list", "the drawing", "two names who did it before", "the changeover as one page")


# Who has read every lesson.
FINISHED = {4, 6, 7, 9, 10}
# Days since the last entry and the last lesson: two fell silent, two read on and don't practise.
LAPSES = {0: (0, 1), 1: (0, 0), 2: (23, 25), 8: (41, 30), 5: (19, 2), 11: (16, 1)}


@dataclass(frozen=True)
class Life:
    """How a demo learner goes about it: since when, how often a week, how well at the end, whether money was noted."""

    start: date
    today: date
    # Their last entry, and their last lesson.
    logged_until: date
    read_until: date
    weekly: float
    skill: float
    reads: float
    reports: bool
    full: bool

    @classmethod
    def of(cls, place: int, *, start: date, today: date) -> "Life":
        """Ada is first and complete; Ben second and new; three of the others note no money."""
        quiet, idle = LAPSES.get(place, (place % 4, place % 5))
        last = {"logged_until": today - timedelta(days=quiet), "read_until": today - timedelta(days=idle)}
        if place == 0:
            return cls(start, today, **last, weekly=3.0, skill=0.6, reads=0.84, reports=True, full=True)
        if place == 1:
            return cls(start, today, **last, weekly=1.5, skill=0.3, reads=0.1, reports=False, full=False)
        weekly = 0.25 if place == 8 else 0.7 + (place % 4) * 0.35
        skill, reads = 0.3 + (place % 5) * 0.09, 0.2 + (place % 6) * 0.14
        reports = place not in {4, 10}
        if place in FINISHED:
            reads, last["read_until"] = 1.0, today - timedelta(days=12 + place)
        return cls(start, today, **last, weekly=weekly, skill=skill, reads=reads, reports=reports, full=False)

    @property
    def days(self) -> int:
        """From the first day to the last entry."""
        return (self.logged_until - self.start).days


def make(who: Person, *, life: Life, lessons: Sequence[Lesson], chance: random.Random) -> list[Relationship]:
    """The person's relationships and the log about them."""
    known = len(ALIASES) if life.full else 3 + round(life.weekly * 2)
    people = [tended(who, place, life) for place in range(known)]
    db.session.flush()
    count = max(2, round(life.days / 7 * life.weekly))
    for number in range(count):
        progress = number / (count - 1)
        day = life.start + timedelta(days=min(life.days, 1 + round(progress * (life.days - 1))))
        about = people[0 if number < 4 else chance.randrange(len(people))]
        write(who, about, day=day, progress=progress, life=life, lessons=lessons, chance=chance)
    if life.full:
        tie(who, people, life=life)
    return people


def tie(who: Person, people: Sequence[Relationship], *, life: Life) -> None:
    """Who brought whom over two generations, somebody who fell silent, and somebody who was on the list twice."""
    for place, by in ((1, 0), (2, 1), (7, 0)):
        people[place].introduced_by_id = people[by].id
    heron = Relationship(person_id=who.id, alias="Heron", layer="core", cadence_days=30)
    twin = Relationship(person_id=who.id, alias="Harbour, the tall one", layer="active", cadence_days=90)
    heron.known_since, twin.known_since = life.start - timedelta(days=900), life.start - timedelta(days=40)
    twin.merged_into_id, twin.merged_at = people[5].id, clock.now() - timedelta(days=12)
    db.session.add_all([heron, twin])
    db.session.flush()
    for about, day, five, began in (
        (heron, life.start + timedelta(days=30), (2, 2, 2, 1, 1), "me"),
        (heron, life.start + timedelta(days=41), (2, 2, 1, 1, 1), "me"),
        (twin, life.today - timedelta(days=25), (1, 2, 1, 1, 1), "them"),
    ):
        made = Entry(person_id=who.id, relationship_id=about.id, day=day, channel="call", minutes=20, began=began)
        made.personal, made.two_way, made.about_them, made.value, made.next_step = five
        db.session.add(made)
    owed = Promise(person_id=who.id, relationship_id=people[3].id, text="the readings of both pumps")
    owed.made_on, owed.due_on = life.today - timedelta(days=12), life.today - timedelta(days=3)
    db.session.add(owed)


def tended(who: Person, place: int, life: Life) -> Relationship:
    layer, cadence = LAYERS[place]
    made = Relationship(person_id=who.id, alias=ALIASES[place], layer=layer, cadence_days=cadence)
    made.seat = place + 1 if place < 7 else None
    made.known_since = life.start - timedelta(days=200 + 90 * place)
    db.session.add(made)
    return made


def scores(progress: float, skill: float, chance: random.Random) -> tuple[int, int, int, int, int]:
    """Five ratings; later entries reach the other person more often."""
    reach = 0.3 + (skill - 0.2) * min(1.0, progress * 1.15)
    if chance.random() > reach + 0.15:
        return (chance.choice((0, 1, 1)), 0, 0, chance.choice((0, 1)), chance.choice((0, 1)))
    if chance.random() > reach + 0.15:
        return (1, 1, chance.choice((0, 1)), chance.choice((0, 1)), chance.choice((0, 1)))
    return (
        chance.choice((1, 2, 2)),
        2,
        chance.choice((1, 2, 2)),
        chance.choice((1, 1, 2)),
        chance.choice((0, 1, 2, 2)),
    )


def write(
    who: Person,
    about: Relationship,
    *,
    day: date,
    progress: float,
    life: Life,
    lessons: Sequence[Lesson],
    chance: random.Random,
) -> None:
    """One entry, and now and then a promise with it."""
    five = scores(progress, life.skill, chance)
    practised = lessons[: max(1, round(len(lessons) * life.reads * 0.8))]
    made = Entry(person_id=who.id, relationship_id=about.id, day=day, channel=chance.choice(CHANNELS))
    made.minutes = chance.choice((5, 10, 20, 20, 40)) if five[1] else chance.choice((5, 10))
    made.began = "them" if five[1] == 2 and chance.random() < 0.4 else "me"
    made.personal, made.two_way, made.about_them, made.value, made.next_step = five
    made.lesson_id = practised[int(progress * len(practised)) % len(practised)].id if chance.random() < 0.5 else None
    made.note = chance.choice(NOTES) if five[1] else NOTES[3] if chance.random() < 0.3 else ""
    if five[4] == 2:
        made.step, made.step_due = chance.choice(STEPS), day + timedelta(days=7)
    if five[1] == 2 and chance.random() < 0.08:
        made.sign = chance.choice(("advice", "confided", "referred"))
    db.session.add(made)
    db.session.flush()
    if five[1] == 2 and chance.random() < 0.45:
        promise(made, chance=chance, today=life.today)


def promise(entry: Entry, *, chance: random.Random, today: date) -> None:
    """A promise made in an entry: mostly kept in time, some late, the newest still open."""
    due = entry.day + timedelta(days=chance.choice((2, 5, 9)))
    made = Promise(person_id=entry.person_id, relationship_id=entry.relationship_id or 0, entry_id=entry.id)
    made.text, made.made_on, made.due_on = chance.choice(PROMISES), entry.day, due
    if due < today:
        lag = 0 if chance.random() < 0.8 else 6
        kept = due + timedelta(days=lag)
        made.kept_on = kept if kept <= today else None
    db.session.add(made)
