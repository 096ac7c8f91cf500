"""What a trainer types for people outside: a paragraph, and for whom a link is."""

from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from app.forms import Form, one_line, plain

PARAGRAPH_LIMIT = 2_000
LASTS = {"30": "30 days", "90": "90 days", "180": "180 days"}
MOST_VERSION = 2**31 - 1


class ParagraphForm(Form):
    """The trainer's own words, and the version that they were written over."""

    text = TextAreaField(
        "Your paragraph",
        filters=[plain],
        validators=[Length(max=PARAGRAPH_LIMIT, message="A paragraph holds 2 000 characters; shorten it to keep it.")],
    )
    version = IntegerField(widget=HiddenInput(), default=0, validators=[InputRequired(), NumberRange(0, MOST_VERSION)])


class LinkForm(Form):
    """For whom a link is, and how long it works."""

    label = StringField(
        "For whom, as a note to yourself",
        filters=[plain],
        validators=[Length(max=80, message="Keep it to 80 characters."), one_line],
    )
    lasts = RadioField(
        "Works for",
        choices=LASTS,
        default="90",
        validate_choice=False,
        validators=[InputRequired("Choose how long it works."), AnyOf(LASTS, message="Choose one of the three.")],
    )

    @property
    def days(self) -> int:
        return int(self.lasts.data)
