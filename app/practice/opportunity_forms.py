"""What a learner types of money that may come, and of what is no money: shape and limits."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from app.forms import plain
from app.practice.fields import DayField
from app.practice.ledger_forms import DoubtingForm, LedgerForm, Limits, figure, needed, read, sure_field, words
from app.practice.opportunity_facts import NewOpportunity
from course.currency import in_units
from course.doubt import amount_asks
from course.typed import percent_typed

STATES = {"open": "Open: it may come", "signed": "Signed: agreed, not paid", "lost": "Lost"}
PAID = {"paid": "Paid: nothing more will come of it"}
YEARS_AHEAD = 5
LONGEST_WORDS = 280


def choose_whom(people: Sequence[tuple[int, str]]) -> dict[str, str]:
    return {"": "Nobody on your list", **{str(id): alias for id, alias in people}}


class OpportunityForm(DoubtingForm):
    """A possible gain as it stands. `paid`: whether receipts have brought anything of it yet."""

    what = words("What it is", "Say what it is, so that you know it again.")
    who = SelectField("With whom", coerce=str, validate_choice=False)
    state = RadioField("How it stands", choices=STATES, default="open", validate_choice=False)
    day = DayField("Since when")
    amount = figure("Amount, without VAT")
    sure = sure_field()
    margin = figure("Margin, in percent")
    probability = figure("Probability, in percent")
    expected_on = DayField("Expected by")

    def __init__(
        self,
        limits: Limits,
        people: Sequence[tuple[int, str]],
        *,
        paid: bool = False,
        came_up: date | None = None,
        **given: Any,
    ) -> None:
        super().__init__(limits, **given)
        self.aliases, self.came_up = choose_whom(people), came_up
        self.who.choices = self.aliases
        self.states = {**STATES, **PAID} if paid else STATES
        self.state.choices = self.states

    def validate_who(self, field: SelectField) -> None:
        if (field.data or "") not in self.aliases:
            raise ValidationError("Choose somebody from your list, or nobody.")

    def validate_state(self, field: RadioField) -> None:
        if field.data == "paid" and field.data not in self.states:
            raise ValidationError("Write down the receipt first: it says what really came.")
        if field.data not in self.states:
            raise ValidationError("Choose how it stands.")

    def validate_day(self, field: DayField) -> None:
        self.happened(field)
        if self.came_up and field.data and field.data < self.came_up:
            raise ValidationError("That is before it came up. If that day is wrong, take it out and write it anew.")

    def validate_amount(self, field: StringField) -> None:
        minor = self.money(field, missing="Type what it would bring, without VAT.")
        if minor == 0:
            raise ValidationError("Nought is no opportunity. Type what it would bring.")
        self.meant["amount"] = minor
        if minor and amount_asks(minor, self.limits.known):
            units = f"{in_units(minor, self.limits.currency):,.0f}".replace(",", "\u00a0")
            self.doubt(field, minor, f"{units} {self.limits.currency}: is there a nought too many?")

    def validate_margin(self, field: StringField) -> None:
        self.meant["margin"] = read(field, percent_typed)
        if self.meant["margin"] is None:
            raise ValidationError("Type the part that would stay with you after direct costs, such as 60.")

    def validate_probability(self, field: StringField) -> None:
        self.meant["probability"] = read(field, percent_typed)

    def validate_expected_on(self, field: DayField) -> None:
        today = self.limits.today
        if field.data and not self.limits.earliest <= field.data <= date(today.year + YEARS_AHEAD, today.month, 1):
            raise ValidationError(f"Choose a day within {YEARS_AHEAD} years, or leave it empty.")

    def opportunity(self) -> NewOpportunity:
        """What was typed, once it is sound."""
        assert self.day.data is not None
        return NewOpportunity(
            day=self.day.data,
            what=self.what.data or "",
            state=self.state.data,
            expected_on=self.expected_on.data,
            relationship_id=int(self.who.data) if self.who.data else None,
            **self.meant,
        )


class IntangibleForm(LedgerForm):
    """What came back and is no money."""

    text = TextAreaField(
        "What came back, in words",
        filters=[plain],
        validators=[
            needed("Say it in a sentence, theirs or your own."),
            Length(max=LONGEST_WORDS, message=f"Use {LONGEST_WORDS} characters or fewer."),
        ],
    )
    who = SelectField("From whom", coerce=str, validate_choice=False)
    day = DayField("Day")

    def __init__(self, limits: Limits, people: Sequence[tuple[int, str]], **given: Any) -> None:
        super().__init__(limits, **given)
        self.aliases = choose_whom(people)
        self.who.choices = self.aliases

    def validate_who(self, field: SelectField) -> None:
        if (field.data or "") not in self.aliases:
            raise ValidationError("Choose somebody from your list, or nobody.")

    def validate_day(self, field: DayField) -> None:
        self.happened(field)

    @property
    def whose(self) -> int | None:
        return int(self.who.data) if self.who.data else None
