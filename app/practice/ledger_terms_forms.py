"""What a learner types of the months around the start, and of what the ledger is counted by."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from wtforms import SelectField, StringField
from wtforms.validators import ValidationError

from app.forms import plain
from app.practice.fields import CountField, DayField
from app.practice.ledger_facts import Terms
from app.practice.ledger_forms import YEARS_BACK, LedgerForm, Limits, figure, read
from course.months import first_day, months_before, months_of_window
from course.typed import MARKS, amount_typed, percent_typed

MOST_MONTHS_OF_A_SALE = 60
MONTHS_ASKED = 12


class MarginsForm(LedgerForm):
    """The margins of the months before the start, and of the window's months that are over; a field's name for each."""

    before: Mapping[date, str] = {}
    within: Mapping[date, str] = {}

    @property
    def known_before(self) -> int:
        """How many months before the start are filled in, and can be read."""
        return sum(bool(self[name].data and not self[name].errors) for name in self.before.values())

    def margins(self) -> dict[date, int | None]:
        """What was typed, in minor units; None where a field is empty: unknown."""
        return {month: self.meant[name] for month, name in {**self.before, **self.within}.items()}


def margins_form(limits: Limits, noted: Mapping[date, int | None]) -> MarginsForm:
    """The form of these limits' months, filled with what was noted of them."""
    start = limits.start or limits.today
    # A year is asked for; what a file brought from before that is shown too.
    before_start = months_before(first_day(start))
    older = [month for month in before_start[:-MONTHS_ASKED] if noted.get(month) is not None]
    asked = before_start[before_start.index(older[0]) :] if older else before_start[-MONTHS_ASKED:]
    past = [month for month in asked if month < first_day(limits.today)]
    before, within = (
        {month: f"month-{month:%Y-%m}" for month in months} for months in (past, months_of_window(start, limits.today))
    )
    names = {**before, **within}
    fields = {
        name: StringField(f"{month:%B %Y}", filters=[plain], validators=[margin]) for month, name in names.items()
    }
    form_class = type("MonthsForm", (MarginsForm,), {**fields, "before": before, "within": within})
    form: MarginsForm = form_class(limits, data={name: as_typed(noted.get(month)) for month, name in names.items()})
    return form


def margin(form: MarginsForm, field: StringField) -> None:
    """A month's margin: above or below nought, or nothing."""
    form.meant[field.short_name] = form.money(field, signed=True)


class TermsForm(LedgerForm):
    """What the ledger is counted by."""

    hourly_value = figure("Value of an hour")
    start = DayField("First day")
    sales_cycle_months = CountField("Months a sale takes, the median")
    discount_rate = figure("A year’s wait takes off, in percent")
    currency = SelectField("Currency", choices={code: code for code in MARKS}, validate_choice=False)

    def validate_hourly_value(self, field: StringField) -> None:
        # Read in the currency that is being chosen: it is kept with it.
        currency = self.currency.data if self.currency.data in MARKS else self.limits.currency
        self.meant["hourly_value"] = read(field, lambda typed: amount_typed(typed, currency))

    def validate_start(self, field: DayField) -> None:
        if field.data is None:
            if not field.errors:
                raise ValidationError("Choose the first day.")
        elif abs(field.data - self.limits.today) > timedelta(days=366 * YEARS_BACK):
            raise ValidationError(f"Choose a day within {YEARS_BACK} years of today.")

    def validate_sales_cycle_months(self, field: CountField) -> None:
        if field.data is None:
            if not field.errors:
                raise ValidationError("Type a number of months, 0 if a sale takes less than one.")
        elif not 0 <= field.data <= MOST_MONTHS_OF_A_SALE:
            raise ValidationError(f"Type a number of months from 0 to {MOST_MONTHS_OF_A_SALE}.")

    def validate_discount_rate(self, field: StringField) -> None:
        self.meant["discount_rate"] = read(field, percent_typed)
        if self.meant["discount_rate"] is None:
            raise ValidationError("Type a percentage, 10 if you have no better one, or 0 for none.")

    def validate_currency(self, field: SelectField) -> None:
        if field.data not in MARKS:
            raise ValidationError("Choose a currency from the list.")

    def terms(self) -> Terms:
        """What was typed, once it is sound."""
        start, months = self.start.data, self.sales_cycle_months.data
        assert start is not None
        assert months is not None
        return Terms(
            self.meant["hourly_value"],
            start=start,
            sales_cycle_months=months,
            currency=self.currency.data,
            discount_rate=self.meant["discount_rate"],
        )


def as_typed(minor: int | None) -> str:
    """Minor units as somebody would type them, read back as the same: 1200.50, −5.00; nothing for unknown."""
    return "" if minor is None else f"{Decimal(minor).scaleb(-2):.2f}"
