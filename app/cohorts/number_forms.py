"""The figures of "your number", as a form that a link can carry: it is read, never sent, so it needs no token."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

from wtforms import Form, StringField
from wtforms.validators import ValidationError

from app.filters import number
from app.forms import Form as OurForm
from app.reckoning import Reckoning, default_rates, figure
from course.goal import DEFAULTS, LAYERS, DefaultName, Goal, LayerName, Rate, attention_hours
from course.typed_number import Unreadable, amount, is_negative, ratio

MOST = Decimal(10) ** 12
LEAST = Decimal(".0001")
NOUGHT = Decimal(0)
YOURS = "Your own figure."
SHARE = "Write a share from 0 to 1, or a percentage: .40 or 40 %."


class FigureField(StringField):
    """A figure, kept as it was typed; `figure` is what it means, None where it means nothing.

    optional: left empty, the default counts. least: above nought where a sum divides by it.
    """

    def __init__(
        self,
        label: str,
        read: Callable[[str], Decimal],
        *,
        most: Decimal,
        wrong: str,
        least: Decimal = LEAST,
        optional: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.read, self.most, self.wrong, self.least, self.optional = read, most, wrong, least, optional

    @property
    def figure(self) -> Decimal | None:
        try:
            return self.read(self.data or "")
        except Unreadable:
            return None

    def pre_validate(self, form: Any) -> None:
        typed = (self.data or "").strip()
        if not typed and not self.optional:
            raise ValidationError(f"“{self.label.text}” is missing.")
        if typed:
            self.check(typed)

    def check(self, typed: str) -> None:
        if is_negative(typed):
            raise ValidationError(f"“{self.label.text}” can’t be less than nothing. {self.wrong}")
        if self.figure is None:
            raise ValidationError(f"“{typed[:40]}” is not a figure we can read. {self.wrong}")
        if self.figure < self.least:
            raise ValidationError(f"“{self.label.text}” must be more than nothing, or the sum has no answer.")
        if self.figure > self.most:
            raise ValidationError(f"“{self.label.text}” is too much. {self.wrong}")


class CountField(FigureField):
    """People: a whole number of them."""

    def check(self, typed: str) -> None:
        super().check(typed)
        if self.figure != int(self.figure or 0):
            raise ValidationError(f"“{self.label.text}” are people: a whole number of them.")


def rate_field(label: str, name: DefaultName, *, least: Decimal = LEAST) -> FigureField:
    """A rate that has a default."""
    default = f"{DEFAULTS[name].value:f}".lstrip("0")
    return FigureField(label, ratio, most=Decimal(1), wrong=SHARE, least=least, optional=True, default=default)


def people_field(label: str, count: str) -> CountField:
    wrong = "Write a number of people, such as 10."
    return CountField(label, amount, most=Decimal(10) ** 6, wrong=wrong, least=NOUGHT, optional=True, default=count)


class NumberForm(Form):
    """What a year should bring, what a client brings; and, left as they are or not, the rates of everything else."""

    income = FigureField(
        "Margin you want in a year", amount, most=MOST, wrong="Write an amount such as 100 000.", default="100 000"
    )
    deal = FigureField(
        "One deal brings in", amount, most=MOST, wrong="Write an amount such as 50 000.", default="50 000"
    )
    margin = FigureField("Of which margin", ratio, most=Decimal(1), wrong=SHARE, default=".40")
    frequency = FigureField(
        "Deals per client and year",
        ratio,
        most=Decimal(1000),
        wrong="Write how often a client buys in a year: .5 is every other year.",
        default=".5",
    )
    clients = people_field("Clients you have today", "4")
    retention = rate_field("Clients who stay a year", "retention", least=NOUGHT)
    introductions = FigureField(
        "Introductions a client makes in a year",
        ratio,
        most=Decimal(20),
        wrong="Write how many in a year: .3 is three from ten clients.",
        least=NOUGHT,
        optional=True,
        default=".3",
    )
    close_rate = rate_field("Introductions that become clients", "close_rate", least=NOUGHT)
    wins = FigureField(
        "Clients won elsewhere in a year",
        ratio,
        most=Decimal(10) ** 5,
        wrong="Write how many in a year, such as 1.",
        least=NOUGHT,
        optional=True,
        default="1",
    )
    meeting_rate = rate_field("Cold messages that bring a meeting", "meeting_rate")
    win_rate = rate_field("Meetings that bring a client", "win_rate")
    referral_rate = rate_field("Referred leads that become clients", "referral_rate")
    core = people_field("Core: an hour, twelve times a year", "10")
    active = people_field("Active: half an hour, four times", "30")
    network = people_field("Network: a quarter of an hour, once", "100")

    faults = OurForm.faults

    @property
    def sum(self) -> tuple[FigureField, ...]:
        """The four figures of the sum itself."""
        return (self.income, self.deal, self.margin, self.frequency)

    def reckoning(self) -> Reckoning:
        """The sum done with the form's figures, which are sound."""
        income, deal, margin, frequency = (field.figure or NOUGHT for field in self.sum)
        return Reckoning(
            Goal(income=income, deal=deal, margin=margin, frequency=frequency),
            rates={name: self.rate(name, default) for name, default in default_rates().items()},
            introductions=self.introductions.figure or NOUGHT,
            wins=self.wins.figure or NOUGHT,
            start=self.clients.figure or NOUGHT,
        )

    def rate(self, name: DefaultName, default: Rate) -> Rate:
        """The rate as it was typed, or the default with where it comes from."""
        typed = cast(FigureField, self[name]).figure
        return default if typed is None or typed == default.value else Rate(typed, YOURS)

    @property
    def layers(self) -> dict[LayerName, int]:
        """People of each layer."""
        return {name: int(cast(CountField, self[name]).figure or 0) for name in LAYERS}

    @property
    def hours(self) -> Decimal:
        """Hours a year that the people of the three layers take."""
        return attention_hours(**self.layers)

    @property
    def weekly(self) -> Decimal:
        """The same by week, of 52."""
        return self.hours / 52

    @property
    def hours_formula(self) -> str:
        """The sum with its figures filled in: 10 × 12 + 30 × 2 + 100 × 0.25."""
        return " + ".join(f"{number(people)} × {figure(LAYERS[name].yearly)}" for name, people in self.layers.items())
