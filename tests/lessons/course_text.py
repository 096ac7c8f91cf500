"""The course as its readers get it: the real lessons, their texts, and runs of words that may not come twice."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from course.lesson import Lesson
from course.library import Library, load

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
RUN = 8

# What is the same wherever it stands, and should be: how a plan names its moment, how an entry is logged, what a line
# of the rubric means, how a study is cited.
FORMULAE = (
    "it is day at time and i am at place",
    "rated on the five lines",
    "true only of them 2 it builds on something they told you",
    "kluger and others 2023 r about 51",
    "carry this away",
)

_TARGET = re.compile(r"(?<=\])\([^()\s]*\)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


@cache
def library() -> Library:
    """The real course, read once."""
    return load(LESSONS)


def lesson(lesson_id: str) -> Lesson:
    """The lesson of that id."""
    found = library().lesson(lesson_id)
    assert found, f"there is no lesson {lesson_id}"
    return found


def texts(of: Lesson) -> Iterator[str]:
    """Everything written for the learner, text by text. Sources are left out: citing a study twice is no repetition."""
    yield from (of.title, of.claim, of.skill)
    yield from (block.markdown for block in of.prose)
    for example in of.examples:
        yield example.title
        for version in example.versions:
            yield from (version.label, version.text, version.reason)
    yield from (of.exercise.title, of.exercise.task, of.exercise.plan, of.exercise.log, of.exercise.good)
    for recall in of.recalls:
        yield from (recall.ask, recall.answer, recall.why)


def normalised(text: str) -> str:
    """The words alone, in small letters, one blank between two: no marks, no addresses of links, 1000 for 1 000."""
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", _TARGET.sub("", text))).lower()
    return " ".join(_WORD.findall(re.sub("[’‘ʼ`]", "'", plain)))


def runs(text: str) -> Iterator[str]:
    """Every eight words in a row, normalised."""
    words = normalised(text).split()
    for first in range(len(words) - RUN + 1):
        yield " ".join(words[first : first + RUN])


def own_runs(text: str) -> Iterator[str]:
    """The runs of a text between the shared formulae, none of which reaches into one."""
    words = f" {normalised(text)} "
    for formula in FORMULAE:
        words = words.replace(f" {formula} ", " | ")
    for piece in words.split("|"):
        yield from runs(piece)


def digest(run: str) -> str:
    """A run that can be recognised and not read."""
    return sha256(run.encode()).hexdigest()
