"""Your number: how many people a practice needs, keeps and gains. Method §3.

Every default is somebody else's rate; it says where it comes from, and gives way to the learner's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from types import MappingProxyType
from typing import Literal

from course.share import Share

OWN_FROM = 10  # A rule of this course, not a finding: from so many observations on the learner's own rate counts.
YEARS_SHOWN = 10


class Unusable(ValueError):
    """A figure the sum can't be done with. `field` names it as the functions here do; the message is for its giver."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Default:
    """A value used until there is an own one. `weak`: its source would not carry a decision by itself."""

    value: Decimal
    source: str
    weak: bool = False


_VENDOR = "A vendor’s own figure, not checked by anyone else."
_RULE = "A rule of this course, not a finding."

DefaultName = Literal["retention", "close_rate", "meeting_rate", "win_rate", "referral_rate"]
DEFAULTS: MappingProxyType[DefaultName, Default] = MappingProxyType(
    {
        "retention": Default(
            Decimal(".84"), "A figure often quoted, from a weak source; trades differ widely.", weak=True
        ),
        "close_rate": Default(Decimal(".25"), f"One introduction in four. {_RULE}"),
        "meeting_rate": Default(Decimal(".008"), f"Meetings for each cold message sent. {_VENDOR}", weak=True),
        "win_rate": Default(Decimal(".20"), f"One meeting in five. {_RULE}"),
        "referral_rate": Default(Decimal(".0363"), f"Clients for each referred lead. {_VENDOR}", weak=True),
    }
)


@dataclass(frozen=True)
class Rate:
    """A rate to compute with, 0…1, and where it comes from. low, high: its 95 % interval, None for a default."""

    value: Decimal
    source: str
    low: float | None = None
    high: float | None = None

    @property
    def own(self) -> bool:
        """Whether it is counted from the learner's own log."""
        return self.low is not None

    @property
    def lowest(self) -> Decimal:
        """The lower end of its interval; the rate itself where it has none."""
        return self.value if self.low is None else Decimal(self.low)

    @property
    def highest(self) -> Decimal:
        """The upper end of its interval; the rate itself where it has none."""
        return self.value if self.high is None else Decimal(self.high)


def rate(name: DefaultName, own: Share) -> Rate:
    """The learner's own rate from 10 observations on, the default until then."""
    if own.n < OWN_FROM:
        return Rate(DEFAULTS[name].value, DEFAULTS[name].source)
    return Rate(
        value=Decimal(own.successes) / own.n,
        source=f"Your own: {own.successes} of {own.n}.",
        low=own.low,
        high=own.high,
    )


@dataclass(frozen=True)
class Goal:
    """What a year should bring, and what a client brings. Unusable for nought, a negative, or a margin above 1.

    income: target margin a year; deal: revenue of one purchase; margin: its share that stays, 0…1; frequency:
    purchases of a client in a year.
    """

    income: Decimal
    deal: Decimal
    margin: Decimal
    frequency: Decimal

    def __post_init__(self) -> None:
        _above_nought("income", self.income, "The income you aim for")
        _above_nought("deal", self.deal, "A deal")
        _above_nought("margin", self.margin, "The margin")
        _above_nought("frequency", self.frequency, "The frequency of purchases")
        _share("margin", self.margin, "The margin")

    @property
    def number(self) -> Decimal:
        """N = I / (V·m·f): clients needed, unrounded."""
        return self.income / (self.deal * self.margin * self.frequency)

    @property
    def people(self) -> int:
        """The number in whole people, rounded up."""
        return int(self.number.to_integral_value(ROUND_CEILING))


def your_number(*, income: Decimal, deal: Decimal, margin: Decimal, frequency: Decimal) -> Decimal:
    """How many clients bring the income, unrounded: I / (V·m·f). Unusable as for Goal."""
    return Goal(income=income, deal=deal, margin=margin, frequency=frequency).number


def replaced_each_year(number: Decimal, retention: Decimal) -> Decimal:
    """Clients to replace in a year so that the number stays: N(1 − ρ)."""
    _share("retention", retention, "Retention")
    return number * (1 - retention)


@dataclass(frozen=True)
class Growth:
    """How a number of clients moves from year to year: N' = N(ρ + k·q) + n.

    retention ρ: share of clients who stay a year; introductions k: those a client makes in a year; close_rate q: share
    of introductions that become clients; wins n: clients won elsewhere in a year. Unusable outside those ranges.
    """

    retention: Decimal
    introductions: Decimal
    close_rate: Decimal
    wins: Decimal

    def __post_init__(self) -> None:
        _share("retention", self.retention, "Retention")
        _share("close_rate", self.close_rate, "The close rate of introductions")
        _not_negative("introductions", self.introductions, "Introductions")
        _not_negative("wins", self.wins, "Wins")

    @property
    def factor(self) -> Decimal:
        """ρ + k·q: what a year makes of one client."""
        return self.retention + self.introductions * self.close_rate

    @property
    def self_sustaining(self) -> bool:
        """Whether introductions alone make up for those who leave: kq ≥ 1 − ρ."""
        return self.factor >= 1

    @property
    def plateau(self) -> Decimal | None:
        """The number it settles at, n / (1 − ρ − kq); None once self-sustaining, when it has no ceiling."""
        return None if self.self_sustaining else self.wins / (1 - self.factor)

    @property
    def introductions_to_sustain(self) -> Decimal | None:
        """The introductions per client and year at which it sustains itself; None if none ever close."""
        return (1 - self.retention) / self.close_rate if self.close_rate else None

    def next_year(self, number: Decimal) -> Decimal:
        """The number a year on."""
        return number * self.factor + self.wins

    def path(self, start: Decimal, years: int = YEARS_SHOWN) -> tuple[Decimal, ...]:
        """The number today and after each of so many years. Unusable for a negative start."""
        _not_negative("clients", start, "Clients")
        numbers = [start]
        for _ in range(years):
            numbers.append(self.next_year(numbers[-1]))
        return tuple(numbers)


def first_year_at(target: Decimal | int, path: Sequence[Decimal]) -> int | None:
    """The first year of a path in which it stands at the target or above, 0 for today; None if it never does."""
    return next((year for year, number in enumerate(path) if number >= target), None)


def sends_per_client(
    meeting_rate: Decimal = DEFAULTS["meeting_rate"].value, win_rate: Decimal = DEFAULTS["win_rate"].value
) -> Decimal:
    """Cold messages for one client: 1 / (p_meeting·p_win). Unusable for a rate of nought or above 1."""
    for field, share in (("meeting_rate", meeting_rate), ("win_rate", win_rate)):
        _above_nought(field, share, "The rate")
        _share(field, share, "The rate")
    return 1 / (meeting_rate * win_rate)


def referral_leads_per_client(referral_rate: Decimal = DEFAULTS["referral_rate"].value) -> Decimal:
    """Referred leads for one client: 1 / p. Unusable for a rate of nought or above 1."""
    _above_nought("referral_rate", referral_rate, "The rate")
    _share("referral_rate", referral_rate, "The rate")
    return 1 / referral_rate


@dataclass(frozen=True)
class Layer:
    """What one relationship of a layer takes by the course's rule [D]: so many touches a year, so many hours each."""

    touches: int
    hours: Decimal

    @property
    def yearly(self) -> Decimal:
        """Hours a year."""
        return self.touches * self.hours


LayerName = Literal["core", "active", "network"]
LAYERS: MappingProxyType[LayerName, Layer] = MappingProxyType(
    {"core": Layer(12, Decimal(1)), "active": Layer(4, Decimal(".5")), "network": Layer(1, Decimal(".25"))}
)


def attention_hours(*, core: int, active: int, network: int) -> Decimal:
    """Hours a year that so many relationships take, by the course's rule. Unusable for a negative count."""
    counts: dict[LayerName, int] = {"core": core, "active": active, "network": network}
    for field, people in counts.items():
        _not_negative(field, Decimal(people), "A number of people")
    return sum((people * LAYERS[name].yearly for name, people in counts.items()), Decimal(0))


def _above_nought(field: str, value: Decimal, what: str) -> None:
    if not value.is_finite() or value <= 0:
        raise Unusable(field, f"{what} must be more than nothing.")


def _not_negative(field: str, value: Decimal, what: str) -> None:
    if not value.is_finite() or value < 0:
        raise Unusable(field, f"{what} can’t be fewer than none.")


def _share(field: str, value: Decimal, what: str) -> None:
    if not value.is_finite() or not 0 <= value <= 1:
        raise Unusable(field, f"{what} is a share from 0 to 1: forty percent is .40.")
