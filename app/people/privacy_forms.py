"""What somebody types about the data that is kept about them."""

from typing import Any

from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, ValidationError

from app.forms import Form, plain

WORD = "erase"
MONTHS = (1, 3, 6, 12, 24, 36, 60)


class EraseForm(Form):
    """The present password, and a word that nobody types by a slip."""

    current = PasswordField("Present password", validators=[InputRequired("Write your present password.")])
    word = StringField(f"The word “{WORD}”", filters=[plain])

    def validate_word(self, field: StringField) -> None:
        if (field.data or "").lower() != WORD:
            raise ValidationError(f"Type the word {WORD}.")


class NotesForm(Form):
    """After how many months notes go: some shorter times, and the installation's own."""

    months = RadioField("Months", validate_choice=False)

    def __init__(self, *, longest: int, **given: Any) -> None:
        super().__init__(**given)
        self.offered = [str(months) for months in (*(each for each in MONTHS if each < longest), longest)]
        self.months.choices = [(months, months) for months in self.offered]

    def validate_months(self, field: RadioField) -> None:
        if field.data not in self.offered:
            raise ValidationError("Choose one of these.")
