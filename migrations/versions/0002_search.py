"""Search over the lessons: their passages, and an index in each engine's own way.

Both stem by Porter's rules and leave no word out, so that the same words find the same lessons on either. What is
indexed holds only letters, digits and blanks: neither engine's own way of taking a text apart comes into it.
"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The index reads the rows of `passage` and is told by triggers what has changed in them. A later batch alter of that
# table on SQLite recreates it and must create these triggers again.
ON_SQLITE = (
    "CREATE VIRTUAL TABLE passage_index USING fts5("
    "heading_words, text_words, content='passage', content_rowid='id', tokenize='porter unicode61')",
    "CREATE TRIGGER passage_added AFTER INSERT ON passage BEGIN "
    "INSERT INTO passage_index (rowid, heading_words, text_words) "
    "VALUES (new.id, new.heading_words, new.text_words); END",
    "CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN "
    "INSERT INTO passage_index (passage_index, rowid, heading_words, text_words) "
    "VALUES ('delete', old.id, old.heading_words, old.text_words); END",
    "CREATE TRIGGER passage_changed AFTER UPDATE ON passage BEGIN "
    "INSERT INTO passage_index (passage_index, rowid, heading_words, text_words) "
    "VALUES ('delete', old.id, old.heading_words, old.text_words); "
    "INSERT INTO passage_index (rowid, heading_words, text_words) "
    "VALUES (new.id, new.heading_words, new.text_words); END",
)
ON_POSTGRESQL = (
    # PostgreSQL's own `english` leaves small words out and stems by later rules; SQLite's FTS5 does neither.
    "CREATE TEXT SEARCH DICTIONARY course_stem (TEMPLATE = snowball, LANGUAGE = porter)",
    "CREATE TEXT SEARCH CONFIGURATION course_words (COPY = pg_catalog.simple)",
    "ALTER TEXT SEARCH CONFIGURATION course_words ALTER MAPPING REPLACE simple WITH course_stem",
    "ALTER TABLE passage ADD COLUMN search tsvector NOT NULL GENERATED ALWAYS AS ("
    "setweight(to_tsvector('course_words', heading_words), 'A') || "
    "setweight(to_tsvector('course_words', text_words), 'D')) STORED",
    "CREATE INDEX ix_passage_search ON passage USING gin (search)",
)


def upgrade() -> None:
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("heading_words", sa.Text(), nullable=False),
        sa.Column("text_words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("lesson_id", "place", name=op.f("uq_passage_lesson_id_place")),
    )
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passage_index")
    op.drop_table("passage")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP TEXT SEARCH CONFIGURATION course_words")
        op.execute("DROP TEXT SEARCH DICTIONARY course_stem")
