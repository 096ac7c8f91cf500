"""The four figures of "your number", as a form that a link can carry: it is read, never sent, so it needs no token."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from wtforms import Form, StringField
from wtforms.validators import InputRequired, ValidationError

from app.cohorts.reckoning import Reckoning
from app.forms import Form as OurForm
from course.goal import Goal
from course.typed_number import Unreadable, amount, ratio

MOST = Decimal(10) ** 12


class FigureField(StringField):
    """A figure, kept as it was typed; `figure` is what it means, None where it means nothing."""

    def __init__(self, label: str, read: Callable[[str], Decimal], *, most: Decimal, wrong: str, **kwargs: Any) -> None:
        super().__init__(label, validators=[InputRequired(f"“{label}” is missing.")], **kwargs)
        self.read, self.most, self.wrong = read, most, wrong

    @property
    def figure(self) -> Decimal | None:
        try:
            return self.read(self.data or "")
        except Unreadable:
            return None

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        if self.figure is None:
            raise ValidationError(f"“{self.data[:40]}” is not a figure we can read. {self.wrong}")
        if self.figure < Decimal(".0001"):
            raise ValidationError(f"“{self.label.text}” must be more than nothing, or the sum has no answer.")
        if self.figure > self.most:
            raise ValidationError(f"That is too much. {self.wrong}")


class NumberForm(Form):
    """What a year should bring, and what a client brings."""

    income = FigureField(
        "Margin you want in a year", amount, most=MOST, wrong="Write an amount such as 100 000.", default="100 000"
    )
    deal = FigureField(
        "One deal brings in", amount, most=MOST, wrong="Write an amount such as 50 000.", default="50 000"
    )
    margin = FigureField(
        "Of which margin",
        ratio,
        most=Decimal(1),
        wrong="Write a share from 0 to 1, or a percentage: .40 or 40 %.",
        default=".40",
    )
    frequency = FigureField(
        "Deals per client and year",
        ratio,
        most=Decimal(1000),
        wrong="Write how often a client buys in a year: .5 is every other year.",
        default=".5",
    )

    faults = OurForm.faults

    def reckoning(self) -> Reckoning:
        """The sum done with the form's figures, which are sound."""
        fields = (self.income, self.deal, self.margin, self.frequency)
        income, deal, margin, frequency = (field.figure or Decimal(0) for field in fields)
        return Reckoning(Goal(income=income, deal=deal, margin=margin, frequency=frequency))
