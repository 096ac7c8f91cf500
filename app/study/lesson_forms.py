"""The forms of one lesson's page. The one that was sent stands in its place as it was typed; the others are fresh."""

from datetime import date, timedelta

from app.forms import Form
from app.study.forms import (
    AnswerForm,
    BeginForm,
    Button,
    CompleteForm,
    GradeForm,
    NoteForm,
    PlanForm,
    ReportForm,
    SomeForm,
    standing_at,
)
from app.study.lesson_page import suggested_plan
from app.study.lesson_queries import Desk, Given
from course.lesson import Lesson, Recall

USUAL_PLAN = timedelta(days=3)


class LessonForms:
    """Every form by what it is for. `place` is where the sent one stands, such as `recall-polite-no`."""

    def __init__(self, lesson: Lesson, desk: Desk, today: date, *, sent: Form | None = None, place: str = "") -> None:
        self.lesson = lesson
        self.desk = desk
        self.today = today
        self.sent = standing_at(place, sent) if sent and place else sent
        self.place = place

    def begin(self) -> Form:
        return self.at("begin", BeginForm(formdata=None))

    def complete(self) -> Form:
        return self.at("complete", CompleteForm(formdata=None, content_hash=self.lesson.content_hash))

    def reopen(self) -> Form:
        return self.at("reopen", Button(formdata=None))

    def note(self) -> Form:
        note = self.desk.note
        return self.at("note", NoteForm(formdata=None, text=note.text, version=note.version))

    def answer(self, recall: Recall) -> Form:
        return self.at(f"recall-{recall.id}", AnswerForm(formdata=None, wording=recall.wording))

    def grade(self, recall_id: str, given: Given) -> Form:
        return self.at(f"grade-{recall_id}", GradeForm(formdata=None, answer=given.id))

    def plan(self) -> Form:
        exercise = self.lesson.exercise
        if_text, then_text = suggested_plan(exercise)
        draft = PlanForm(
            formdata=None,
            today=self.today,
            slots=exercise.slots,
            if_text=if_text,
            then_text=then_text,
            due_on=self.today + USUAL_PLAN,
        )
        return self.at("plan", draft)

    def report(self, plan_id: int) -> Form:
        return self.at(f"report-{plan_id}", ReportForm(formdata=None))

    def at(self, place: str, fresh: SomeForm) -> Form:
        """The form of a place: the sent one if it is its."""
        return self.sent if self.sent and self.place == place else standing_at(place, fresh)

    def is_sent(self, place: str) -> bool:
        return self.sent is not None and self.place == place
