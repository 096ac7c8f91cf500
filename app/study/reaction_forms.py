"""What a learner may say of the course: a step for each question, and a line of their own."""

from typing import Any

from wtforms import RadioField, StringField
from wtforms.validators import AnyOf, InputRequired, Length

from app.forms import Form, one_line, plain
from course.reaction import ITEMS, LINE_LIMIT, Item, Question


def steps(item: Item) -> RadioField:
    """The five steps of a question."""
    choices = {str(place): words for place, words in enumerate(item.steps, start=1)}
    wrong = "Choose one of the five."
    return RadioField(
        item.question,
        choices=choices,
        validate_choice=False,
        validators=[InputRequired(wrong), AnyOf(list(choices), message=wrong)],
    )


class ReactionForm(Form):
    """All three steps; the line may stay empty."""

    relevance, intent, recommend = (steps(item) for item in ITEMS)
    line = StringField(
        "One line for your trainer, if you like",
        filters=[plain],
        validators=[Length(max=LINE_LIMIT, message="Keep it to 200 characters."), one_line],
    )

    @property
    def ratings(self) -> dict[Question, int]:
        """The step 1…5 of each question, once the form is sound."""
        fields: dict[str, Any] = self._fields
        return {item.id: int(fields[item.id].data) for item in ITEMS}
