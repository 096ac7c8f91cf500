"""Recall that returns: when a question comes back, and how much of it a day holds. Method §6.

The only module that knows `fsrs`. Desired retention .90, at most 60 days, no learning steps, no fuzz: the same answers
at the same times give the same dates. Times are aware; a naive one is refused.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, IntEnum
from typing import TypeVar

import fsrs

RETENTION = 0.90
LONGEST = 60  # days

SECONDS_A_QUESTION = 45
"""What a question takes, answered, compared and graded. A rule of this course, not a finding."""

SITTING = 5 * 60 // SECONDS_A_QUESTION
"""Questions of one sitting: what five minutes hold."""

Key = TypeVar("Key")

_SCHEDULER = fsrs.Scheduler(
    desired_retention=RETENTION,
    maximum_interval=LONGEST,
    learning_steps=(),
    relearning_steps=(),
    enable_fuzzing=False,
)


class State(IntEnum):
    """NEW before the first answer, REVIEW after it."""

    NEW = 1
    REVIEW = 2


class Grade(IntEnum):
    """How an answer went: wrong, right but unsure, right."""

    AGAIN = 1
    HARD = 2
    GOOD = 3


class Confidence(Enum):
    """How sure a learner is before the model answer opens, as a probability of being right.

    Four words are what people can tell apart; the figures behind them are a rule of this course, not a finding.
    """

    GUESSING = "guessing"
    UNSURE = "unsure"
    FAIRLY = "fairly"
    CERTAIN = "certain"

    @property
    def probability(self) -> float:
        """.25, .50, .75 or .95: nobody is certain without remainder."""
        return _PROBABILITY[self]

    @property
    def words(self) -> str:
        """What a learner chooses, and reads again."""
        return _CONFIDENCE_WORDS[self]

    @property
    def sure(self) -> bool:
        """True for fairly and certain."""
        return self in (Confidence.FAIRLY, Confidence.CERTAIN)


_CONFIDENCE_WORDS = {
    Confidence.GUESSING: "Guessing",
    Confidence.UNSURE: "Unsure",
    Confidence.FAIRLY: "Fairly sure",
    Confidence.CERTAIN: "Certain",
}
_PROBABILITY = {
    Confidence.GUESSING: 0.25,
    Confidence.UNSURE: 0.50,
    Confidence.FAIRLY: 0.75,
    Confidence.CERTAIN: 0.95,
}


@dataclass(frozen=True)
class Card:
    """A recall question of one learner: when it is due (UTC), and how firmly it sits.

    `stability` is the days after which it is remembered with probability .90, `difficulty` 1…10; both None while NEW.
    ValueError for a naive time.
    """

    due: datetime
    stability: float | None = None
    difficulty: float | None = None
    state: State = State.NEW
    last_review: datetime | None = None

    def __post_init__(self) -> None:
        _utc(self.due)


def first(now: datetime) -> Card:
    """The card of a question never answered, due at once. ValueError for a naive time."""
    return Card(due=_utc(now))


def grade(correct: bool, sure: bool) -> Grade:
    """Wrong: again. Right but unsure: hard. Right and sure: good."""
    if not correct:
        return Grade.AGAIN
    return Grade.GOOD if sure else Grade.HARD


def graded(card: Card, grade: Grade, now: datetime) -> Card:
    """The card after an answer at `now`: due in 1…60 days. ValueError for a naive time."""
    before = fsrs.Card(
        # Without an id of its own fsrs would take one from the clock.
        card_id=0,
        state=fsrs.State(card.state),
        stability=card.stability,
        difficulty=card.difficulty,
        due=_utc(card.due),
        last_review=_utc(card.last_review) if card.last_review else None,
    )
    after, _ = _SCHEDULER.review_card(before, fsrs.Rating(grade), _utc(now))
    return Card(after.due, after.stability, after.difficulty, State(after.state), after.last_review)


def queue(cards: Mapping[Key, Card], now: datetime, limit: int) -> tuple[Key, ...]:
    """The keys of the cards that are due, longest due first, at most `limit`; those due together keep their order."""
    moment = _utc(now)
    due = [key for key, card in cards.items() if card.due <= moment]
    return tuple(sorted(due, key=lambda key: cards[key].due)[:limit])


def due_count(cards: Iterable[Card], now: datetime) -> int:
    """How many cards are due."""
    moment = _utc(now)
    return sum(card.due <= moment for card in cards)


def coming(cards: Iterable[Card], now: datetime, days: int) -> tuple[int, ...]:
    """How many cards come back on each of the next days, tomorrow first; what is due already is none of them.

    A day is one in the zone that `now` bears: give it in the person's zone. What comes back later today counts as
    tomorrow's, since today's questions have been asked for.
    """
    moment, zone, today = _utc(now), now.tzinfo, now.date()
    later = ((card.due.astimezone(zone).date() - today).days for card in cards if card.due > moment)
    counts = Counter(max(1, ahead) for ahead in later)
    return tuple(counts[ahead] for ahead in range(1, days + 1))


def minutes(questions: int) -> int:
    """About how long so many questions take, in minutes begun."""
    return -(-questions * SECONDS_A_QUESTION // 60)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give an aware time")
    return moment.astimezone(UTC)
