"""What a learner says of their own number: shape and limits. Amounts and shares are read by `course.typed`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from app.forms import Form
from app.practice.ledger_forms import figure, read
from app.practice.number_facts import NewTerms
from course.typed import Unclear, amount_typed, percent_typed
from course.typed_number import Unreadable, is_negative, ratio

MOST_PURCHASES, MOST_INTRODUCTIONS, MOST_WINS = 1000, 20, 100_000


class OwnNumberForm(Form):
    """The four terms of the sum and the two of its growth. `version` says which saved terms these replace."""

    income = figure("Margin you want in a year")
    deal = figure("One deal brings in, without VAT")
    margin = figure("Of which margin, in percent")
    frequency = figure("Deals per client and year")
    introductions = figure("Introductions a client makes in a year")
    wins = figure("Clients won elsewhere in a year")
    version = HiddenField(default="0")

    def __init__(self, currency: str, **given: Any) -> None:
        self.currency = currency
        self.meant: dict[str, Any] = {}
        super().__init__(**given)

    def validate_income(self, field: StringField) -> None:
        self.meant["income"] = self.money(field, missing="Type what a year should leave you, such as 100 000.")

    def validate_deal(self, field: StringField) -> None:
        self.meant["deal"] = self.money(field, missing="Type what one purchase brings in, such as 50 000.")

    def validate_margin(self, field: StringField) -> None:
        self.meant["margin"] = read(field, percent_typed)
        if not self.meant["margin"]:
            raise ValidationError("Type the part that stays with you after direct costs, such as 40.")

    def validate_frequency(self, field: StringField) -> None:
        asked = "Type how often a client buys in a year: .5 is every other year."
        self.meant["frequency"] = read(field, count_typed(asked, most=MOST_PURCHASES))
        if not self.meant["frequency"]:
            raise ValidationError(asked)

    def validate_introductions(self, field: StringField) -> None:
        asked = "Type how many in a year: .3 is three from ten clients."
        self.meant["introductions"] = read(field, count_typed(asked, most=MOST_INTRODUCTIONS))

    def validate_wins(self, field: StringField) -> None:
        asked = "Type how many in a year, such as 1."
        self.meant["wins"] = read(field, count_typed(asked, most=MOST_WINS))

    def money(self, field: StringField, *, missing: str) -> int:
        """An amount above nought, in minor units."""
        minor = read(field, lambda typed: amount_typed(typed, self.currency))
        if not minor:
            raise ValidationError(missing)
        return minor

    def terms(self) -> NewTerms:
        """What was typed, once it is sound."""
        return NewTerms(**self.meant)

    @property
    def replaces(self) -> int:
        """The version these terms replace; −1, which is none, for what no page of ours sends."""
        sent = self.version.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1


def count_typed(asked: str, *, most: int) -> Callable[[str], Decimal]:
    """Reads a number of times in a year, to four decimals; what can't be one is answered with what is asked."""

    def reader(text: str) -> Decimal:
        if is_negative(text):
            raise Unclear(f"That can’t be less than nothing. {asked}")
        try:
            value = ratio(text)
        except Unreadable:
            raise Unclear(f"“{text}” is not a figure we can read. {asked}") from None
        if value > most:
            raise Unclear(f"That is too much. {asked}")
        if value != round(value, 4):
            raise Unclear("Four decimals are enough.")
        return value

    return reader
