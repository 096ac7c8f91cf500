"""What an edited lesson means for somebody in the middle of it: what reads otherwise, what they answered before."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.study.lesson_queries import Given
from course import lesson as lessons
from course.lesson import Exercise, Lesson, Prose, Recall
from course.markup import Html, render

_SECTION = re.compile(r"^#{1,6}[ \t]+(?P<title>.+)$", re.M)


def changed_parts(before: Lesson, after: Lesson) -> tuple[str, ...]:
    """The parts of `after` whose words differ from `before`, named in their order as a reader would find them."""
    known = dict(parts(before))
    return tuple(name for name, text in parts(after) if known.get(name) != text)


def parts(lesson: Lesson) -> list[tuple[str, str]]:
    """Each part of a lesson by its name: what stands around the text, its opening, its sections, its blocks."""
    found: dict[str, str] = {
        "the title": lesson.title,
        "the sentence it stands on": lesson.claim,
        "where it comes from": "\n".join(lesson.sources),
        "the minutes it takes": str(lesson.minutes),
    }
    name = "the opening"
    for block in lesson.blocks:
        if isinstance(block, Prose):
            pieces = _SECTION.split(block.markdown)
            found[name] = found.get(name, "") + pieces[0]
            for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
                name = f"“{title.strip()}”"
                found[name] = found.get(name, "") + text
        elif isinstance(block, Exercise):
            name = "the closing words"
            found["the exercise"] = block.model_dump_json()
        elif isinstance(block, Recall):
            name = "the closing words"
            found[f"the question “{first_words(block.ask)}”"] = block.model_dump_json()
        else:
            found["the worked example"] = found.get("the worked example", "") + block.model_dump_json()
    return [(name, text.strip()) for name, text in found.items()]


def first_words(text: str, count: int = 6) -> str:
    """The beginning of a question, enough to find it by."""
    words = text.split()
    return " ".join(words[:count]) + ("…" if len(words) > count else "")


@lru_cache(maxsize=128)
def as_read(source: str, path: str) -> Lesson | None:
    """An earlier version of a lesson; None if its text is no longer one by today's rules."""
    found = lessons.parse(source, path=path)
    return found if isinstance(found, Lesson) else None


@dataclass(frozen=True)
class Former:
    """A recall question as it was put when it was answered, in HTML."""

    ask: Html
    answer: Html
    why: Html


@dataclass(frozen=True)
class TakenOut:
    """An answer to a question that is in its lesson no more; `was` is None if its text wasn't kept."""

    given: Given
    was: Former | None


def former(lesson: Lesson, recall_id: str, given: Given) -> Former | None:
    """The question of that id as it was when this was answered; None if the text of then wasn't kept."""
    then = as_read(given.source, lesson.path) if given.source else None
    recall = next((recall for recall in then.recalls if recall.id == recall_id), None) if then else None
    return Former(*(render(text) for text in (recall.ask, recall.answer, recall.why))) if recall else None


def put_otherwise(lesson: Lesson, given: Mapping[str, Given]) -> dict[str, Former]:
    """Questions that were put in other words when they were answered, as they were put then."""
    found = {}
    for recall in lesson.recalls:
        was = former(lesson, recall.id, given[recall.id]) if recall.id in given else None
        if was and was.ask != render(recall.ask):
            found[recall.id] = was
    return found


def taken_out(lesson: Lesson, given: Mapping[str, Given]) -> tuple[TakenOut, ...]:
    """Answers to questions that the lesson no longer asks: they stay readable."""
    asked = {recall.id for recall in lesson.recalls}
    return tuple(TakenOut(answer, former(lesson, id, answer)) for id, answer in given.items() if id not in asked)
