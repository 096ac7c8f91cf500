"""A receipt and a cost as they are typed: shape and limits."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import ValidationError

from app.practice.currency_forms import MayBeForeign, currency_field, rate_field, source_field
from app.practice.fields import DayField
from app.practice.ledger_facts import NewCost, NewReceipt
from app.practice.ledger_forms import Limits, figure, read, sure_field, words
from course.doubt import minutes_ask
from course.origin import ORIGINS
from course.typed import minutes_typed, percent_typed

KINDS = {"fee": "Fee", "cash": "Other cash", "time": "Time"}


class ReceiptForm(MayBeForeign):
    """Money that came, with the three shares it is multiplied by."""

    day = DayField("Day it was paid")
    who = SelectField("Who paid", coerce=str, validate_choice=False)
    what = words("What for", "Say what it was for, so that the line can be traced.")
    amount = figure("Amount paid, without VAT")
    sure = sure_field()
    currency = currency_field()
    rate = rate_field()
    rate_source = source_field()
    margin = figure("Margin, in percent")
    attribution = figure("Share due to the training, in percent")
    confidence = figure("How sure you are of that share, in percent")
    origin = SelectField("Where they came from", choices={"": "Not said", **ORIGINS}, validate_choice=False)
    opportunity = HiddenField()

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
        self.paid(field, missing="Type what was paid, without VAT.")
        if self.minor == 0:
            raise ValidationError("A receipt of nought brings nothing. Type what was paid.")

    def validate_margin(self, field: StringField) -> None:
        self.meant["margin"] = read(field, percent_typed)
        if self.meant["margin"] is None:
            raise ValidationError("Type the part that stays with you after direct costs, such as 60.")

    def validate_attribution(self, field: StringField) -> None:
        self.meant["attribution"] = read(field, percent_typed)

    def validate_confidence(self, field: StringField) -> None:
        self.meant["confidence"] = read(field, percent_typed)

    def validate_origin(self, field: SelectField) -> None:
        if field.data and field.data not in ORIGINS:
            raise ValidationError("Choose one from the list, or leave it at “Not said”.")
        self.meant["origin"] = field.data or None

    def receipt(self) -> NewReceipt:
        """What was typed, once it is sound."""
        assert self.day.data is not None
        whose = int(self.who.data) if self.who.data else None
        return NewReceipt(day=self.day.data, what=self.what.data or "", relationship_id=whose, **self.meant)


class CostForm(MayBeForeign):
    """A fee, other cash, or time that nothing else counts."""

    kind = RadioField("Kind", choices=KINDS, default="fee", validate_choice=False)
    day = DayField("Day")
    what = words("What it was", "Say what it was, so that the line can be traced.")
    amount = figure("Amount, without VAT")
    sure = sure_field()
    currency = currency_field()
    rate = rate_field()
    rate_source = source_field()
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
        self.paid(field, missing="" if self.is_time else "Type what was paid, without VAT.")
        if self.minor == 0:
            raise ValidationError("A cost of nought changes nothing. Type what was paid.")

    def validate_time(self, field: StringField) -> None:
        self.only_of(field, money=False)
        self.meant["minutes"] = read(field, minutes_typed)
        if self.is_time and not self.meant["minutes"]:
            raise ValidationError("Type how long it took, such as 1 h 30 or 45 min.")
        if self.is_time and minutes_ask(self.meant["minutes"], self.limits.known):
            self.doubt(field, self.meant["minutes"], f"{field.data}: really hours, and all of it for the training?")

    @property
    def is_time(self) -> bool:
        return bool(self.kind.data == "time")

    @property
    def is_foreign(self) -> bool:
        return super().is_foreign and not self.is_time

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
