"""What a learner's own number shows: the sum, the rates it rests on, the path, and the attention it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.charts import Whisker, whisker
from app.filters import number
from app.practice.number_facts import Basis, Terms
from app.reckoning import IN_WORDS, Reckoning, clients, figure
from course import goal
from course.attention import Budget, budget
from course.goal import DEFAULTS, OWN_FROM, DefaultName, Rate
from course.lifetime import own_retention
from course.own_rates import YearPast, own_rates, time_to_buy, year_past
from course.share import Share
from course.wording import counted, of, sentence, spell

NOTHING = Decimal(0)
SELDOM = "Your clients buy less than once a year, so a year without a purchase is no client lost: the default stays."


@dataclass(frozen=True)
class RateLine:
    """One rate: what counts, where it comes from, what was counted, and the rule it was counted by."""

    name: str
    used: str
    rate: Rate
    counted: str
    whisker: Whisker | None
    rule: str
    why_not: str = ""


@dataclass(frozen=True)
class NumberPage:
    """The page on a day. Without terms there is no reckoning, but the rates and the attention stand."""

    title: str
    terms: Terms | None
    reckoning: Reckoning | None
    rates: tuple[RateLine, ...]
    past: YearPast
    past_words: str
    lifetime: str
    budget: Budget
    budget_title: str
    budget_words: str
    range_words: str

    @property
    def own(self) -> int:
        """How many rates are the learner's own."""
        return sum(line.rate.own for line in self.rates)


def number_page(basis: Basis, terms: Terms | None, *, today: date, sale_months: int) -> NumberPage:
    """The page for a day."""
    frequency = terms.frequency if terms else Decimal(1)
    shares = own_rates(basis.known, basis.entries, today=today, sale_months=sale_months)
    lines = {name: rate_line(name, shares, frequency=frequency, sale_months=sale_months) for name in DEFAULTS}
    past = year_past(basis.known, today, frequency)
    reckoning = reckoned(terms, {name: line.rate for name, line in lines.items()}, past)
    given = budget(basis.tended, basis.entries, today)
    return NumberPage(
        title=title(reckoning, past),
        terms=terms,
        reckoning=reckoning,
        rates=tuple(lines.values()),
        past=past,
        past_words=past_in_words(past),
        lifetime=lifetime_in_words(shares["retention"]),
        budget=given,
        budget_title=budget_title(given),
        budget_words=budget_words(given),
        range_words=range_in_words(lines),
    )


def reckoned(terms: Terms | None, rates: Mapping[DefaultName, Rate], past: YearPast) -> Reckoning | None:
    """The sum with the learner's terms, rates and clients; None before they saved terms."""
    if terms is None:
        return None
    return Reckoning(
        terms.goal,
        rates=rates,
        introductions=terms.introductions or NOTHING,
        wins=terms.wins or NOTHING,
        start=Decimal(past.clients),
    )


def title(reckoning: Reckoning | None, past: YearPast) -> str:
    """The number beside the clients there are."""
    if reckoning is None:
        return "Four figures, and your log does the rest"
    have = "none yet" if past.clients == 0 else spell(past.clients)
    return f"{sentence(clients(Decimal(reckoning.goal.people)))} would do, and you have {have}"


# The rates


def rate_line(
    name: DefaultName, shares: Mapping[DefaultName, Share], *, frequency: Decimal, sale_months: int
) -> RateLine:
    """One rate as the table shows it."""
    share = shares[name]
    seldom = name == "retention" and frequency < 1
    rate = goal.rate(name, Share(0, 0) if seldom else share)
    return RateLine(
        name=IN_WORDS[name],
        used=Reckoning.share(rate),
        rate=rate,
        counted=counted_so_far(share),
        whisker=whisker(share.value, share.low, share.high) if rate.own else None,
        rule=rule_of(name, sale_months),
        why_not=SELDOM if seldom and share.n else "",
    )


def counted_so_far(share: Share) -> str:
    """What a rate was counted from, and what counts until there is enough of it."""
    if not share.n:
        return "nothing to count yet"
    return of(share) if share.n >= OWN_FROM else f"{of(share)}; until {spell(OWN_FROM)}, the default"


def rule_of(name: DefaultName, sale_months: int) -> str:
    """How a rate is counted, in words."""
    days = time_to_buy(sale_months).days
    return {
        "retention": "Of those who paid in the year before last, counted back from today, those who paid again in the "
        "year since. Each client counts once.",
        "close_rate": f"Of the people somebody introduced {days} days ago or earlier, with whom you have had a two-way "
        "exchange, those who have bought.",
        "meeting_rate": "Of your first messages, by mail or in writing, to people nobody introduced and who had not "
        "bought, written 60 days ago or earlier: those that led to a meeting, call or video in which they took part.",
        "win_rate": f"Of the people you first met, in person, by call or by video, {days} days ago or earlier, and who "
        "had not bought before: those who have bought since.",
        "referral_rate": f"Of all whom somebody named or brought {days} days ago or earlier, spoken to or not, those "
        "who have bought.",
    }[name]


def range_in_words(lines: Mapping[DefaultName, RateLine]) -> str:
    """What the hatching covers, or why there is none."""
    own = [name for name in ("retention", "close_rate") if lines[name].rate.own]
    if not own:
        return "Both rates are still defaults, and nobody has measured how far those are from yours: no range is drawn."
    if len(own) == 2:
        return "Hatched: from the low ends of both your rates’ intervals to the high ones."
    which = "retention" if own == ["retention"] else "the rate of introductions that close"
    return f"Hatched: from the low to the high end of {which}, which is your own. The other rate is a default."


def lifetime_in_words(share: Share) -> str:
    """The retention that a lifetime value takes, which leans on the default while there is little to count."""
    default = DEFAULTS["retention"].value
    leaning = own_retention(renewed=share.successes, n=share.n, default=default)
    return f"({share.successes} + 5 × {figure(default)}) ÷ ({share.n} + 5) = {number(leaning * 100)} %"


def past_in_words(past: YearPast) -> str:
    """What the log shows of the last twelve months, to set the two terms of growth by."""
    each = f", {figure(round(Decimal(past.introduced) / past.clients, 2))} for each client" if past.clients else ""
    return (
        f"The last twelve months show {counted(past.introduced, 'introduction')}{each}, and "
        f"{counted(past.won, 'client')} won without one."
    )


# Attention


def hours(value: Decimal) -> str:
    """Hours, whole from ten on."""
    return number(value, 0 if value >= 10 or value == int(value) else 1)


def budget_title(given: Budget) -> str:
    """What they ask for beside what they got: the sentence above the table."""
    if not given.people:
        return "Nobody is on your list, so nobody asks for an hour"
    others = given.people - given.seats
    seated = f"your {counted(given.seats, 'seat')}" if given.seats else ""
    rest = f"{spell(others)} {'other' if others == 1 else 'others'}" if seated else counted(others, "person", "people")
    who = " and ".join(part for part in (seated, rest if others else "") if part)
    asks = "asks" if given.people == 1 else "ask"
    return sentence(
        f"{who} {asks} for {hours(given.set)} hours a year; you gave {hours(given.quarter)} in the last 90 days"
    )


def budget_words(given: Budget) -> str:
    """Whether it was what a quarter asks for."""
    asked, gave = hours(given.asked_in_a_quarter), hours(given.quarter)
    if not given.people:
        return ""
    if asked == gave:
        return f"Ninety days of these rhythms ask for {asked} hours, which is what you gave."
    more = given.quarter - given.asked_in_a_quarter
    told = f"{hours(abs(more))} {'more' if more > 0 else 'fewer'}"
    return f"Ninety days of these rhythms ask for {asked} hours: you gave {told}."
