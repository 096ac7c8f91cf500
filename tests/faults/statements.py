"""A migration that is killed in place of each of its statements, one after another.

The same database takes every attempt: were anything left of one, the next would stumble over it. The last attempt is
the one that is not killed, because there is no such statement any more.
"""

from dataclasses import dataclass

from sqlalchemy import text

from app.schema import revisions
from tests.faults.site import Site, beside

# Everything that a migration can change of a schema, in the words of each engine.
SCHEMA = {
    "sqlite": ("SELECT type, name, tbl_name, sql FROM sqlite_master",),
    "postgresql": (
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, "
        "generation_expression FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    ),
}

Schema = list[str]


def schema(site: Site) -> Schema:
    """What the schema is now, with the migration that it says it is at."""
    with beside(site.url) as engine, engine.connect() as connection:
        found = [str(tuple(row)) for ask in SCHEMA[engine.dialect.name] for row in connection.execute(text(ask))]
        if any("alembic_version" in row for row in found):
            found += [str(tuple(row)) for row in connection.execute(text("SELECT version_num FROM alembic_version"))]
        if engine.dialect.name == "sqlite":
            found += [str(tuple(row)) for row in connection.execute(text("PRAGMA integrity_check"))]
    return sorted(found)


@dataclass(frozen=True)
class Killed:
    """A migration that was killed so many times, and the kills after which the schema was not what it had been."""

    revision: str
    kills: int
    torn: list[int]
    completed: bool


def killed_at_every_statement(site: Site, revision: str) -> Killed:
    """Bring the site to this migration from the one before it, by way of every kill there can be."""
    old, torn, number = schema(site), list[int](), 0
    while True:
        number += 1
        code = site.nursery.migrate(to=revision, environment=site.environment, die_at=number)
        if code != -9:
            break
        if schema(site) != old:
            torn.append(number)
    new = schema(site)
    return Killed(revision, number - 1, torn, code == 0 and f"('{revision}',)" in new and new != old)


def newest(count: int) -> tuple[str, list[str]]:
    """The newest so many migrations, and the one before them."""
    found = revisions()
    return found[-count - 1], found[-count:]
