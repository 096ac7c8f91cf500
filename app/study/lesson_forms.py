"""The forms of one lesson's page. The one that was sent stands in its place as it was typed; the others are empty."""

from datetime import date, timedelta

from app.forms import Form
from app.study.forms import AnswerForm, PlanForm, ReportForm, standing_at
from app.study.lesson_page import suggested_plan
from course.lesson import Lesson, Recall

USUAL_PLAN = timedelta(days=3)


class LessonForms:
    """Every form by what it is for. `place` is where the sent one stands, such as `recall-polite-no`."""

    def __init__(self, lesson: Lesson, today: date, *, sent: Form | None = None, place: str = "") -> None:
        self.lesson = lesson
        self.today = today
        self.usual_day = today + USUAL_PLAN
        self.sent = standing_at(place, sent) if sent and place else sent
        self.place = place

    def answer(self, recall: Recall) -> Form:
        """An empty answer to the question."""
        return standing_at(f"recall-{recall.id}", AnswerForm(formdata=None, wording=recall.wording))

    def plan(self) -> Form:
        """The plan that the exercise suggests, for the usual day."""
        exercise = self.lesson.exercise
        if_text, then_text = suggested_plan(exercise)
        draft = PlanForm(
            formdata=None,
            today=self.today,
            slots=exercise.slots,
            if_text=if_text,
            then_text=then_text,
            due_on=self.usual_day,
        )
        return standing_at("plan", draft)

    def report(self, plan_id: int) -> Form:
        """The report on a plan, as it was sent or empty."""
        place = f"report-{plan_id}"
        return self.sent_at(place) or standing_at(place, ReportForm(formdata=None))

    def is_sent(self, place: str) -> bool:
        return self.sent is not None and self.place == place

    def sent_at(self, place: str) -> Form | None:
        """The form that was sent, if it is the one of that place."""
        return self.sent if self.place == place else None
