"""One lesson file: its parts as values, or every fault in it. The format: docs for authors, and `lessons/`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints

from course import source as files
from course.fault import Fault, Faults, in_order
from course.fences import Part, front_matter, split
from course.practice import Rubric
from course.tables import checked

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Points = Annotated[int, Field(strict=True, ge=0, le=2)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=600)]

WORDS_A_MINUTE = 200
MINUTES_A_RECALL = 0.75
"""What a careful reader reads, and what answering takes beyond reading. Rules of this course, not findings."""

_SLOT = re.compile(r"\{([^{}]+)\}")
_WORD = re.compile(r"[^\W_]")
_TARGET = re.compile(r"(?<=\])\([^()\s]*\)")
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)(\{\w*\})?")


class Frozen(BaseModel):
    """A value read from a file: it doesn't change, and a key nobody declared is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(Frozen):
    """A fenced block. `id` is unique in its lesson and stable for life, `line` is where its fence opens."""

    id: Slug
    _line: int = PrivateAttr(default=1)

    def model_post_init(self, context: Any) -> None:
        self._line = context["line"] if isinstance(context, Mapping) else 1

    @property
    def line(self) -> int:
        return self._line


class Scores(Frozen):
    """The five lines of the rubric, 0, 1 or 2 each. Method §1."""

    personal: Points
    two_way: Points
    about_them: Points
    value: Points
    next_step: Points

    @property
    def rubric(self) -> Rubric:
        """The same as the practice log rates it: its total, its verdict."""
        return Rubric(**dict(self))

    @property
    def total(self) -> int:
        """0…10."""
        return self.rubric.total

    @property
    def connecting(self) -> bool:
        """Whether the log would call it connecting."""
        return self.rubric.connecting


class Version(Frozen):
    """One of two ways to do the same thing. `text` and `reason` are Markdown; `scores` where the rubric applies."""

    label: Text
    text: Text
    scores: Scores | None = None
    reason: Text


class Example(Block):
    """A worked example: two versions, side by side."""

    kind: ClassVar[Literal["example"]] = "example"
    title: Text
    versions: Annotated[tuple[Version, ...], Field(alias="version", min_length=2, max_length=2)]


class Recall(Block):
    """A short-answer question: what to ask, the model answer, and why it is that. All three are Markdown."""

    kind: ClassVar[Literal["recall"]] = "recall"
    ask: Text
    answer: Text
    why: Text

    @property
    def wording(self) -> str:
        """Tells this question from the same one put in other words: 16 hexadecimal digits."""
        return files.content_hash(self.ask)[:16]


class Exercise(Block):
    """A task in the field. `task`, `log` and `good` are Markdown; `plan` is one sentence, "If {day} …, then I …"."""

    kind: ClassVar[Literal["exercise"]] = "exercise"
    title: Text
    minutes: Minutes
    task: Text
    plan: Text
    log: Text
    good: Text

    @property
    def if_part(self) -> str:
        """The plan up to ", then"; all of it if it isn't put that way."""
        return self.plan.partition(", then ")[0]

    @property
    def then_part(self) -> str | None:
        """The plan from "then" on, without its comma; None if it isn't put that way."""
        return f"then {rest}" if (rest := self.plan.partition(", then ")[2]) else None

    @property
    def slots(self) -> tuple[str, ...]:
        """The words in braces that the learner fills in, each once, in order: ("day", "time", "place")."""
        return tuple(dict.fromkeys(_SLOT.findall(self.plan)))


class Prose(Frozen):
    """A run of Markdown between blocks; `line` is where it begins in the file."""

    kind: ClassVar[Literal["prose"]] = "prose"
    markdown: str
    line: int


LessonBlock = Prose | Example | Recall | Exercise


class FrontMatter(Frozen):
    """What stands between the +++ lines."""

    id: Slug
    title: Text
    claim: Text
    skill: Text
    # Pydantic's models have a method of the plain name.
    construct_id: Slug = Field(alias="construct")
    minutes: Minutes
    sources: tuple[Text, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson as written. Two readings of the same text at the same path are equal.

    `title`, `claim`, `skill` and `sources` are plain text; `minutes` is the time to read; `construct` an id of the
    self-assessment; `path` is relative to the library; `source` is the normalised text that `content_hash` is of.
    """

    path: str
    content_hash: str
    id: str = field(compare=False)
    title: str = field(compare=False)
    claim: str = field(compare=False)
    skill: str = field(compare=False)
    construct: str = field(compare=False)
    minutes: int = field(compare=False)
    sources: tuple[str, ...] = field(compare=False)
    blocks: tuple[LessonBlock, ...] = field(compare=False, repr=False)
    source: str = field(compare=False, repr=False)

    @property
    def prose(self) -> tuple[Prose, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Prose))

    @property
    def examples(self) -> tuple[Example, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Example))

    @property
    def recalls(self) -> tuple[Recall, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Recall))

    @property
    def exercise(self) -> Exercise:
        return next(block for block in self.blocks if isinstance(block, Exercise))

    @property
    def word_count(self) -> int:
        """Words of the prose and the worked examples, which is what a reader reads before being asked anything.

        A word is whatever stands between blanks and holds a letter or a digit. The addresses of links are not words;
        recalls, the exercise and the scores of an example are not counted.
        """
        read = (block for block in self.blocks if isinstance(block, Prose | Example))
        return sum(words_in(text) for block in read for text in texts_of(block))

    @property
    def reading_minutes(self) -> float:
        """What the lesson takes, counted: all its words, at 200 a minute, and three quarters of one for each recall."""
        words = sum(words_in(text) for block in self.blocks for text in texts_of(block))
        return words / WORDS_A_MINUTE + MINUTES_A_RECALL * len(self.recalls)


def words_in(markdown: str) -> int:
    """How many words a text has. The addresses of links are none, nor is what a picture says to who can't see it."""
    return sum(1 for token in _TARGET.sub("", _PICTURE.sub("", markdown)).split() if _WORD.search(token))


def texts_of(block: LessonBlock) -> tuple[str, ...]:
    """What a reader reads of a block, in its order, in Markdown."""
    match block:
        case Prose():
            return (block.markdown,)
        case Recall():
            return (block.ask, block.answer, block.why)
        case Exercise():
            return (block.title, block.task, block.plan, block.log, block.good)
        case Example():
            versions = (text for version in block.versions for text in (version.label, version.text, version.reason))
            return (block.title, *versions)


_BLOCKS: Mapping[str, type[Example | Recall | Exercise]] = {"example": Example, "recall": Recall, "exercise": Exercise}


def parse(source: str, *, path: str) -> Lesson | Faults:
    """The lesson that `source` holds, or every fault that keeps it from being one, by line. `path` names it in them.

    A lesson that parses can be shown and worked with. Whether it is also as a lesson should be: `course.proofreading`.
    """
    text = files.normalise(source)
    if unreadable := files.unreadable(text, path=path):
        return (unreadable,)
    parts = front_matter(text, path=path)
    if isinstance(parts, Fault):
        return (parts,)
    head, body = parts
    meta = checked(head.text, FrontMatter, path=path, line=head.line, home=1)
    pieces, broken = split(body, path=path)
    read = [_block(piece, path) for piece in pieces]
    blocks = tuple(block for block in read if not isinstance(block, tuple))
    faults = [*broken, *(fault for block in read if isinstance(block, tuple) for fault in block)]
    faults += _faults_of_blocks(blocks, pieces, path)
    if isinstance(meta, FrontMatter) and not faults:
        return _lesson(meta, blocks, path=path, text=text)
    return in_order([*faults, *(meta if isinstance(meta, tuple) else ())])


def _lesson(meta: FrontMatter, blocks: tuple[LessonBlock, ...], *, path: str, text: str) -> Lesson:
    return Lesson(
        path=path,
        content_hash=files.content_hash(text),
        id=meta.id,
        title=meta.title,
        claim=meta.claim,
        skill=meta.skill,
        construct=meta.construct_id,
        minutes=meta.minutes,
        sources=meta.sources,
        blocks=blocks,
        source=text,
    )


def _block(part: Part, path: str) -> LessonBlock | Faults:
    home = part.line if part.kind == "prose" else part.line - 1
    if refusal := files.too_much(part.text):
        return (Fault(path, home, refusal),)
    if part.kind == "prose":
        return Prose(markdown=part.text, line=home)
    return checked(part.text, _BLOCKS[part.kind], path=path, line=part.line, home=home)


def _faults_of_blocks(blocks: tuple[LessonBlock, ...], parts: tuple[Part, ...], path: str) -> Faults:
    """Ids used twice, and any number of exercises but one. A learner's work hangs on both."""
    faults, seen = [], dict[str, int]()
    for block in blocks:
        if isinstance(block, Block) and seen.setdefault(block.id, block.line) != block.line:
            what = f"the id `{block.id}` is taken by the block on line {seen[block.id]}; choose another"
            faults.append(Fault(path, block.line, what))
    exercises = [part.line - 1 for part in parts if part.kind == "exercise"]
    if len(exercises) != 1:
        what = f"a lesson has exactly one exercise, this one has {len(exercises)}; mend that"
        faults.append(Fault(path, exercises[1] if exercises else 1, what))
    return tuple(faults)
