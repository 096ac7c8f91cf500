"""What a learner types into the ledger: shape and limits. Amounts, shares and times are read by `course.typed`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from wtforms import StringField
from wtforms.validators import Length, ValidationError

from app.forms import Form, one_line, plain
from app.practice.fields import DayField
from course.doubt import NOTHING, Known
from course.typed import Unclear, amount_typed

# A figure is a few signs; more is a mistake, and needn't be looked at.
LONGEST_FIGURE = 40
YEARS_BACK = 3

Value = TypeVar("Value")


@dataclass(frozen=True)
class Limits:
    """What the forms of one ledger hold to: its currency, today, and its start if there is one.

    known: what it has of the form's kind so far; what is far above it is asked about.
    """

    currency: str
    today: date
    start: date | None
    known: Known = NOTHING

    @property
    def earliest(self) -> date:
        """Three years before the start: what is older had no part in it."""
        first = self.start or self.today
        return date(first.year - YEARS_BACK, first.month, min(first.day, 28))


def figure(label: str) -> StringField:
    """A field that holds a figure as it was typed."""
    return StringField(label, filters=[plain])


def words(label: str, missing: str) -> StringField:
    """A line of text that has to be there."""
    return StringField(
        label,
        filters=[plain],
        validators=[needed(missing), one_line, Length(max=140, message="Use 140 characters or fewer.")],
    )


def needed(message: str) -> Callable[[Any, Any], None]:
    """Refuses an empty field, unless something else is wrong with it already."""

    def check(_form: Any, field: Any) -> None:
        if field.data in (None, "") and not field.errors:
            raise ValidationError(message)

    return check


def read(field: StringField, reader: Callable[[str], Value]) -> Value | None:
    """What a figure means; None where nothing was typed. Raises the form's own error for what can't be read."""
    typed = field.data or ""
    if not typed:
        return None
    if len(typed) > LONGEST_FIGURE:
        raise ValidationError("That is too long for a figure.")
    try:
        return reader(typed)
    except Unclear as unclear:
        raise ValidationError(str(unclear)) from unclear


class LedgerForm(Form):
    """A form of one ledger. `meant` holds what the figures mean, once they are read."""

    def __init__(self, limits: Limits, **given: Any) -> None:
        self.limits = limits
        self.meant: dict[str, Any] = {}
        super().__init__(**given)

    def money(self, field: StringField, *, missing: str = "", signed: bool = False) -> int | None:
        """An amount in minor units; None where nothing was typed and nothing has to be."""
        minor = read(field, lambda typed: amount_typed(typed, self.limits.currency, signed=signed))
        if minor is None and missing:
            raise ValidationError(missing)
        return minor

    def happened(self, field: DayField) -> None:
        """A day that is not in the future and not too long ago."""
        if field.data is None:
            if not field.errors:
                raise ValidationError("Choose the day.")
        elif field.data > self.limits.today:
            raise ValidationError("That day is still to come. Write it down when it has happened.")
        elif field.data < self.limits.earliest:
            raise ValidationError(f"That is more than {YEARS_BACK} years before the start of your ledger.")


def sure_field() -> StringField:
    """The tick that answers a doubt. Its value is what was doubted: another amount is asked about anew."""
    return StringField("Yes, that is what I mean", filters=[plain])


class DoubtingForm(LedgerForm):
    """A form that asks once about a figure far above everything known, and then believes it."""

    sure: StringField
    doubted = ""

    def doubt(self, field: StringField, figure: int, question: str) -> None:
        """Ask about a figure, beside its field, unless the tick stands for this very one."""
        self.doubted = str(figure)
        if self.sure.data != self.doubted:
            raise ValidationError(f"{question} If so, tick it below the field.")
