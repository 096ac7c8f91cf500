"""The review as its page shows it: the question whose turn it is, how many are left, what the next days bring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.study.changes import Former, put_otherwise
from app.study.lesson_queries import Given
from app.study.queries import Question
from course import review
from course.lesson import Lesson, Recall
from course.library import Library
from course.markup import Html, render
from course.review import SITTING

WEEK = 7


@dataclass(frozen=True)
class Coming:
    """One of the next days: how many questions come back on it, and how many are left over from today."""

    on: date
    questions: int
    left_over: int = 0

    @property
    def minutes(self) -> int:
        """About how long one sitting of that day takes."""
        return review.minutes(min(self.questions + self.left_over, SITTING))


@dataclass(frozen=True)
class ReviewPage:
    """`question` is None when nothing is due, or when this sitting is full.

    `left` are the questions of this sitting still to come, `waiting` those due that it has no room for.
    """

    question: Question | None
    lesson: Lesson | None
    number: str
    recall: Recall | None
    card: review.Card | None
    left: int
    waiting: int
    days: tuple[Coming, ...]
    next_due: datetime | None
    cards: int

    @property
    def due(self) -> datetime | None:
        """Since when the question has been due."""
        return self.card.due if self.card else None

    @property
    def minutes(self) -> int:
        """About how long the rest of this sitting takes."""
        return review.minutes(self.left)

    @property
    def tomorrow(self) -> Coming:
        return self.days[0]

    @property
    def week(self) -> int:
        """Questions of the next seven days, with what is left over."""
        return sum(day.questions + day.left_over for day in self.days)

    def returns(self, given: Given | None, now: datetime) -> tuple[datetime, datetime] | None:
        """When the question comes back if the answer is graded right now, and when if wrong."""
        if given is None or self.card is None:
            return None
        marks = (review.grade(correct, given.confidence.sure) for correct in (True, False))
        right, wrong = (review.graded(self.card, mark, now).due for mark in marks)
        return right, wrong

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
    left = max(0, min(due, SITTING - done))
    turn = review.queue(cards, now, 1)
    question = turn[0] if turn and left > 0 else None
    lesson, recall = asked[question] if question else (None, None)
    return ReviewPage(
        question=question,
        lesson=lesson,
        number=library.number(lesson.id) if lesson else "",
        recall=recall,
        card=cards[question] if question else None,
        left=left,
        waiting=due - left,
        days=coming_days(cards.values(), now, left_over=due - left),
        next_due=min((card.due for card in cards.values() if card.due > now), default=None),
        cards=len(cards),
    )


def coming_days(cards: Iterable[review.Card], now: datetime, *, left_over: int) -> tuple[Coming, ...]:
    """The next seven days, tomorrow first; what today's sitting leaves over is tomorrow's too."""
    today = now.date()
    return tuple(
        Coming(today + timedelta(days=ahead), count, left_over if ahead == 1 else 0)
        for ahead, count in enumerate(review.coming(cards, now, WEEK), 1)
    )
