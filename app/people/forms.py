"""What people type about themselves: shapes and limits."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from wtforms import EmailField, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp, ValidationError

from app.forms import Form, one_line, plain, strong_enough

REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


def lowered(value: str | None) -> str | None:
    """An address as it is kept: without blanks around it, in small letters."""
    cleaned = plain(value)
    return cleaned.lower() if cleaned else cleaned


def address_field(label: str = "E-mail") -> EmailField:
    """The field of a person's address."""
    return EmailField(
        label,
        filters=[lowered],
        validators=[
            DataRequired("Write your e-mail address."),
            Length(max=254, message="An address has at most 254 characters."),
            Regexp(r"^[^@\s]+@[^@\s]+$", message="Write the whole address, with its @."),
        ],
    )


class SignInForm(Form):
    """The two things that let somebody in. The password may be of any kind: it fits or it doesn't."""

    email = address_field()
    password = PasswordField("Password", validators=[InputRequired("Write your password.")])


class ForgotForm(Form):
    """The address that a link goes to."""

    email = address_field()


class NewPasswordForm(Form):
    """A password to be. `address` is its owner's, which is no password."""

    new = PasswordField("New password", validators=[InputRequired("Write the new password."), strong_enough])

    def __init__(self, *, address: str, **given: Any) -> None:
        super().__init__(**given)
        self.address = address


class ChangePasswordForm(NewPasswordForm):
    """The present password, and the one to be."""

    current = PasswordField("Present password", validators=[InputRequired("Write your present password.")])


class ProvenForm(Form):
    """Something that asks for the password once more, unless it was typed in this browser a moment ago."""

    current = PasswordField("Your password", validators=[InputRequired("Type your password once more.")])

    def __init__(self, *, proven: bool, **given: Any) -> None:
        super().__init__(**given)
        if proven:
            del self.current

    @property
    def asks(self) -> bool:
        """Whether the password is asked for."""
        return "current" in self


class ProfileForm(Form):
    """How somebody is addressed, when their day begins, and how the pages look to them."""

    name = StringField(
        "Name",
        filters=[plain],
        validators=[
            DataRequired("Write the name you go by."),
            one_line,
            Length(max=80, message="Use at most 80 characters."),
        ],
    )
    time_zone = SelectField("Time zone", validate_choice=False)
    theme = RadioField(
        "Colours",
        choices={"system": "As the system", "light": "Light", "dark": "Dark"},
        validate_choice=False,
    )

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.time_zone.choices = choices_with(self.time_zone.data)

    def validate_name(self, field: StringField) -> None:
        if not any(char.isalnum() for char in field.data or ""):
            raise ValidationError("Write a name with at least one letter.")

    def validate_time_zone(self, field: SelectField) -> None:
        if field.data not in all_zones():
            raise ValidationError("Choose a time zone from the list.")

    def validate_theme(self, field: RadioField) -> None:
        if field.data not in {"system", "light", "dark"}:
            raise ValidationError("Choose one of the three.")


@cache
def all_zones() -> frozenset[str]:
    """Every zone that this machine knows, read from its files once."""
    return frozenset(available_timezones())


@cache
def zones() -> dict[str, dict[str, str]]:
    """The time zones that are named after a place, by region, each with its words."""
    grouped: dict[str, dict[str, str]] = {region: {} for region in REGIONS}
    for name in sorted(all_zones()):
        region, _, place = name.partition("/")
        if region in grouped:
            grouped[region][name] = place.replace("_", " ").replace("/", ", ")
    return {**grouped, "No place": {"UTC": "UTC"}}


def choices_with(chosen: str | None) -> dict[str, dict[str, str]]:
    """The list, with the zone that was chosen before, should it be an old name that the list leaves out."""
    if chosen not in all_zones() or any(chosen in group for group in zones().values()):
        return zones()
    return {**zones(), "As it was": {str(chosen): str(chosen)}}
