"""What people say about their mail: whether, at which hours, and what their calendar tells."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, SelectField, StringField, ValidationError
from wtforms.validators import AnyOf

from app.forms import Form
from course.digest import Terms

HOURS = {str(hour): f"{hour:02}:00" for hour in range(24)}


def hour_field(label: str) -> SelectField:
    return SelectField(label, choices=HOURS, validate_choice=False, validators=[AnyOf(HOURS, "Choose an hour.")])


class RemindersForm(Form):
    """Whether a mail a day may come, when, and when never; and whether letters to a cohort come by mail."""

    digest = BooleanField("One mail a day, if something is due")
    digest_hour = hour_field("It comes at")
    quiet_from = hour_field("Never from")
    quiet_until = hour_field("Until")
    announcements = BooleanField("Letters from trainers to a whole cohort, by mail")

    @classmethod
    def standing(cls, terms: Terms, *, announcements: bool) -> "RemindersForm":
        """The form as the terms stand."""
        hours = {name: str(getattr(terms, name)) for name in ("digest_hour", "quiet_from", "quiet_until")}
        return cls(formdata=None, data={"digest": terms.digest, "announcements": announcements, **hours})

    @property
    def terms(self) -> Terms:
        """What a sound form says."""
        hours = (int(field.data or 0) for field in (self.digest_hour, self.quiet_from, self.quiet_until))
        return Terms(bool(self.digest.data), *hours)

    def validate_digest_hour(self, field: Field) -> None:
        if not all(each.data in HOURS for each in (field, self.quiet_from, self.quiet_until)):
            return
        if self.terms.digest and self.terms.is_quiet(int(field.data)):
            raise ValidationError("That is within your quiet hours, so it would never come.")


class CalendarForm(Form):
    """Whether the words of promises go into the calendar."""

    words = BooleanField("Show what I promised in my own words.")


class OneClick(FlaskForm):  # type: ignore[misc]
    """What a mailbox posts of its own accord when its owner asks it to unsubscribe (RFC 8058).

    It has no page and so no token of one: the secret in the address is what it is let in by.
    """

    class Meta:
        csrf = False

    asked = StringField(name="List-Unsubscribe", validators=[AnyOf(["One-Click"])])
