"""What search reads: the course as passages, kept equal to what was published last."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, insert, select

from app.db import db
from app.models import Passage
from course import glossary, passages
from course.library import Library
from course.search import words_of
from course.source import content_hash


def replace_all(library: Library) -> None:
    """Put the library's passages in the place of those that were kept. Nothing is done where the texts are the same."""
    if set(db.session.scalars(select(Passage.content_hash).distinct())) == set(texts_of(library)):
        return
    db.session.execute(delete(Passage))
    served = [row(*found) for found in (*lesson_passages(library), *term_passages(library))]
    if served:
        db.session.execute(insert(Passage), served)


def texts_of(library: Library) -> Iterator[str]:
    """The hash of each text that search reads."""
    yield from (lesson.content_hash for lesson in library.lessons)
    if library.glossary and library.glossary.terms:
        yield content_hash(library.sources[glossary.FILE])


Found = tuple[dict[str, Any], passages.Passage]
"""To whom a passage belongs, and the passage."""


def lesson_passages(library: Library) -> Iterator[Found]:
    for lesson in library.lessons:
        for place, passage in enumerate(passages.passages_of(lesson)):
            yield {"lesson_id": lesson.id, "place": place, "content_hash": lesson.content_hash}, passage


def term_passages(library: Library) -> Iterator[Found]:
    if library.glossary:
        source = content_hash(library.sources[glossary.FILE])
        for place, term in enumerate(library.glossary.terms):
            yield {"lesson_id": "", "place": place, "content_hash": source}, passages.passage_of(term)


def row(belongs: dict[str, Any], passage: passages.Passage) -> dict[str, Any]:
    """A passage as it is kept, with its words made bare for both engines."""
    bare = {f"{part}_words": " ".join(words_of(getattr(passage, part))) for part in ("heading", "text")}
    return {**belongs, **asdict(passage), **bare}
