"""The learner's own rates, counted from the log and the ledger: each a share with its basis. Method §3.

Every definition here is a rule of this course, not a finding: say so where a rate is shown. Each person counts once in
a rate, and only once there has been time for it to happen, so that what is still under way is no failure. Entries are
taken as they were written, corrections included; days after `today` have not happened.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from course.goal import DefaultName
from course.practice import Entry, current
from course.relationship import is_two_way
from course.share import Share

YEAR = timedelta(days=365)
# How long an answer, and a purchase, are given before their absence counts.
TIME_TO_ANSWER = timedelta(days=60)
TIME_TO_BUY = timedelta(days=180)
DAYS_A_MONTH = 30
WRITTEN = frozenset({"mail", "message"})
SPOKEN = frozenset({"met", "call", "video"})

Touches = Mapping[int, Sequence[Entry]]


@dataclass(frozen=True)
class Known:
    """Someone on the learner's list: since when, who introduced them, and the days on which they paid.

    Ids are those that entries bear; who goes by two aliases is one person, and the caller has seen to it.
    """

    id: int
    since: date
    introduced_by: int | None = None
    paid: tuple[date, ...] = ()


def own_rates(
    people: Iterable[Known], entries: Iterable[Entry], *, today: date, sale_months: int = 0
) -> dict[DefaultName, Share]:
    """Every rate that a default stands in for. `sale_months`: how long a sale takes, as the learner says."""
    known = [_until(person, today) for person in people]
    log = _touches(entries, today)
    by = today - time_to_buy(sale_months)
    return {
        "retention": retention(known, today),
        "close_rate": close_rate(known, log, by),
        "meeting_rate": meeting_rate(known, log, today - TIME_TO_ANSWER),
        "win_rate": win_rate(known, log, by),
        "referral_rate": referral_rate(known, by),
    }


def time_to_buy(sale_months: int) -> timedelta:
    """How long a purchase is given: twice as long as a sale takes, and half a year at least."""
    return max(TIME_TO_BUY, timedelta(days=2 * DAYS_A_MONTH * sale_months))


def retention(people: Iterable[Known], today: date) -> Share:
    """Of those who paid in the year before last, counted back from today, those who paid again in the year since.

    The yearly rate of §3: everyone who was a client a year ago counts once, and who left earlier no more.
    """
    a_year_ago = today - YEAR
    clients = [p for p in people if any(a_year_ago - YEAR < day <= a_year_ago for day in p.paid)]
    return Share(sum(any(a_year_ago < day <= today for day in p.paid) for p in clients), len(clients))


def referral_rate(people: Iterable[Known], by: date) -> Share:
    """Of those whom somebody named or brought by then, spoken to or not, those who have bought since."""
    leads = [p for p in people if p.introduced_by is not None and p.since <= by]
    return Share(sum(bool(p.paid) for p in leads), len(leads))


def close_rate(people: Iterable[Known], log: Touches, by: date) -> Share:
    """Of those introduced by then who have taken part in a talk, or bought, those who have bought."""
    introduced = [p for p in people if p.introduced_by is not None and p.since <= by]
    spoken_to = [p for p in introduced if p.paid or any(map(is_two_way, log.get(p.id, ())))]
    return Share(sum(bool(p.paid) for p in spoken_to), len(spoken_to))


def meeting_rate(people: Iterable[Known], log: Touches, by: date) -> Share:
    """Of the first messages written by then to people nobody introduced, those that led to a talk.

    A first message is the first entry with somebody who has not paid before it, by mail or message, begun by the
    learner. A talk is a later meeting, call or video in which they took part: an answer alone is not a meeting.
    """
    openers = [(first, log[p.id]) for p in people if (first := _opener(p, log.get(p.id, ()))) and first.on <= by]
    return Share(sum(any(map(_is_meeting, touches)) for _, touches in openers), len(openers))


def win_rate(people: Iterable[Known], log: Touches, by: date) -> Share:
    """Of those first met by then, in person, by call or by video, who had not bought before, those who have since."""
    met = [(p, first.on) for p in people if (first := next(filter(_is_meeting, log.get(p.id, ())), None))]
    fresh = [(p, on) for p, on in met if on <= by and not any(day < on for day in p.paid)]
    return Share(sum(bool(p.paid) for p, _ in fresh), len(fresh))


@dataclass(frozen=True)
class YearPast:
    """What the last twelve months show: clients today, people introduced, and first purchases nobody introduced."""

    clients: int
    introduced: int
    won: int


def year_past(people: Iterable[Known], today: date, frequency: Decimal = Decimal(1)) -> YearPast:
    """The last twelve months up to today."""
    known = [_until(person, today) for person in people]
    begun = today - YEAR
    won = [p for p in known if p.introduced_by is None and p.paid and min(p.paid) > begun]
    return YearPast(
        clients=sum(is_client(p, today, frequency) for p in known),
        introduced=sum(p.introduced_by is not None and p.since > begun for p in known),
        won=len(won),
    )


def is_client(person: Known, today: date, frequency: Decimal = Decimal(1)) -> bool:
    """Whether somebody is a client today: their last payment is no older than the interval at which clients buy.

    frequency: purchases of a client in a year; a year at least, however often they buy.
    """
    days = YEAR.days / min(frequency, Decimal(1))
    return any(0 <= (today - day).days < days for day in person.paid)


def _until(person: Known, today: date) -> Known:
    return Known(person.id, person.since, person.introduced_by, tuple(day for day in person.paid if day <= today))


def _touches(entries: Iterable[Entry], today: date) -> Touches:
    """What stands with each person up to today, oldest first."""
    log: dict[int, list[Entry]] = defaultdict(list)
    for entry in current(entries):
        if entry.person is not None and entry.on <= today:
            log[entry.person].append(entry)
    return log


def _opener(person: Known, touches: Sequence[Entry]) -> Entry | None:
    first = touches[0] if touches else None
    if first is None or person.introduced_by is not None or any(day <= first.on for day in person.paid):
        return None
    return first if first.channel in WRITTEN and first.began == "me" else None


def _is_meeting(entry: Entry) -> bool:
    return entry.channel in SPOKEN and is_two_way(entry)
