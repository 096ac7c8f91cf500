"""What a trainer sends about something shown: shape and limits."""

from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation

from app.forms import Form, plain
from course.practice import LINES, Rubric


class Chosen:
    """One of the three points. The field itself would say it in nobody's words."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.data not in {"0", "1", "2"}:
            raise StopValidation(self.message)


def rated(place: int) -> RadioField:
    line = LINES[place]
    anchors = {str(points): f"{points}: {words}" for points, words in enumerate(line.anchors)}
    return RadioField(
        line.name, choices=anchors, validate_choice=False, validators=[Chosen(f"{line.name}: choose 0, 1 or 2.")]
    )


class RateForm(Form):
    """The five lines, as the trainer reads the entry."""

    personal, two_way, about_them, value, next_step = map(rated, range(5))

    @property
    def rubric(self) -> Rubric:
        """What was chosen, once it is sound."""
        return Rubric(*(int(self[line.key].data) for line in LINES))


class AnswerForm(Form):
    """What the trainer says to it."""

    comment = TextAreaField(
        "Your answer",
        filters=[plain],
        validators=[
            DataRequired("Write something: an answer without words helps nobody."),
            Length(max=1000, message="An answer holds 1000 characters; shorten it to fit."),
        ],
    )


class Button(Form):
    """Nothing but a press."""
