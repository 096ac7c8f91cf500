"""A file of monthly margins, or what was copied out of one. Its rows are read by `course.baseline`."""

from collections.abc import Collection
from datetime import date

from flask_wtf.file import FileField
from wtforms import TextAreaField
from wtforms.validators import ValidationError

from app.forms import Form
from course.baseline import MOST_BYTES, Margins, margins_in_bytes, margins_in_text


class BaselineFileForm(Form):
    """A file, or what was pasted; `keep` says that the preview was seen."""

    file = FileField("A file")
    pasted = TextAreaField("Or pasted from a spreadsheet")

    def validate_file(self, field: FileField) -> None:
        if not field.data and not (self.pasted.data or "").strip():
            raise ValidationError("Choose a file, or paste two columns: the month, and its margin.")

    def validate_pasted(self, field: TextAreaField) -> None:
        if self.file.data and (field.data or "").strip():
            raise ValidationError("Send a file or paste, not both: one of them would be passed over.")

    def margins(self, currency: str, allowed: Collection[date]) -> Margins:
        """What was sent, as it was understood."""
        if self.file.data:
            # One byte more than is taken, so that more is noticed and not read.
            return margins_in_bytes(self.file.data.read(MOST_BYTES + 1), currency, allowed)
        return margins_in_text(self.pasted.data or "", currency, allowed)
