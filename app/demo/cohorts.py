"""The demo's people and cohorts: one running with twelve learners, one with few seats left, one full."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.access import hash_password
from app.db import db
from app.models import Cohort, CohortTrainer, Enrolment, Meeting, Person
from course.local_time import instant as local_instant

PASSWORD = "connect before you count"  # noqa: S105  (the demo's, printed at every start)
RUNNING = ("Ada", "Ben", "Chiara", "Dov", "Elif", "Farah", "Goran", "Hanna", "Ivo", "Jun", "Kofi", "Lea")
EVENINGS = ("Mira", "Nils", "Oona", "Pavel", "Quirin", "Rosa", "Sami", "Tilda", "Umut")
MORNINGS = ("Vera", "Wim", "Xenia", "Yara", "Zeno", "Alba", "Bo", "Cora")
WAITING = ("Dario", "Edda", "Finn", "Gita")
GOALS = (
    "Two of my five old clients talk to me again",
    "Fewer mails, more answers",
    "Know which ten people this business rests on",
    "Ask for work without feeling like a salesman",
)
FEE = 120_000
ABOUT = (
    "I sold compressors for eleven years, and for the first four of them I counted calls. This is the course that I "
    "would have needed then.\n\nWe meet in the evening because that is when your clients have stopped calling."
)


@dataclass(frozen=True)
class Made:
    """The running cohort's enrolments, Ada's first and Ben's second, and the fee they paid."""

    running: list[Enrolment]
    fee: int


def make(today: date) -> Made:
    """Everybody, and the three cohorts."""
    kept = hash_password(PASSWORD)
    tess = person("Tess Lindqvist", "tess@example.org", kept, is_trainer=True)
    person("Olga Brandt", "olga@example.org", kept, is_operator=True)
    start = months_before(today, 8)
    long_run = cohort(
        "spring-long-run", "Spring, the long run", today=today, starts=start, ends=start + timedelta(days=365)
    )
    soon = today + timedelta(days=50)
    evenings = cohort("winter-evenings", "Winter, evenings", today=today, starts=soon, ends=soon + timedelta(days=63))
    mornings = cohort(
        "winter-mornings",
        "Winter, mornings",
        today=today,
        starts=soon + timedelta(days=1),
        ends=soon + timedelta(days=64),
    )
    mornings.capacity = len(MORNINGS)
    evenings.pace, evenings.about = "weekly", ABOUT
    db.session.flush()
    meet(evenings, weeks=9)
    db.session.add_all(CohortTrainer(cohort_id=made.id, person_id=tess.id) for made in (long_run, evenings, mornings))
    running = [enrol(name, long_run, kept, since=start) for name in RUNNING]
    just_begun(running[1], today)
    for names, where in ((EVENINGS, evenings), (MORNINGS, mornings)):
        for name in names:
            enrol(name, where, kept, since=today - timedelta(days=9))
    for place, name in enumerate(WAITING, start=1):
        wait(name, mornings, kept, place=place)
    db.session.flush()
    return Made(running=running, fee=FEE)


def months_before(today: date, count: int) -> date:
    """The first of the month so many months ago: the demo's months are calendar months."""
    index = today.year * 12 + today.month - 1 - count + 1
    return date(index // 12, index % 12 + 1, 1)


def instant(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def person(name: str, email: str, kept: str, *, is_trainer: bool = False, is_operator: bool = False) -> Person:
    made = Person(
        name=name,
        email=email,
        password_hash=kept,
        is_trainer=is_trainer,
        is_operator=is_operator,
        confirmed_at=instant(date(2026, 1, 5)),
    )
    db.session.add(made)
    db.session.flush()
    return made


def cohort(slug: str, name: str, *, today: date, starts: date, ends: date) -> Cohort:
    running = starts <= today
    made = Cohort(
        slug=slug,
        name=name,
        promise="By the end you know which ten people your business rests on, have talked with most of them twice, "
        "and can show what those talks cost and returned.",
        meetings="One evening a month, 19:00 to 20:15" if running else "Nine Tuesdays, 19:00 to 20:15",
        rhythm="Three lessons, recall for five minutes a day, one conversation logged in under a minute",
        trainer_line="Tess Lindqvist, who sold compressors for eleven years",
        time_zone="Europe/Amsterdam",
        opens_at=instant(starts - timedelta(days=90)),
        closes_at=instant(starts - timedelta(days=2), 21),
        starts_on=starts,
        ends_on=ends,
        capacity=12,
        price=FEE,
        currency="EUR",
    )
    db.session.add(made)
    return made


def meet(made: Cohort, *, weeks: int) -> None:
    """A meeting each week, at seven in the evening on the cohort's clocks."""
    for week in range(weeks):
        evening = datetime.combine(made.starts_on + timedelta(weeks=week), time(19))
        db.session.add(
            Meeting(
                cohort_id=made.id,
                uid=f"{made.slug}-{week + 1}@connect",
                starts_at=local_instant(evening, made.time_zone),
                minutes=75,
                where="The harbour hall, first floor",
            )
        )


def enrol(name: str, where: Cohort, kept: str, *, since: date) -> Enrolment:
    """A confirmed learner with a seat."""
    who = person(name, f"{name.lower()}@example.org", kept)
    who.ledger_start = where.starts_on
    where.taken += 1
    place = where.taken
    made = Enrolment(person=who, cohort=where, status="confirmed", goal=GOALS[place % len(GOALS)])
    made.confirmed_at = made.created_at = instant(since)
    db.session.add(made)
    return made


def wait(name: str, where: Cohort, kept: str, *, place: int) -> None:
    """A place in the line of a full cohort."""
    who = person(name, f"{name.lower()}@example.org", kept)
    made = Enrolment(person=who, cohort=where, status="waiting", line=place, goal=GOALS[place % len(GOALS)])
    made.created_at = instant(where.opens_at.date() + timedelta(days=30 + place))
    db.session.add(made)


def just_begun(enrolment: Enrolment, today: date) -> None:
    """Ben took a seat that fell free last week: his window begins where he did."""
    enrolment.confirmed_at = enrolment.created_at = instant(today - timedelta(days=6))
    enrolment.person.ledger_start = today - timedelta(days=6)
