"""The shape of what a visitor sends to take a seat, and to make it theirs."""

import unicodedata
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from wtforms import BooleanField, EmailField, Field, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.cohorts import consents
from app.forms import Form, one_line, plain, strong_enough

# Joiners that some scripts write names with; every other invisible character only disguises.
JOINERS = "\u200c\u200d"


def lower(value: str | None) -> str | None:
    """An address as it is kept: one person, one spelling."""
    return value.lower() if value else value


def visible(form: Form, field: Field) -> None:
    """No character that can't be seen, or that turns the order of the others."""
    if any(unicodedata.category(char) == "Cf" and char not in JOINERS for char in field.data or ""):
        raise ValidationError("There is an invisible character in it, perhaps from copying. Type it once more.")


def mailable(form: Form, field: Field) -> None:
    """An address of plain Latin characters that mail can go to. Whether it exists, the mail will tell."""
    text = field.data
    strange = next((char for char in text if ord(char) > 126), None)
    if strange:
        raise ValidationError(foreign(strange))
    if "@" not in text:
        raise ValidationError(f"“{text}” has no @. It should look like name@company.com.")
    if "." not in text.rpartition("@")[2]:
        raise ValidationError(f"“{text}” has no ending such as .com or .nl.")
    try:
        validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise ValidationError(f"No mail can go to “{text}”. It should look like name@company.com.") from None


def foreign(char: str) -> str:
    """Which character is not plain Latin, for somebody who can't tell by looking."""
    name = unicodedata.name(char, "an unnamed one").lower()
    shown = f"“{char}”, " if char.isprintable() else ""
    return f"It has a character that mail can’t be trusted with: {shown}{name}. It may only look right: type it anew."


class SignupForm(Form):
    """A seat, or a place in line."""

    name = StringField(
        "Your name",
        filters=[plain],
        validators=[
            DataRequired("Your name is missing."),
            Length(max=80, message="Keep the name to 80 characters."),
            one_line,
            visible,
        ],
    )
    email = EmailField(
        "E-mail",
        filters=[plain, lower],
        validators=[
            DataRequired("The e-mail address is missing."),
            Length(max=254, message="The address is too long for any mail server."),
            mailable,
        ],
    )
    goal = StringField(
        "What should be different when the course is over?",
        filters=[plain],
        validators=[Length(max=200, message="Keep it to one line of 200 characters."), one_line, visible],
    )
    time = BooleanField("", validators=[DataRequired("Tick the two hours, or leave the seat to someone who has them.")])
    processing = BooleanField(
        consents.PROCESS.sentence,
        validators=[DataRequired("Without it we can’t write to you, and there is no seat without an address.")],
    )
    news = BooleanField(consents.NEWS.sentence)

    def speak_of(self, last: date) -> None:
        """Put the course's last day into the question about time."""
        self.time.label.text = (
            f"I can give it two hours a week until {last.day} {last:%B}, "
            "and one conversation a week with a real person."
        )


class WelcomeForm(Form):
    """Yes, this address is mine."""


class FirstPasswordForm(WelcomeForm):
    """Yes, this address is mine, and this is my password. `address` is what the password may not be."""

    password = PasswordField("Choose a password", validators=[strong_enough])

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address


class LeaveForm(Form):
    """A mere button: give the seat or the place in line back."""
