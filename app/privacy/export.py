"""A copy of everything that is kept about somebody: one ZIP with a JSON and a CSV file for each table, and a manifest.

What goes in follows from the declarations: the rows that are theirs, without secrets and without other people's
numbers. It is written row by row to a file beside, so that a long log costs no memory.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Select, select, text
from sqlalchemy.engine import Connection, Engine

from app.db import Base, db, reading
from app.privacy.declarations import TABLES
from app.privacy.declared import Table
from app.privacy.owned import owned
from course.csv_cells import harmless

AT_ONCE = 500
IN_MEMORY = 1_000_000
PIECE = 64 * 1024


def copy_of(person_id: int, *, made_at: datetime) -> Iterator[bytes]:
    """The ZIP in pieces, to be read once the request is over: there is no application then to ask for its engine."""
    return pieces(db.engine, person_id, made_at=made_at)


def pieces(engine: Engine, person_id: int, *, made_at: datetime) -> Iterator[bytes]:
    """The ZIP in pieces. It is complete before the first of them is given out: what fails on the way gives none."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as packed:
        with at_once(engine) as connection:
            write(packed, connection, person_id=person_id, made_at=made_at)
        packed.seek(0)
        while piece := packed.read(PIECE):
            yield piece


@contextmanager
def at_once(engine: Engine) -> Iterator[Connection]:
    """One reading transaction, which sees one state of the database and keeps no writer waiting."""
    token = reading.set(True)
    level = "REPEATABLE READ" if engine.dialect.name == "postgresql" else "SERIALIZABLE"
    try:
        with engine.connect().execution_options(isolation_level=level) as connection:
            yield connection
    finally:
        reading.reset(token)


def write(target: IO[bytes], connection: Connection, *, person_id: int, made_at: datetime) -> None:
    """Write the ZIP of the person's rows."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        tables = [
            pack(archive, table, connection, person_id=person_id, at=made_at)
            for table in TABLES.values()
            if table.given_out
        ]
        manifest = {
            "what": "Everything that Connect before you count keeps about you, table by table.",
            "made_at": made_at.isoformat(),
            "schema_revision": connection.scalar(text("SELECT version_num FROM alembic_version")),
            "note": "JSON holds the values as they are. In CSV, text that a spreadsheet would run begins with an "
            "apostrophe. Amounts are in minor units (cents).",
            "tables": tables,
        }
        archive.writestr(member("manifest.json", made_at), json.dumps(manifest, indent=1, ensure_ascii=False))


def pack(archive: ZipFile, table: Table, connection: Connection, *, person_id: int, at: datetime) -> dict[str, Any]:
    """Write the two files of a table, and say what the manifest says of it."""
    rows = connection.execution_options(yield_per=AT_ONCE).execute(statement(table, person_id)).mappings()
    names = [each.name for each in table.given_out]
    with SpooledTemporaryFile(max_size=IN_MEMORY) as beside:
        count, as_json = write_rows(archive, member(f"json/{table.name}.json", at), rows, beside=(beside, names))
        beside.seek(0)
        as_csv = copy(archive, member(f"csv/{table.name}.csv", at), beside)
    return {
        "table": table.name,
        "purpose": table.purpose,
        "kept": table.kept,
        "rows": count,
        "columns": {each.name: each.meaning for each in table.given_out},
        "withheld": dict(table.withheld),
        "files": {f"json/{table.name}.json": as_json, f"csv/{table.name}.csv": as_csv},
    }


def write_rows(
    archive: ZipFile, name: ZipInfo, rows: Any, *, beside: tuple[IO[bytes], Sequence[str]]
) -> tuple[int, dict[str, Any]]:
    """Write the rows as JSON, and beside as CSV; how many, and the JSON file's size and SHA-256."""
    csv_file, names = beside
    sheet = io.TextIOWrapper(csv_file, "utf-8", newline="")
    # A mark at the front tells every program that it is UTF-8.
    sheet.write("\ufeff")
    table = csv.writer(sheet)
    table.writerow(names)
    count = 0
    with archive.open(name, "w") as packed:
        file = Hashed(packed)
        for row in rows:
            file.write(("[\n" if count == 0 else ",\n").encode() + as_json(row))
            table.writerow([cell(value) for value in row.values()])
            count += 1
        file.write(b"\n]\n" if count else b"[]\n")
    sheet.flush()
    sheet.detach()
    return count, file.told


def copy(archive: ZipFile, name: ZipInfo, source: IO[bytes]) -> dict[str, Any]:
    """Copy a file into the ZIP; its size and SHA-256."""
    with archive.open(name, "w") as packed:
        file = Hashed(packed)
        while piece := source.read(PIECE):
            file.write(piece)
    return file.told


class Hashed:
    """A file in the ZIP that counts and hashes what is written to it."""

    def __init__(self, target: IO[bytes]) -> None:
        self.target, self.hash, self.size = target, hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        self.hash.update(data)
        self.size += len(data)
        self.target.write(data)

    @property
    def told(self) -> dict[str, Any]:
        """Size in bytes and SHA-256 in hex."""
        return {"bytes": self.size, "sha256": self.hash.hexdigest()}


def member(name: str, at: datetime) -> ZipInfo:
    """A file of the ZIP, written at that instant."""
    info = ZipInfo(name, date_time=at.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    return info


def statement(table: Table, person_id: int) -> Select[Any]:
    """The rows of a table that are the person's, with the columns that are given out, in their order."""
    schema = Base.metadata.tables[table.name]
    mine = select(*(schema.c[each.name] for each in table.given_out)).where(owned(table, person_id))
    if table.only is not None:
        mine = mine.where(schema.c[table.only].is_not(None))
    return mine.order_by(*schema.primary_key)


def as_json(row: Mapping[str, Any]) -> bytes:
    """A row as one line of JSON."""
    return json.dumps({name: plain(value) for name, value in row.items()}, ensure_ascii=False).encode()


def plain(value: Any) -> Any:
    """A value as JSON has it: instants and days by ISO 8601, decimals exactly, as text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def cell(value: Any) -> Any:
    """A value as a spreadsheet has it: nothing in it is run."""
    if isinstance(value, str):
        return harmless(value)
    return harmless(json.dumps(value, ensure_ascii=False)) if isinstance(value, dict | list) else plain(value)
