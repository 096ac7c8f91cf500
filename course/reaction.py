"""Level 1 of a report: what learners say of the course, asked once. A rule of this course, not a finding. Method §4.

What somebody thinks of a course is no learning and no return: it stands beside them, as counts over everybody asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from course.disclosure import FEWEST
from course.share import Share

AGREES_FROM = 4
"""The step from which an answer counts as a yes: the upper two of five."""
ASKED_FOR = timedelta(days=90)
"""How long after the last day of a cohort it is still asked."""
LINE_LIMIT = 200

Question = Literal["relevance", "intent", "recommend"]


@dataclass(frozen=True)
class Item:
    """One question, its five steps from the lowest to the highest, and what its upper two say in a report."""

    id: Question
    question: str
    steps: tuple[str, str, str, str, str]
    measured: str


ITEMS = (
    Item(
        "relevance",
        "How much of the course can you use in your own work?",
        ("None of it", "A little", "About half", "Most of it", "All of it"),
        "Can use most of it in their work",
    ),
    Item(
        "intent",
        "In the next 30 days, will you do one thing from it with somebody you work with?",
        ("Surely not", "Rather not", "Perhaps", "Rather yes", "It has its day"),
        "Will use it in the next 30 days",
    ),
    Item(
        "recommend",
        "A colleague asks whether to take it. What do you say?",
        ("Leave it", "Rather not", "It depends", "Rather yes", "Take it"),
        "Would tell a colleague to take it",
    ),
)


@dataclass(frozen=True)
class Reaction:
    """What one learner said: a step 1…5 for each question, and a line of their own, which may be empty."""

    said_at: datetime
    ratings: Mapping[Question, int]
    line: str = ""


def asked(*, said: bool, all_read: bool, today: date, ends_on: date) -> bool:
    """Whether a learner is asked now: once every lesson is read or the cohort is over, until they answer or say no.

    ends_on: the cohort's last day; 90 days after it nobody is asked any more.
    """
    if said or today > ends_on + ASKED_FOR:
        return False
    return all_read or today > ends_on


def told(reactions: Iterable[Reaction]) -> tuple[Reaction, ...]:
    """Those that a report may count: the earliest, five at a time, so that no difference of two days tells of few."""
    in_order = sorted(reactions, key=lambda each: each.said_at)
    return tuple(in_order[: len(in_order) // FEWEST * FEWEST])


def agreeing(reactions: Sequence[Reaction], question: Question) -> Share:
    """How many of these said one of the upper two steps."""
    return Share(sum(each.ratings[question] >= AGREES_FROM for each in reactions), len(reactions))


def lines_of(reactions: Iterable[Reaction]) -> tuple[str, ...]:
    """What they wrote, by the alphabet: the order of the days would tell who."""
    return tuple(sorted((each.line for each in reactions if each.line), key=str.casefold))
