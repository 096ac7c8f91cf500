"""What a learner types into the ledger: shape and limits. Amounts, shares and times are read by `course.typed`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length, ValidationError

from app.forms import Form, one_line, plain
from app.practice.fields import DayField
from app.practice.ledger_facts import NewCost, NewReceipt
from course.typed import Unclear, amount_typed, minutes_typed, percent_typed

# A figure is a few signs; more is a mistake, and needn't be looked at.
LONGEST_FIGURE = 40
YEARS_BACK = 3
KINDS = {"fee": "Fee", "cash": "Other cash", "time": "Time"}

Value = TypeVar("Value")


@dataclass(frozen=True)
class Limits:
    """What the forms of one ledger hold to: its currency, today, and its start if there is one."""

    currency: str
    today: date
    start: date | None

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


class ReceiptForm(LedgerForm):
    """Money that came, with the three shares it is multiplied by."""

    day = DayField("Day it was paid")
    who = SelectField("Who paid", coerce=str, validate_choice=False)
    what = words("What for", "Say what it was for, so that the line can be traced.")
    amount = figure("Amount paid, without VAT")
    margin = figure("Margin, in percent")
    attribution = figure("Share due to the training, in percent")
    confidence = figure("How sure you are of that share, in percent")

    def __init__(self, limits: Limits, people: Sequence[tuple[int, str]], **given: Any) -> None:
        super().__init__(limits, **given)
        self.aliases = {"": "Nobody on your list", **{str(id): alias for id, alias in people}}
        self.who.choices = self.aliases

    def validate_day(self, field: DayField) -> None:
        self.happened(field)

    def validate_who(self, field: SelectField) -> None:
        if (field.data or "") not in self.aliases:
            raise ValidationError("Choose somebody from your list, or nobody.")

    def validate_amount(self, field: StringField) -> None:
        self.meant["amount"] = self.money(field, missing="Type what was paid, without VAT.")
        if self.meant["amount"] == 0:
            raise ValidationError("A receipt of nought brings nothing. Type what was paid.")

    def validate_margin(self, field: StringField) -> None:
        self.meant["margin"] = read(field, percent_typed)
        if self.meant["margin"] is None:
            raise ValidationError("Type the part that stays with you after direct costs, such as 60.")

    def validate_attribution(self, field: StringField) -> None:
        self.meant["attribution"] = read(field, percent_typed)

    def validate_confidence(self, field: StringField) -> None:
        self.meant["confidence"] = read(field, percent_typed)

    def receipt(self) -> NewReceipt:
        """What was typed, once it is sound."""
        assert self.day.data is not None
        whose = int(self.who.data) if self.who.data else None
        return NewReceipt(day=self.day.data, what=self.what.data or "", relationship_id=whose, **self.meant)


class CostForm(LedgerForm):
    """A fee, other cash, or time that nothing else counts."""

    kind = RadioField("Kind", choices=KINDS, default="fee", validate_choice=False)
    day = DayField("Day")
    what = words("What it was", "Say what it was, so that the line can be traced.")
    amount = figure("Amount, without VAT")
    time = figure("How long it took")

    def __init__(self, limits: Limits, **given: Any) -> None:
        super().__init__(limits, **{"day": limits.today, **given})

    def validate_kind(self, field: RadioField) -> None:
        if field.data not in KINDS:
            raise ValidationError("Choose one of the three.")

    def validate_day(self, field: DayField) -> None:
        self.happened(field)

    def validate_amount(self, field: StringField) -> None:
        self.only_of(field, money=True)
        self.meant["amount"] = self.money(field, missing="" if self.is_time else "Type what was paid, without VAT.")
        if self.meant["amount"] == 0:
            raise ValidationError("A cost of nought changes nothing. Type what was paid.")

    def validate_time(self, field: StringField) -> None:
        self.only_of(field, money=False)
        self.meant["minutes"] = read(field, minutes_typed)
        if self.is_time and not self.meant["minutes"]:
            raise ValidationError("Type how long it took, such as 1 h 30 or 45 min.")

    @property
    def is_time(self) -> bool:
        return bool(self.kind.data == "time")

    def only_of(self, field: StringField, *, money: bool) -> None:
        """An amount belongs to money and a time to time: what was typed into the other is asked about, not dropped."""
        if field.data and self.kind.data in KINDS and money == self.is_time:
            kind = (
                "Time has no amount: it is counted at the value of your hour." if money else "Only time has a length."
            )
            raise ValidationError(f"{kind} Empty this field, or choose another kind.")

    def cost(self) -> NewCost:
        """What was typed, once it is sound."""
        assert self.day.data is not None
        return NewCost(day=self.day.data, kind=self.kind.data, what=self.what.data or "", **self.meant)
