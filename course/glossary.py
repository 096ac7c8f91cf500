"""glossary.toml: the words that the course uses in a sense of its own, each with its meaning."""

from collections.abc import Collection
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from course import source as files
from course.fault import Fault, Faults, in_order
from course.headings import slug
from course.lesson import Slug, Text
from course.tables import checked, line_of

FILE = "glossary.toml"


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Term(_Table):
    """One word, what it means here in plain text, and the id of the lesson that works with it, if there is one."""

    word: Text
    meaning: Text
    lesson: Slug | None = None

    @property
    def anchor(self) -> str:
        """Its place in the glossary's page: the word as a slug."""
        return slug(self.word)


class Glossary(_Table):
    """All words, as the file has them."""

    terms: Annotated[tuple[Term, ...], Field(alias="term", min_length=1)]

    @property
    def in_order(self) -> tuple[Term, ...]:
        """By the alphabet, as a reader looks them up."""
        return tuple(sorted(self.terms, key=lambda term: term.word.casefold()))


def parse(text: str, *, path: str = FILE) -> Glossary | Faults:
    """The glossary that `text` holds, or every fault of it, by line. Whether its lessons exist: `proofread`."""
    source = files.normalise(text)
    if unreadable := files.unreadable(source, path=path):
        return (unreadable,)
    read = checked(source, Glossary, path=path, line=1)
    if isinstance(read, tuple):
        return in_order(read)
    anchors = [term.anchor for term in read.terms]
    twice = [number for number, anchor in enumerate(anchors) if anchors.index(anchor) != number]
    what = "`{}` is explained above already; remove one of the two"
    return (
        tuple(Fault(path, _line(source, number, "word"), what.format(read.terms[number].word)) for number in twice)
        or read
    )


def proofread(glossary: Glossary, source: str, lesson_ids: Collection[str], *, path: str = FILE) -> Faults:
    """Every term that points to a lesson which isn't there."""
    what = "the term leads to lesson `{}`, which isn't there; correct the id"
    dead = [
        (number, term.lesson) for number, term in enumerate(glossary.terms) if term.lesson not in {None, *lesson_ids}
    ]
    return tuple(Fault(path, _line(source, number, "lesson"), what.format(lesson)) for number, lesson in dead)


def _line(source: str, number: int, key: str) -> int:
    return line_of(source, ("term", number, key)) or 1
