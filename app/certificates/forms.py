"""What a learner and a trainer say of a certificate."""

from typing import Any

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from app.forms import Form, one_line, plain


class Button(Form):
    """Nothing but a press."""


class ShowForm(Form):
    """That a certificate may be read at its address, and whether the readiness gate is said there."""

    agreed = BooleanField("", validators=[InputRequired("Tick it to put your certificate on a page, or leave it be.")])
    says_gate = BooleanField("Say also that my readiness gate was open on that day.")


class RevokeForm(Form):
    """Why a certificate is taken back. `place` keeps the ids of several on one page apart."""

    why = StringField(
        "Why",
        filters=[plain],
        validators=[
            DataRequired("Say why: the learner reads it."),
            Length(max=280, message="A reason holds 280 characters; shorten it to fit."),
            one_line,
        ],
    )

    def __init__(self, *args: Any, place: int, **given: Any) -> None:
        super().__init__(*args, **given)
        self.why.id = self.why.label.field_id = f"why-{place}"
