"""What learners send while they study: shape and limits."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from wtforms import DateField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from app.forms import Form, plain
from course.assessment import HIGHEST, Moment, SelfAssessment
from course.lesson import Recall
from course.review import Confidence

ANSWER_LIMIT = 4_000
NOTE_LIMIT = 10_000
FURTHEST_PLAN = timedelta(days=366)
MOST_ID = 2**31 - 1
REWORDED = (
    "This question was changed while you were answering. It stands here as it is now, with what you typed: "
    "send it again if it still answers."
)
LONG_OPEN = "This page had been open for too long. Load it again."

SomeForm = TypeVar("SomeForm", bound=Form)


def standing_at(place: str, form: SomeForm) -> SomeForm:
    """The form with element ids of its own: a page holds several of a kind. What is sent keeps its names."""
    for field in form:
        if field.name not in {"csrf_token", "once"}:
            field.id = f"{place}-{field.id}"
            if field.label.field_id:
                field.label.field_id = field.id
    return form


class Button(Form):
    """Nothing but a press."""


class BeginForm(Form):
    """Where reading is: the id of a heading, or nothing."""

    heading = StringField("Heading", filters=[plain], validators=[Length(max=120)])


class CompleteForm(Form):
    """That the lesson has been read, in the version that was on the page."""

    content_hash = HiddenField(validators=[Regexp(r"^([0-9a-f]{64})?$")])


class NoteForm(Form):
    """A note, and the version that it was written over."""

    text = TextAreaField(
        "Your notes",
        filters=[plain],
        validators=[Length(max=NOTE_LIMIT, message="A note holds 10 000 characters; shorten it to keep it.")],
    )
    version = IntegerField(widget=HiddenInput(), default=0, validators=[InputRequired(), NumberRange(0, MOST_ID)])


class AnswerForm(Form):
    """An answer from memory, and how sure it is. `wording` tells to which form of its question, "" isn't known."""

    wording = HiddenField(validators=[Regexp(r"^([0-9a-f]{16})?$")])
    text = TextAreaField(
        "Your answer",
        filters=[plain],
        validators=[
            DataRequired("Write an answer first. A guess counts, and so does saying that nothing comes."),
            Length(max=ANSWER_LIMIT, message="An answer holds 4 000 characters; two sentences are plenty."),
        ],
    )
    confidence = RadioField(
        "How sure are you?",
        choices={confidence.value: confidence.words for confidence in Confidence},
        validate_choice=False,
        validators=[
            InputRequired("Say how sure you are, before you see the model answer."),
            AnyOf([confidence.value for confidence in Confidence], message="Choose one of the four."),
        ],
    )

    def answers(self, recall: Recall) -> bool:
        """Whether it was given to the question as it stands. If not, that is said beside it, to be sent again."""
        if self.wording.data in {None, "", recall.wording}:
            return True
        self.wording.data = recall.wording
        self.text.errors = [REWORDED]
        return False


class ReviewForm(AnswerForm):
    """An answer in the review, and the question that it answers."""

    lesson = HiddenField(validators=[DataRequired(), Length(max=64)])
    recall = HiddenField(validators=[DataRequired(), Length(max=64)])

    @property
    def question(self) -> tuple[str, str]:
        """The ids of the lesson and of its question."""
        return self.lesson.data or "", self.recall.data or ""


class GradeForm(Form):
    """Whether an answer held, by the learner's own comparison."""

    answer = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, MOST_ID)])
    correct = RadioField(
        "Did you have it?",
        choices={"yes": "I had it", "no": "I didn’t"},
        validators=[InputRequired("Say whether you had it.")],
    )


class PlanForm(Form):
    """When and where an exercise will be done: if this, then I do that, by a day."""

    if_text = TextAreaField(
        "If",
        filters=[plain],
        validators=[DataRequired("Say when it will be: what has to happen first?"), Length(max=200)],
    )
    then_text = TextAreaField(
        "then I",
        filters=[plain],
        validators=[DataRequired("Say what you will do then."), Length(max=200)],
    )
    due_on = DateField("By", validators=[InputRequired("Choose the day by which it will be done.")])

    def __init__(self, *args: Any, today: date, slots: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.slots = slots

    @property
    def words(self) -> dict[str, str]:
        """Both halves of the plan."""
        return {"if_text": self.if_text.data or "", "then_text": self.then_text.data or ""}

    @property
    def day(self) -> date:
        """The day by which it will be done, once the form is sound."""
        assert self.due_on.data is not None
        return self.due_on.data

    def validate_if_text(self, field: Any) -> None:
        self.refuse_open_slots(field)

    def validate_then_text(self, field: Any) -> None:
        self.refuse_open_slots(field)

    def refuse_open_slots(self, field: Any) -> None:
        """The words in brackets are for the learner to replace: a plan without its day is a wish."""
        left = [slot for slot in self.slots if f"[{slot}]" in (field.data or "")]
        if left:
            raise ValidationError(f"Put your own words where it says {' and '.join(f'[{slot}]' for slot in left)}.")

    def validate_due_on(self, field: Any) -> None:
        if field.data is None:
            return
        if field.data < self.today:
            raise ValidationError("That day has passed. Choose today or a later one.")
        if field.data > self.today + FURTHEST_PLAN:
            raise ValidationError("Choose a day within the coming year; sooner is better.")


class ReportForm(Form):
    """What came of a plan. Not having done it is an answer, with its reason."""

    because = StringField(
        "I didn’t, because",
        filters=[plain],
        validators=[Length(max=280, message="Keep it to 280 characters.")],
    )
    outcome = RadioField(
        "What came of it?",
        choices={"done": "It is done", "didnt": "I didn’t"},
        validators=[InputRequired("Say whether you did it.")],
    )

    def validate_because(self, field: Any) -> None:
        if self.outcome.data == "didnt" and not field.data:
            raise ValidationError("Say what came between. A few words are enough, and it is a good answer.")


class AssessmentForm(Form):
    """A self-assessment taken at one moment. The fields of the items are added by `assessment_form`."""

    moment = HiddenField(validators=[DataRequired(LONG_OPEN)])
    item_ids: tuple[str, ...] = ()

    @property
    def answers(self) -> dict[str, int | None]:
        """The rating 0…5 of each item; None where it was left open."""
        return {id: int(self[id].data) if self[id].data else None for id in self.item_ids}

    @property
    def left_open(self) -> int:
        """How many items have no rating."""
        return sum(rating is None for rating in self.answers.values())

    def validate_moment(self, field: Any) -> None:
        if field.data not in {moment.value for moment in Moment}:
            raise ValidationError(LONG_OPEN)

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        if sound and self.left_open == len(self.item_ids):
            self[self.item_ids[0]].errors = ["Nothing is answered yet. Answer what you can; the rest may stay open."]
            return False
        return sound


@lru_cache(maxsize=4)
def assessment_form(instrument: SelfAssessment) -> type[AssessmentForm]:
    """The form with a strip from 0 to 5, and open, for each item."""
    scale = {"": "–", **{str(points): str(points) for points in range(HIGHEST + 1)}}
    fields: dict[str, Any] = {
        item.id: RadioField(
            item.text,
            choices=scale,
            default="",
            validators=[Optional(), AnyOf(list(scale), message="Choose one of the steps.")],
            validate_choice=False,
        )
        for item in instrument.items
    }
    return type("TakenForm", (AssessmentForm,), {**fields, "item_ids": tuple(fields)})
