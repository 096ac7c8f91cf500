"""Your number, worked out and put in words: what the start page and the calculator show."""

from dataclasses import dataclass
from decimal import Decimal

from app.filters import number, spell
from course import goal
from course.goal import DEFAULTS, Goal, Growth

KELLY = Goal(income=Decimal(100_000), deal=Decimal(100), margin=Decimal(1), frequency=Decimal(1))
"""A thousand true fans, each bringing 100 dollars of profit a year directly: Kevin Kelly, 1000 True Fans (2008)."""


def figure(value: Decimal) -> str:
    """A figure with as many decimals as it has, four at most."""
    places = max(0, -int(round(value, 4).normalize().as_tuple().exponent))
    return number(value, places)


def roughly(value: Decimal) -> str:
    """A count of people with one decimal where it isn't whole."""
    if value == value.to_integral_value():
        return number(value)
    return "less than 0.1" if value < Decimal(".1") else number(value, 1)


@dataclass(frozen=True)
class Reckoning:
    """The number of a goal, and what follows from it by the course's default rates."""

    goal: Goal

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
        """Clients to replace in a year at the default retention."""
        return roughly(goal.replaced_each_year(self.goal.number, DEFAULTS["retention"].value))

    @property
    def sustaining(self) -> str:
        """Introductions that each client would have to make in a year for the number to hold by itself."""
        nothing = Decimal(0)
        rates = (DEFAULTS["retention"].value, DEFAULTS["close_rate"].value)
        growth = Growth(retention=rates[0], introductions=nothing, close_rate=rates[1], wins=nothing)
        return figure(growth.introductions_to_sustain or nothing)

    @property
    def sends(self) -> str:
        """Cold messages that would bring so many clients, at the default rates."""
        return number(goal.sends_per_client() * self.goal.people)

    @property
    def referrals(self) -> str:
        """Referred leads that would bring so many clients, at the default rate."""
        return number(goal.referral_leads_per_client() * self.goal.people)
