"""The form of a letter to a whole cohort. `seen` is what was previewed; only that is sent."""

import hashlib

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from app.cohorts.trainer_fields import line
from app.forms import Form, plain

AUDIENCES = {"seats": "Who has a seat", "line": "Who waits for one", "all": "Everybody"}
MOST = 4_000


class AnnouncementForm(Form):
    """A letter as a trainer writes it."""

    audience = RadioField("To", choices=AUDIENCES, default="seats", validate_choice=False)
    subject = line("Subject", most=120, missing="A mail without a subject is seldom opened.")
    text = TextAreaField(
        "Text",
        filters=[plain],
        validators=[
            DataRequired("Write what they should know."),
            Length(max=MOST, message=f"Keep it to {MOST} characters."),
        ],
    )
    seen = HiddenField()

    def validate_audience(self, field: RadioField) -> None:
        if field.data not in AUDIENCES:
            raise ValidationError("Choose one of the three.")

    def letter(self) -> dict[str, str]:
        """What was typed, once it is sound."""
        return {name: self[name].data or "" for name in ("audience", "subject", "text")}

    def fingerprint(self) -> str:
        """What tells one letter from another."""
        words = "\n".join((self.audience.data or "", self.subject.data or "", *(self.text.data or "").splitlines()))
        return hashlib.sha256(words.encode()).hexdigest()[:32]
