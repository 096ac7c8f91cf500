"""The shape of what a visitor sends to take a seat, and to make it theirs."""

from datetime import date
from typing import Any

from wtforms import BooleanField, EmailField, Field, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.cohorts import consents
from app.forms import Form, plain, strong_enough
from course.address import fault_of_address, fault_of_words


def lower(value: str | None) -> str | None:
    """An address as it is kept: one person, one spelling."""
    return value.lower() if value else value


def fitting(form: Form, field: Field) -> None:
    """Words on one line, without a character that can't be seen or that turns the order of the others."""
    found = fault_of_words(field.data or "")
    if found:
        raise ValidationError(found)


def mailable(form: Form, field: Field) -> None:
    """An address of plain Latin characters that mail can go to."""
    found = fault_of_address(field.data)
    if found:
        raise ValidationError(found)


class SignupForm(Form):
    """A seat, or a place in line."""

    name = StringField(
        "Your name",
        filters=[plain],
        validators=[
            DataRequired("Your name is missing."),
            Length(max=80, message="Keep the name to 80 characters."),
            fitting,
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
        validators=[Length(max=200, message="Keep it to one line of 200 characters."), fitting],
    )
    time = BooleanField(
        "", validators=[DataRequired("Tick it if you can give it two hours a week: a seat asks for them.")]
    )
    processing = BooleanField(
        consents.PROCESS.sentence,
        validators=[DataRequired("Without it we can’t write to you, and there is no seat without an address.")],
    )
    news = BooleanField(consents.NEWS.sentence)
    roll_over = BooleanField(consents.ROLL_OVER.sentence)

    def speak_of(self, last: date) -> None:
        """Put the course's last day into the question about time."""
        self.time.label.text = (
            f"I can give it two hours a week until {last.day} {last:%B}, "
            "and one conversation a week with a real person."
        )


class WelcomeForm(Form):
    """Yes, this address is mine. Whom a trainer put down is asked here what others were asked at signing up."""

    processing = BooleanField(consents.PROCESS.sentence)

    def __init__(self, *args: Any, asks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.processing.validators = [DataRequired("Without it there is no seat: we could not write to you.")]
        else:
            del self.processing


class FirstPasswordForm(WelcomeForm):
    """Yes, this address is mine, and this is my password. `address` is what the password may not be."""

    password = PasswordField("Choose a password", validators=[strong_enough])

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address


class LeaveForm(Form):
    """A mere button: give the seat or the place in line back."""


class ConsentForm(Form):
    """Whether later news is welcome."""

    wanted = BooleanField()


class RollOverForm(Form):
    """Whether a place in line goes on to the next cohort."""

    wanted = BooleanField()
