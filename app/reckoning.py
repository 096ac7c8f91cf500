"""Your number, worked out and put in words: for the start page, the calculator, and a learner's own page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from app import charts
from app.filters import number, percent, spell
from course import goal
from course.goal import DEFAULTS, YEARS_SHOWN, DefaultName, Goal, Growth, Rate
from course.share import Share
from course.wording import sentence

KELLY = Goal(income=Decimal(100_000), deal=Decimal(100), margin=Decimal(1), frequency=Decimal(1))
"""A thousand true fans, each bringing 100 dollars of profit a year directly: Kevin Kelly, 1000 True Fans (2008)."""

NOTHING = Decimal(0)
IN_WORDS: Mapping[DefaultName, str] = {
    "retention": "Clients who stay a year",
    "close_rate": "Introductions that become clients",
    "meeting_rate": "First messages that bring a meeting",
    "win_rate": "Meetings that bring a client",
    "referral_rate": "Referred leads that become clients",
}
BEYOND = 10**10
HATCHED = "Hatched: as far as your own rates may be off"


def figure(value: Decimal) -> str:
    """A figure with as many decimals as it has, four at most."""
    places = max(0, -int(round(value, 4).normalize().as_tuple().exponent))
    return number(value, places)


def roughly(value: Decimal) -> str:
    """A count of people with one decimal where it isn't whole."""
    if value == value.to_integral_value():
        return number(value)
    return "less than 0.1" if value < Decimal(".1") else number(value, 1)


def percentage(value: Decimal, most: int = 2) -> str:
    """A rate as a percentage, with the decimals that it has, so many at most."""
    places = max(0, -int(round(value * 100, most).normalize().as_tuple().exponent))
    return percent(value, places)


def clients(count: Decimal) -> str:
    """So many clients, in words while they are whole and few."""
    whole = count == count.to_integral_value()
    said = spell(int(count)) if whole and count < 10**6 else roughly(count)
    return f"{said} {'client' if count == 1 else 'clients'}"


def default_rates() -> dict[DefaultName, Rate]:
    """Every rate as long as there is none of one's own."""
    return {name: goal.rate(name, Share(0, 0)) for name in DEFAULTS}


@dataclass(frozen=True)
class Reckoning:
    """The number of a goal, and what follows from it by these rates.

    introductions: those a client makes in a year; wins: clients won elsewhere in a year; start: clients today.
    """

    goal: Goal
    rates: Mapping[DefaultName, Rate] = field(default_factory=default_rates)
    introductions: Decimal = NOTHING
    wins: Decimal = NOTHING
    start: Decimal = NOTHING

    @property
    def formula(self) -> str:
        """The sum with its figures filled in: 100 000 ÷ (50 000 × 0.4 × 0.5)."""
        return (
            f"{figure(self.goal.income)} ÷ ({figure(self.goal.deal)} × {figure(self.goal.margin)} "
            f"× {figure(self.goal.frequency)})"
        )

    @property
    def is_whole(self) -> bool:
        return self.goal.number == self.goal.people

    @property
    def exact(self) -> str:
        """The number before it is rounded up to whole people."""
        return roughly(self.goal.number)

    @property
    def people(self) -> str:
        return number(self.goal.people)

    @property
    def people_in_words(self) -> str:
        return spell(self.goal.people)

    @property
    def replaced(self) -> str:
        """Clients to replace in a year."""
        return roughly(goal.replaced_each_year(self.goal.number, self.rates["retention"].value))

    @staticmethod
    def share(rate: Rate) -> str:
        """A rate as a percentage; one that was counted is not said finer than it is known."""
        return percentage(rate.value, 0 if rate.own and rate.value >= Decimal(".1") else 2)

    @staticmethod
    def each(count: Decimal | None) -> str:
        """How many it takes for one client."""
        return "no number" if count is None else roughly(round(count, 1))

    @property
    def growth(self) -> Growth:
        return Growth(
            retention=self.rates["retention"].value,
            introductions=self.introductions,
            close_rate=self.rates["close_rate"].value,
            wins=self.wins,
        )

    @property
    def sustaining(self) -> str:
        """Introductions that each client would have to make in a year for the number to hold; "" if none close."""
        needed = self.growth.introductions_to_sustain
        return "" if needed is None else figure(needed)

    @property
    def growth_formula(self) -> str:
        """What a year does, with its figures filled in."""
        rates = self.growth
        return (
            f"clients × ({figure(rates.retention)} + {figure(rates.introductions)} × {figure(rates.close_rate)}) "
            f"+ {figure(rates.wins)}"
        )

    @property
    def plateau_words(self) -> str:
        """Where it settles, with the formula filled in; or that it has no ceiling."""
        rates = self.growth
        if rates.plateau is None:
            return "Those introduced make up for those who leave: it sustains itself, and has no ceiling."
        kept = f"1 − {figure(rates.retention)} − {figure(rates.introductions)} × {figure(rates.close_rate)}"
        return f"It settles at {figure(rates.wins)} ÷ ({kept}) = {roughly(rates.plateau)}."

    @property
    def path_title(self) -> str:
        """What the path comes to, as the sentence above its chart."""
        return sentence(finding(self.growth, self.start, self.goal.people))

    @property
    def chart(self) -> charts.GrowthPath:
        """The path over ten years, with the range that the own rates' intervals leave."""
        uncertain = self.rates["retention"].own or self.rates["close_rate"].own
        low, high = (self._at_the_ends(own) for own in ("lowest", "highest"))
        path = self.growth.path(self.start)
        years = [charts.Year(path[0])]
        for before, after in pairwise(path):
            introduced = before * self.growth.introductions * self.growth.close_rate
            years.append(charts.Year(after, before * self.growth.retention, introduced, self.wins))
        if uncertain:
            ends = zip(years, low.path(self.start), high.path(self.start), strict=True)
            years = [replace(year, low=least, high=most) for year, least, most in ends]
        return charts.growth_path(
            years, target=self.goal.people, plateau=self.growth.plateau, uncertain=HATCHED if uncertain else ""
        )

    def _at_the_ends(self, end: str) -> Growth:
        """The growth with both rates at the lower or the upper end of what they may be."""
        rates = {name: getattr(self.rates[name], end) for name in ("retention", "close_rate")}
        return replace(self.growth, **rates)

    @property
    def sends_each(self) -> Decimal | None:
        """Cold messages for one client; None at a rate of nought, when no number brings one."""
        rates = self.rates["meeting_rate"].value, self.rates["win_rate"].value
        return goal.sends_per_client(*rates) if all(rates) else None

    @property
    def referrals_each(self) -> Decimal | None:
        """Referred leads for one client; None at a rate of nought."""
        rate = self.rates["referral_rate"].value
        return goal.referral_leads_per_client(rate) if rate else None

    @property
    def sends(self) -> str:
        """Cold messages that would bring so many clients."""
        return self._for_all(self.sends_each)

    @property
    def referrals(self) -> str:
        """Referred leads that would bring so many clients."""
        return self._for_all(self.referrals_each)

    def _for_all(self, each: Decimal | None) -> str:
        if each is None:
            return "no number"
        needed = each * self.goal.people
        return number(needed) if needed < BEYOND else "more than there are people"


def finding(growth: Growth, start: Decimal, target: int) -> str:
    """Where a path from so many clients comes to, measured by the number aimed for."""
    path = growth.path(start)
    year = goal.first_year_at(target, path)
    fallen = next((year for year, count in enumerate(path) if count < target), None)
    if year:
        return f"from {clients(start)} to {spell(target)} in year {spell(year)}"
    if year == 0 and fallen:
        return f"from {clients(start)} to fewer than {spell(target)} in year {spell(fallen)}"
    if year == 0:
        return f"{clients(start)} today, and {spell(target)} or more at the end of every year"
    return short_of_it(growth, start, target=target, end=path[-1])


def short_of_it(growth: Growth, start: Decimal, *, target: int, end: Decimal) -> str:
    """Where a path that doesn't get to the number in ten years leads instead."""
    span, aim = f"{spell(YEARS_SHOWN)} years", clients(Decimal(target))
    at_last, plateau = roughly(round(end, 1)), growth.plateau
    if not end:
        return "nobody today and nobody won: nothing begins"
    if not growth.wins:
        return f"from {clients(start)} to {at_last} in {span}, with nobody won from elsewhere"
    if plateau is not None and plateau <= target:
        return f"it never gets to {aim}: it settles at {roughly(round(plateau, 1))}"
    return f"from {clients(start)} to {at_last} in {span}; {aim} would take longer"
