"""The seven tests of the readiness gate, each with its figure, its evidence and what is missing. Method §5.

The tests and every threshold in them are rules of this course, not findings: say so wherever they are shown. What is
not known counts as not passed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from course.gate_facts import LAW, YEAR, Facts, Terms
from course.gate_figures import (
    core_overdue,
    cost_per_send,
    fewest,
    largest_batch,
    personal_rate,
    reply_rate,
    wins,
)
from course.goal import OWN_FROM
from course.share import Share
from course.wording import counted

LEAST_RATED, LEAST_PEOPLE, HALF = 20, 10, 0.5
# A vendor's own figure for answers to cold mail, not checked by anyone else; three times it is this course's rule.
VENDORS_RATE, TIMES, LEAST_OPENERS = Decimal(".0343"), 3, 30
BAR = float(TIMES * VENDORS_RATE)
LEAST_DELIVERIES, LEAST_PROMISES = 5, 20
NINE_IN_TEN, ONE_IN_TEN = Fraction(9, 10), Fraction(1, 10)

Unit = Literal["count", "share", "bottom", "money"]
STATEMENT = "your statement: how many letters, in which hours, at what cost"
RATE = "a share of answers of your own: ten openers, or a batch that was counted"


@dataclass(frozen=True)
class Condition:
    """One thing that a test asks for: what is counted, what was found, and what it has to be at least, or at most.

    unit: a `count`, a `share` 0…1, the `bottom` of a share's Wilson interval, or `money`. None: not known.
    `missing` says in words what it takes where it doesn't hold; empty where another condition says it already.
    """

    what: str
    found: float | Decimal | int | None
    asked: float | Decimal | int | None
    holds: bool
    unit: Unit = "count"
    share: Share | None = None
    at_most: bool = False
    missing: str = ""


@dataclass(frozen=True)
class Evidence:
    """Ids of the rows that a test rests on."""

    entries: tuple[int, ...] = ()
    promises: tuple[int, ...] = ()
    receipts: tuple[int, ...] = ()
    deliveries: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    batches: tuple[int, ...] = ()


@dataclass(frozen=True)
class Tested:
    """One of the seven on a day."""

    name: str
    conditions: tuple[Condition, ...]
    evidence: Evidence = Evidence()

    @property
    def passed(self) -> bool:
        """Whether everything that it asks for holds."""
        return all(condition.holds for condition in self.conditions)

    @property
    def missing(self) -> tuple[str, ...]:
        """What it takes to pass, one phrase for each thing."""
        return tuple(c.missing for c in self.conditions if not c.holds and c.missing)

    @property
    def share(self) -> Share | None:
        """The share that it turns on, with its n and Wilson interval; None for a test of something else."""
        return next((condition.share for condition in self.conditions if condition.share), None)


def craft(facts: Facts, day: date) -> Tested:
    """At least 20 rated entries with ten people; at the bottom of the interval half of them connect."""
    touches = facts.touches.up_to(day)
    people = len({entry.person for entry in touches})
    share = Share(sum(entry.rubric is not None and entry.rubric.connecting for entry in touches), len(touches))
    return Tested(
        "Craft",
        (
            _count("rated entries", share.n, LEAST_RATED, missing=_more_talks(share.n, people)),
            _count(
                "people",
                people,
                LEAST_PEOPLE,
                missing="" if share.n < LEAST_RATED else f"talks with {_more_people(people)}",
            ),
            _bottom(
                "connecting",
                share,
                bar=HALF,
                missing=_of(share, LEAST_RATED, bar=HALF, words=("entries", "connect", "do")),
            ),
        ),
        Evidence(entries=tuple(entry.id for entry in touches)),
    )


def response(facts: Facts, day: date) -> Tested:
    """At least 30 openers, each written for one person; at the bottom three times the vendor's share is answered."""
    openers, share = facts.openers.up_to(day), personal_rate(facts, day)
    short = counted(LEAST_OPENERS - share.n, "more opener", "more openers") + ", each written for one person"
    few = _of(share, LEAST_OPENERS, bar=BAR, words=("openers", "be answered", "were"))
    return Tested(
        "Response",
        (_count("openers", share.n, LEAST_OPENERS, missing=short), _bottom("answered", share, bar=BAR, missing=few)),
        Evidence(entries=tuple(opener.entry for opener in openers)),
    )


def promise(facts: Facts, day: date) -> Tested:
    """In twelve months five deliveries, nine in ten as promised, and a client who came back or sent somebody."""
    delivered = facts.delivered.up_to(day, YEAR)
    repeats, referrals = facts.repeats.up_to(day, YEAR), facts.referrals.up_to(day, YEAR)
    share = Share(sum(each.as_promised for each in delivered), len(delivered))
    short = counted(LEAST_DELIVERIES - share.n, "more delivery", "more deliveries") + " within twelve months"
    back = len(repeats) + len(referrals)
    return Tested(
        "Promise",
        (
            _count("deliveries in twelve months", share.n, LEAST_DELIVERIES, missing=short),
            _nine_in_ten("as promised", share, "deliveries as promised"),
            _count("came back or sent somebody", back, 1, missing="one client who buys again or sends you somebody"),
        ),
        Evidence(
            entries=tuple(entry.id for entry in referrals),
            receipts=tuple(paid.id for paid in repeats),
            deliveries=tuple(each.id for each in delivered),
        ),
    )


def reliability(facts: Facts, day: date) -> Tested:
    """At least 20 promises that were decided, nine in ten kept; of the core, at most one in ten past its rhythm."""
    settled = facts.settled.up_to(day)
    share = Share(sum(each.in_time for each in settled), len(settled))
    late = core_overdue(facts, day)
    short = counted(LEAST_PROMISES - share.n, "more promise", "more promises") + " that you have kept or not"
    rhythm = f"at most one in ten of the core past its rhythm: {late.successes} of {late.n} are"
    return Tested(
        "Reliability",
        (
            _count("promises decided", share.n, LEAST_PROMISES, missing=short),
            _nine_in_ten("kept", share, "promises kept by their day"),
            Condition(
                what="of the core past its rhythm",
                found=late.value,
                asked=float(ONE_IN_TEN),
                holds=late.n > 0 and Fraction(late.successes, late.n) <= ONE_IN_TEN,
                unit="share",
                share=late,
                at_most=True,
                missing=rhythm if late.n else "somebody in the core with whom you have spoken",
            ),
        ),
        Evidence(promises=tuple(each.id for each in settled), people=tuple(facts.core)),
    )


def capacity(facts: Facts, day: date) -> Tested:
    """The batch that is planned is one whose answers the stated hours carry."""
    terms, rate = facts.terms_on(day), reply_rate(facts, day)
    most = largest_batch(terms, rate)
    batch = terms.batch if terms else None
    words = f"{most} letters at most, or more hours; {batch} are planned"
    return Tested(
        "Capacity",
        (
            Condition(
                what="letters planned",
                found=batch,
                asked=most,
                holds=batch is not None and most is not None and batch <= most,
                at_most=True,
                missing=_unknown(terms, rate) or (words if most is not None else "the time that a letter takes"),
            ),
        ),
        Evidence(batches=_counted_batches(facts, day)),
    )


def economics(facts: Facts, day: date) -> Tested:
    """The share of openers that win a client, at its bottom, times a deal's margin covers the full cost of a letter."""
    terms, rate, won = facts.terms_on(day), reply_rate(facts, day), wins(facts, day)
    cost = cost_per_send(terms, rate, facts.hour)
    brings = None if terms is None or won.low is None else Decimal(won.low) * terms.deal_margin
    hour = "" if facts.hour is not None else "the value of an hour of yours"
    less = "a letter that brings more than it costs: more who buy, a larger margin, or less time for each"
    return Tested(
        "Economics",
        (
            Condition(
                what="a letter brings, at the bottom",
                found=brings,
                asked=cost,
                holds=brings is not None and cost is not None and 0 < brings >= cost,
                unit="money",
                share=won,
                missing=_unknown(terms, rate) or hour or less,
            ),
        ),
        Evidence(
            receipts=tuple(
                opener.bought.id
                for opener in facts.openers.up_to(day)
                if opener.bought is not None and opener.bought.on <= day
            )
        ),
    )


def law(facts: Facts, day: date) -> Tested:
    """The four things are in order: consent, opt-out, sender, objections."""
    terms = facts.terms_on(day)
    ticked = terms.law if terms else frozenset()
    open_ones = "; ".join(words for key, words in LAW.items() if key not in ticked)
    return Tested("Law", (_count("things in order", len(ticked & LAW.keys()), len(LAW), missing=open_ones),))


RULES: tuple[Callable[[Facts, date], Tested], ...] = (
    *(craft, response, promise, reliability),
    *(capacity, economics, law),
)


def seven(facts: Facts, day: date) -> tuple[Tested, ...]:
    """All seven on a day; nothing dated later counts."""
    return tuple(rule(facts, day) for rule in RULES)


def _count(what: str, found: int, asked: int, *, missing: str = "") -> Condition:
    return Condition(what, found, asked, found >= asked, missing="" if found >= asked else missing)


def _bottom(what: str, share: Share, *, bar: float, missing: str) -> Condition:
    holds = share.low is not None and share.low >= bar
    return Condition(what, share.low, bar, holds, unit="bottom", share=share, missing="" if holds else missing)


def _nine_in_ten(what: str, share: Share, words: str) -> Condition:
    holds = share.n > 0 and Fraction(share.successes, share.n) >= NINE_IN_TEN
    missing = f"nine in ten {words}: {share.successes} of {share.n} were" if share.n else ""
    return Condition(what, share.value, float(NINE_IN_TEN), holds, "share", share, missing="" if holds else missing)


def _more_talks(rated: int, people: int) -> str:
    """How many more entries, and with how many more people."""
    talks = counted(LEAST_RATED - rated, "more rated entry", "more rated entries")
    return talks if people >= LEAST_PEOPLE else f"{talks} with {_more_people(people)}"


def _more_people(people: int) -> str:
    return counted(LEAST_PEOPLE - people, "more person", "more people")


def _of(share: Share, least: int, *, bar: float, words: tuple[str, str, str]) -> str:
    """How many of so many it takes, and how many there are once there are enough of them to say."""
    n, (what, do, done) = max(share.n, least), words
    there = f"; {share.successes} {done}" if share.n >= least else ""
    return f"{fewest(n, bar)} of {n} {what} have to {do}{there}"


def _unknown(terms: Terms | None, rate: Share) -> str:
    """What must be known before the sum can be done."""
    if terms is None:
        return STATEMENT
    return RATE if rate.n < OWN_FROM else ""


def _counted_batches(facts: Facts, day: date) -> tuple[int, ...]:
    return tuple(batch.id for batch in facts.sent.up_to(day) if batch.counted)[-1:]
