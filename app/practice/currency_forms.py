"""An amount that may have been paid in another currency: its code, the rate of its day, and where that is from."""

from decimal import Decimal

from babel.numbers import get_currency_name
from wtforms import StringField
from wtforms.validators import Length, ValidationError

from app.filters import number
from app.forms import one_line, plain
from app.practice.ledger_forms import DoubtingForm, figure, read
from course.currency import IN_USE, NoRate, Original, converted, in_units, rate_typed
from course.doubt import amount_asks
from course.typed import MARKS, OtherCurrency, Unclear, amount_typed

# Offered while typing; every other one in use is taken too.
COMMON = (*MARKS, "JPY", "CNY", "INR", "BRL", "ZAR", "TRY", "ILS", "AED", "SGD", "HKD")


def currency_field() -> StringField:
    return StringField("Currency it was paid in", filters=[plain, lambda typed: typed.upper() if typed else typed])


def rate_field() -> StringField:
    return figure("Rate of that day")


def source_field() -> StringField:
    limit = Length(max=140, message="Use 140 characters or fewer.")
    return StringField("Where the rate is from", filters=[plain], validators=[one_line, limit])


class MayBeForeign(DoubtingForm):
    """A form with an amount, its currency, the rate and its source; the fields are declared in this order.

    `meant` gets the amount in the ledger's currency, converted once, and the original where it was another.
    """

    currency: StringField
    rate: StringField
    rate_source: StringField
    minor: int | None = None

    @property
    def code(self) -> str:
        """The currency that was paid in: the ledger's own unless another was typed."""
        return self.currency.data or self.limits.currency

    @property
    def is_foreign(self) -> bool:
        return self.code != self.limits.currency

    def paid(self, field: StringField, *, missing: str) -> None:
        """Read the amount in the currency it was paid in; in an unknown one it can't be read."""
        self.meant["amount"] = self.meant["original"] = None
        if self.code not in IN_USE:
            return
        self.minor = read(field, self.in_its_currency)
        if self.minor is None and missing:
            raise ValidationError(missing)
        if not self.is_foreign:
            self.meant["amount"] = self.minor
            self.doubt_the_amount(field)

    def in_its_currency(self, typed: str) -> int:
        try:
            return amount_typed(typed, self.code)
        except OtherCurrency as other:
            if not self.is_foreign:
                raise
            raise Unclear(f"The currency below says {self.code}, this amount says another. Let them agree.") from other

    def doubt_the_amount(self, field: StringField) -> None:
        amount = self.meant["amount"]
        if amount and amount_asks(amount, self.limits.known):
            name = get_currency_name(self.limits.currency, count=2, locale="en")
            units = number(in_units(amount, self.limits.currency))
            self.doubt(field, amount, f"{units} {name}: is there a nought too many, or is it really so much?")

    def validate_currency(self, field: StringField) -> None:
        if self.code not in IN_USE:
            raise ValidationError("No currency in use has that code. Type its three letters, such as USD or CHF.")

    def validate_rate(self, field: StringField) -> None:
        if not self.is_foreign:
            if field.data:
                raise ValidationError(f"{self.limits.currency} needs no rate. Empty this field, or name the currency.")
            return
        rate = read(field, self.as_rate)
        if rate is None:
            one = f"one {self.code if self.code in IN_USE else 'unit'}"
            raise ValidationError(f"Type what {one} was worth in {self.limits.currency} on that day, such as 0.92.")
        if self.minor:
            self.convert(self.minor, rate)

    def as_rate(self, typed: str) -> Decimal:
        try:
            return rate_typed(typed)
        except NoRate as wrong:
            raise Unclear(str(wrong)) from wrong

    def convert(self, minor: int, rate: Decimal) -> None:
        """Convert once. What comes to less than a cent, or to a doubtful lot, is asked about."""
        amount = converted(minor, self.code, into=self.limits.currency, rate=rate)
        if not 0 < amount <= 10**12:
            worth = f"{number(in_units(amount, self.limits.currency), 2)} {self.limits.currency}"
            raise ValidationError(f"At that rate it comes to {worth}. Is the rate the wrong way round?")
        self.meant["amount"] = amount
        self.meant["original"] = Original(in_units(minor, self.code), self.code, rate, self.rate_source.data or "")
        self.doubt_the_amount(self.rate)

    def validate_rate_source(self, field: StringField) -> None:
        if self.is_foreign and not field.data:
            raise ValidationError("Say where the rate is from, such as “ECB, 14 May” or “my bank’s statement”.")
        if not self.is_foreign and field.data:
            raise ValidationError("Without another currency there is no rate. Empty this field, or name the currency.")
