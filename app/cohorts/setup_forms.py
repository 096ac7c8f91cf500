"""The small forms on a cohort's desk: a meeting, a picture, an invitation, a roster, what is done about a place."""

from datetime import datetime
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional, ValidationError

from app.cohorts.forms import lower
from app.cohorts.trainer_fields import WholeField, count, day, line, wall
from app.forms import Form, plain
from course.address import fault_of_domain
from course.local_time import NoSuchTime, instant


class WallForm(Form):
    """A form with a time on the wall of some place."""

    def __init__(self, *args: Any, time_zone: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.time_zone = time_zone
        self.instants: list[datetime] = []

    @property
    def instant(self) -> datetime:
        """What was typed, once it is sound."""
        return self.instants[0]

    def read(self, field: Any) -> None:
        if field.data is None:
            return
        try:
            self.instants = [instant(field.data, self.time_zone)]
        except NoSuchTime as wrong:
            raise ValidationError(str(wrong)) from None


class MeetingForm(WallForm):
    """When and where the cohort meets."""

    starts_at = wall("Day and time", missing="Choose day and time.")
    minutes = count("Minutes", least=5, most=1_440)
    where = line("Where", most=200)

    def validate_starts_at(self, field: Any) -> None:
        self.read(field)

    def meeting(self) -> dict[str, Any]:
        """What was typed, once it is sound."""
        return {"starts_at": self.instant, "minutes": self.minutes.data, "where": self.where.data or ""}


class InviteForm(WallForm):
    """Whom an invitation is for, how many, how long."""

    label = line("For whom, as a note to yourself", most=80)
    expires_at = wall("Works until", missing="Choose until when it works.")
    cap = WholeField(
        "For how many people",
        validators=[Optional(), NumberRange(1, 1_000, message="Type a number from 1 to 1000, or nothing.")],
    )
    domain = StringField("Only for addresses that end in", filters=[plain, lower])

    def validate_expires_at(self, field: Any) -> None:
        self.read(field)

    def validate_domain(self, field: StringField) -> None:
        field.data = (field.data or "").removeprefix("@")
        fault = fault_of_domain(field.data) if field.data else None
        if fault:
            raise ValidationError(fault)


class PictureForm(Form):
    """A picture and its words for those who don't see it."""

    file = FileField("Picture", validators=[FileRequired("Choose a picture.")])
    alt = line("What it shows, for those who can’t see it", most=200, missing="Say in a few words what it shows.")


class RosterForm(Form):
    """A roster as a file or as text. `checked` is what was checked before; only that is taken."""

    file = FileField("CSV file")
    text = TextAreaField("Or paste it here")
    checked = HiddenField()


class WhyForm(Form):
    """Something done about a place, and the reason, which stands in its history."""

    why = line("Why", most=200, missing="Say why; it stands in the history of this place.")


class MoveForm(WhyForm):
    """To which cohort, and why."""

    to = SelectField("To", validate_choice=False)

    def validate_to(self, field: SelectField) -> None:
        choices: Any = field.choices
        if field.data not in choices:
            raise ValidationError("Choose one of your own cohorts.")


class ExemptForm(Form):
    """A day of one learner's own."""

    what = SelectField("For", validate_choice=False)
    opens_on = day("Opens on", missing="Choose the day.")
    reason = line("Why", most=200, missing="Say why; the learner may ask.")

    def day(self) -> dict[str, Any]:
        """What was typed, once it is sound."""
        return {"opens_on": self.opens_on.data, "reason": self.reason.data or ""}

    def validate_what(self, field: SelectField) -> None:
        choices: Any = field.choices
        if not any(field.data in group for group in choices.values()):
            raise ValidationError("Choose all, a module or a lesson.")
