"""What changing the files means: the lessons as they were published against the library as it would be served.

Nothing here counts learners; who has done what is asked of the database by the ids found here.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from course import lesson as lessons
from course import outline as outlines
from course.catalogue import Library, number_of
from course.lesson import Block, Lesson, Recall, texts_of
from course.outline import Outline

_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Release:
    """The course as it was last published: each lesson by its id, None where its text can no longer be read."""

    lessons: Mapping[str, Lesson | None]
    outline: Outline | None = None

    def number(self, lesson: Lesson) -> str:
        """What people called it then, "1.2"; empty where that isn't known."""
        folder = lesson.path.partition("/")[0]
        folders = [module.folder for module in self.outline.modules] if self.outline else []
        return f"{folders.index(folder) + 1}.{number_of(lesson.path)}" if folder in folders else ""


class RecallChange(Enum):
    """What became of a recall question. Its answers and cards hang on its id."""

    NEW = "new"
    GONE = "gone"
    QUESTION = "another question"
    ANSWER = "another model answer"
    REASON = "another reason"


@dataclass(frozen=True)
class Change:
    """A lesson whose text reads otherwise. `added` and `removed` count words: one that only moved is neither.

    `parts` names what else changed, as an author calls it: the title, the claim, the exercise. What was published is
    None where it can't be read any more; then nothing more is known than that it changed.
    """

    before: Lesson | None
    after: Lesson
    added: int = 0
    removed: int = 0
    parts: tuple[str, ...] = ()
    recalls: tuple[tuple[str, RecallChange], ...] = ()


@dataclass(frozen=True)
class Move:
    """A lesson whose file has another name or place, or whose number is another."""

    before: Lesson
    after: Lesson
    number_before: str
    number: str


@dataclass(frozen=True)
class Removal:
    """A lesson that is in no file any more; `retired` if the outline says so on purpose.

    `instead` is the id that its file has now, if that is new: most likely somebody renamed what must not be.
    """

    lesson_id: str
    title: str
    retired: bool
    instead: str | None = None


@dataclass(frozen=True)
class Impact:
    """Everything that differs. A lesson may have both changed and moved."""

    changed: tuple[Change, ...]
    moved: tuple[Move, ...]
    removed: tuple[Removal, ...]
    new: tuple[Lesson, ...]

    @property
    def nothing(self) -> bool:
        """Whether the files are what was published."""
        return not (self.changed or self.moved or self.removed or self.new)


def release(texts: Sequence[tuple[str, str, str]]) -> Release:
    """What was published last, from lesson id ("" for a file that is no lesson), path and text of each."""
    outline = next((outlines.parse(text) for _, path, text in texts if path == outlines.FILE), None)
    found = {id: lessons.parse(text, path=path) for id, path, text in texts if id}
    return Release(
        lessons={id: lesson if isinstance(lesson, Lesson) else None for id, lesson in found.items()},
        outline=outline if isinstance(outline, Outline) else None,
    )


def impact(before: Release, library: Library) -> Impact:
    """What differs between what was published and what the library would serve.

    A removal is told until its id is retired; one that was retired when it was last published is no news.
    """
    served = {lesson.id: lesson for lesson in library.lessons}
    both = [(before.lessons[id], lesson) for id, lesson in served.items() if id in before.lessons]
    told = before.outline.retired if before.outline else ()
    gone = [id for id in before.lessons if id not in served and id not in told]
    return Impact(
        changed=tuple(change(old, new) for old, new in both if not old or old.content_hash != new.content_hash),
        moved=tuple(move for old, new in both if old and (move := moved(before, old, library=library, new=new))),
        removed=tuple(removal(id, before, library) for id in gone),
        new=tuple(lesson for id, lesson in served.items() if id not in before.lessons),
    )


def removal(lesson_id: str, before: Release, library: Library) -> Removal:
    """What became of a lesson that isn't served."""
    lesson = before.lessons[lesson_id]
    at_its_path = (new.id for new in library.lessons if lesson and new.path == lesson.path)
    instead = next((id for id in at_its_path if id not in before.lessons), None)
    return Removal(lesson_id, lesson.title if lesson else "", lesson_id in library.retired, instead)


def moved(before: Release, old: Lesson, *, library: Library, new: Lesson) -> Move | None:
    """Where a lesson went; None if it stands where it stood."""
    was, number = before.number(old), library.number(new.id)
    stays = old.path == new.path and was in {number, ""}
    return None if stays else Move(old, new, was, number)


def change(before: Lesson | None, after: Lesson) -> Change:
    """What an edited lesson has now that it had not, and the other way round."""
    if before is None:
        return Change(None, after)
    was, now = words_of(before), words_of(after)
    return Change(
        before=before,
        after=after,
        added=(now - was).total(),
        removed=(was - now).total(),
        parts=tuple(parts(before, after)),
        recalls=tuple(recall_changes(before, after)),
    )


def words_of(lesson: Lesson) -> Counter[str]:
    """Every word that a reader reads, and how often it stands there."""
    texts = (lesson.title, lesson.claim, *(text for block in lesson.blocks for text in texts_of(block)))
    return Counter(word for text in texts for word in text.split() if _WORD.search(word))


def parts(before: Lesson, after: Lesson) -> list[str]:
    """What changed besides the prose and the recalls, as an author calls it."""
    named = {
        "title": (before.title, after.title),
        "claim": (before.claim, after.claim),
        "sources": (before.sources, after.sources),
        "minutes": (before.minutes, after.minutes),
        "worked example": (content(before.examples), content(after.examples)),
        "exercise": (content([before.exercise]), content([after.exercise])),
    }
    return [name for name, (was, now) in named.items() if was != now]


def content(blocks: Sequence[Block]) -> list[str]:
    """What blocks hold, wherever in the file they stand."""
    return [block.model_dump_json() for block in blocks]


def recall_changes(before: Lesson, after: Lesson) -> list[tuple[str, RecallChange]]:
    """What became of each recall question, by its id: those of the new text in their order, then those that went."""
    was = {recall.id: recall for recall in before.recalls}
    now = {recall.id: recall for recall in after.recalls}
    found = [(id, kind) for id, recall in now.items() for kind in recall_change(was.get(id), recall)]
    return found + [(id, RecallChange.GONE) for id in was if id not in now]


def recall_change(was: Recall | None, now: Recall) -> list[RecallChange]:
    if was is None:
        return [RecallChange.NEW]
    kinds = {"ask": RecallChange.QUESTION, "answer": RecallChange.ANSWER, "why": RecallChange.REASON}
    return [kind for name, kind in kinds.items() if getattr(was, name) != getattr(now, name)]
