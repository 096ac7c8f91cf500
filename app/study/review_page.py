"""The review as its page shows it: the question whose turn it is, how many are left, what comes tomorrow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.study.changes import Former, put_otherwise
from app.study.lesson_queries import Given
from app.study.queries import Question
from course import review
from course.lesson import Lesson, Recall
from course.library import Library
from course.markup import Html, render

SITTING = 10
"""Questions of one sitting: about five minutes. A rule of this course, not a finding."""


@dataclass(frozen=True)
class ReviewPage:
    """`question` is None when nothing is due, or when this sitting has had its ten."""

    question: Question | None
    lesson: Lesson | None
    number: str
    recall: Recall | None
    due: datetime | None
    left: int
    waiting: int
    tomorrow: int
    next_due: datetime | None
    cards: int

    def waiting_for_comparison(self, given: Given | None) -> Given | None:
        """The answer just given to this question, not graded yet. One from before it came back is of its last turn."""
        if given is None or given.correct is not None or self.due is None or given.at < self.due:
            return None
        return given

    def put_otherwise(self, given: Given | None) -> Former | None:
        """The question as it was put when this was answered, where that was in other words."""
        if given is None or self.lesson is None or self.recall is None:
            return None
        return put_otherwise(self.lesson, {self.recall.id: given}).get(self.recall.id)

    @property
    def ask(self) -> Html:
        return render(self.recall.ask) if self.recall else Html("")

    @property
    def answer(self) -> Html:
        return render(self.recall.answer) if self.recall else Html("")

    @property
    def why(self) -> Html:
        return render(self.recall.why) if self.recall else Html("")


def review_page(library: Library, deck: Mapping[Question, review.Card], *, now: datetime, done: int) -> ReviewPage:
    """The review of one learner; `now` bears their zone, `done` is how many questions this sitting has had.

    Questions that are in no lesson any more are passed over: there is nothing to ask. So are a retired lesson's.
    """
    asked = library.questions
    cards = {question: card for question, card in deck.items() if question in asked}
    due = review.due_count(cards.values(), now)
    left = min(due, SITTING - done)
    turn = review.queue(cards, now, 1)
    question = turn[0] if turn and left > 0 else None
    lesson, recall = asked[question] if question else (None, None)
    return ReviewPage(
        question=question,
        lesson=lesson,
        number=library.number(lesson.id) if lesson else "",
        recall=recall,
        due=cards[question].due if question else None,
        left=left,
        waiting=due,
        tomorrow=review.due_tomorrow(cards.values(), now),
        next_due=min((card.due for card in cards.values() if card.due > now), default=None),
        cards=len(cards),
    )
