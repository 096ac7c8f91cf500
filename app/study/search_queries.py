"""Passages of the course that hold what is looked for: one question, asked in each engine's own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from app.db import db
from course.search import Word

MOST = 30
"""Passages shown at most: the best of each lesson first, so that none is crowded out by another's."""

MOST_OF_ONE = 3
"""Passages of one lesson, and terms of the glossary, at most."""


@dataclass(frozen=True)
class Hit:
    """A passage that was found. `found` are the words of it that were looked for, in the form they have there."""

    lesson_id: str
    anchor: str
    heading: str
    text: str
    found: frozenset[str]


@dataclass(frozen=True)
class Dialect:
    """How an engine is asked. A word holds only letters and digits, so that in quotes it is never syntax."""

    quote: str
    both: str
    either: str
    sql: str

    def question(self, words: Sequence[Word], *, every: bool) -> str:
        """The words as the engine's full-text query: each in one of its forms; all of them, or any."""
        groups = [self.either.join(f"{self.quote}{form}{self.quote}" for form in forms) for forms in words]
        return (self.both if every else self.either).join(f"({group})" for group in groups)


# A word in a heading weighs as much as several in the text. FTS5 ranks by bm25, the lower the better.
SQLITE = Dialect(
    quote='"',
    both=" AND ",
    either=" OR ",
    sql="""
    WITH hit AS MATERIALIZED (
        SELECT rowid AS id, bm25(passage_index, 8.0, 1.0) AS rank,
            highlight(passage_index, 0, '[', ']') || ' ' || highlight(passage_index, 1, '[', ']') AS marked
        FROM passage_index WHERE passage_index MATCH :question
    ), placed AS (
        SELECT id, rank, marked, row_number() OVER (PARTITION BY lesson_id ORDER BY rank, id) AS nth
        FROM hit JOIN passage USING (id)
    )
    SELECT lesson_id, anchor, heading, text, marked FROM placed JOIN passage USING (id)
    WHERE nth <= :most_of_one ORDER BY nth, rank, id LIMIT :most
    """,
)
# Only what is shown is marked: taking a passage apart again costs PostgreSQL more than finding it.
POSTGRESQL = Dialect(
    quote="'",
    both=" & ",
    either=" | ",
    sql="""
    WITH hit AS (
        SELECT id, lesson_id, -ts_rank(search, asked, 1) AS rank
        FROM passage, to_tsquery('course_words', :question) AS asked WHERE search @@ asked
    ), placed AS (
        SELECT id, rank, row_number() OVER (PARTITION BY lesson_id ORDER BY rank, id) AS nth FROM hit
    ), best AS (
        SELECT id, nth, rank FROM placed WHERE nth <= :most_of_one ORDER BY nth, rank, id LIMIT :most
    )
    SELECT lesson_id, anchor, heading, text, ts_headline(
        'course_words', heading_words || ' ' || text_words, to_tsquery('course_words', :question),
        'HighlightAll = true, StartSel = "[", StopSel = "]"') AS marked
    FROM best JOIN passage USING (id) ORDER BY nth, rank, id
    """,
)


@dataclass(frozen=True)
class Found:
    """What was found, the best first, and whether every passage of it holds all the words."""

    hits: tuple[Hit, ...] = ()
    every: bool = True


def find(words: Sequence[Word]) -> Found:
    """The passages that hold all of these words; where there are none, those that hold some."""
    hits = passages_with(words)
    if hits or len(words) < 2:
        return Found(hits)
    return Found(passages_with(words, every=False), every=False)


def passages_with(words: Sequence[Word], *, every: bool = True) -> tuple[Hit, ...]:
    """The passages that hold all of these words, or any of them: the best of each lesson first, at most thirty.

    Words are compared by their stems. None are found where nothing is asked.
    """
    if not words:
        return ()
    dialect = SQLITE if db.engine.dialect.name == "sqlite" else POSTGRESQL
    asked = {"question": dialect.question(words, every=every), "most": MOST, "most_of_one": MOST_OF_ONE}
    return tuple(
        Hit(row.lesson_id, row.anchor, row.heading, row.text, marked_in(row.marked))
        for row in db.session.execute(text(dialect.sql), asked)
    )


def marked_in(words: str) -> frozenset[str]:
    """What an engine put between brackets: the words are bare, so that no other brackets are there."""
    return frozenset(word for part in words.split("[")[1:] for word in part.partition("]")[0].split())
