"""Codes that are typed: of an app, and those kept for the day it is lost."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length, Regexp

from app.forms import Form, plain


def figures(value: str | None) -> str | None:
    """A code without the blanks that some apps show in it."""
    return "".join((plain(value) or "").split())


class CodeForm(Form):
    """Six figures."""

    code = StringField(
        "Code",
        filters=[figures],
        validators=[
            DataRequired("Type the six figures your app shows."),
            Regexp(r"^[0-9]{6}$", message="A code is six figures, such as 042 317."),
        ],
    )


class RecoveryForm(Form):
    """One of ten codes on a sheet."""

    code = StringField(
        "Recovery code",
        filters=[plain],
        validators=[
            DataRequired("Type one of your recovery codes."),
            Length(max=60, message="That is longer than a recovery code."),
        ],
    )
