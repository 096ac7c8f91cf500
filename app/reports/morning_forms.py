"""What a trainer sends from the morning list: shape and limits."""

from datetime import date, timedelta
from typing import Any

from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.forms import Form, plain

FURTHEST = timedelta(days=90)


class UntilField(DateField):
    """A day, as browsers send it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Write the day as year, month and day: 2026-12-31.") from None


class ListForm(Form):
    """A form about one person of the list: the page holds one for each, so its elements bear the person's number."""

    def __init__(self, *args: Any, place: int, **given: Any) -> None:
        super().__init__(*args, **given)
        for field in self:
            if field.name not in {"csrf_token", "once"}:
                field.id = field.label.field_id = f"{field.name}-{place}"


class SnoozeForm(ListForm):
    """Until which day to leave somebody out."""

    until = UntilField("Until", validators=[InputRequired("Choose a day.")])

    def __init__(self, *args: Any, today: date, **given: Any) -> None:
        super().__init__(*args, **given)
        self.today = today

    @property
    def day(self) -> date:
        """The day chosen, once it is sound."""
        assert self.until.data is not None
        return self.until.data

    def validate_until(self, field: Any) -> None:
        if field.data and not self.today < field.data <= self.today + FURTHEST:
            raise ValidationError("Choose a day from tomorrow to three months from now.")


class SpokeForm(ListForm):
    """What came of a talk."""

    note = TextAreaField(
        "What came of it",
        filters=[plain],
        validators=[Length(max=280, message="A note holds 280 characters; shorten it to fit.")],
    )
