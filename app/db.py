"""The engine, its settings with reasons, and the column types that mean the same on both engines."""

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, TypeDecorator, event, func, select
from sqlalchemy.engine import Connection, Engine, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry, Pool

try:
    # The standard library's SQLite may be as old as 3.40, which has the WAL-reset bug.
    from pysqlite3 import dbapi2 as sqlite
except ImportError:  # no wheel for this platform
    sqlite = sqlite3

# For whoever opens a file beside the engine: a backup, the doctor.
sqlite_driver: Any = sqlite

# True while a request that may only read is served: its transactions are read-only on both engines.
reading: ContextVar[bool] = ContextVar("reading", default=False)


class Base(DeclarativeBase):
    """Constraints are named, so that migrations can find them on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)


@contextmanager
def only_reading() -> Iterator[None]:
    """What is asked within keeps no writer waiting, and what was read ends with it: what follows may write."""
    token = reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        reading.reset(token)


if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant in UTC. SQLite gives back what was stored without its zone; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive datetime has no place in the database.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        # In one step instead of three: a page reads up to some thousands of instants.
        return instant_from if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def instant_from(stored: str | None) -> datetime | None:
    """An instant as SQLite keeps it: text in UTC that does not name its zone."""
    return None if stored is None else datetime.fromisoformat(stored + "+00:00")


class Scaled(TypeDecorator[Decimal]):
    """A decimal kept as a whole number of its smallest steps: exact, and comparable in SQL, on both engines."""

    impl: Any = BigInteger
    cache_ok = True
    steps = 1

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int((Decimal(value) * self.steps).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / self.steps


class FourDecimals(Scaled):
    """A figure with four decimals."""

    cache_ok = True
    steps = 10_000


class ShareOfOne(Scaled):
    """A share 0…1 with four decimals, kept as ten-thousandths."""

    impl = Integer
    cache_ok = True
    steps = 10_000


class ExchangeRate(Scaled):
    """What one unit of another currency is worth, with ten decimals."""

    cache_ok = True
    steps = 10**10


class Money(TypeDecorator[int]):
    """Whole minor units (cents); the currency stands beside it or with the owner."""

    impl = BigInteger
    cache_ok = True


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (fixed in 3.51.3, and in 3.50.7 and 3.44.6)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def engine_options(url: str) -> dict[str, Any]:
    """What the engine of this address is made with."""
    # An error must not carry what people typed into the log.
    options: dict[str, Any] = {"hide_parameters": True}
    if url.startswith("sqlite"):
        # No transactions of the driver's own: it would begin them late and lose updates. `begin` below says how.
        return {**options, "module": sqlite_driver, "connect_args": {"isolation_level": None, "timeout": 10}}
    return {
        **options,
        "pool_pre_ping": True,
        # The connection used last is used next: what it has planned is still at hand.
        "pool_use_lifo": True,
        "pool_size": 5,
        "max_overflow": 10,
        "connect_args": {"connect_timeout": 5},
    }


# How many seconds somebody waits for their turn to write, before they are told to come back. Above what a backup or a
# migration takes, below what a browser, or a proxy in front, waits for.
PATIENCE = 10.0


@event.listens_for(Engine, "connect")
def prepare(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Settings that the database keeps for each connection."""
    cursor = connection.cursor()
    if hasattr(connection, "set_trace_callback"):
        prepare_sqlite(cursor)
    else:
        # PostgreSQL would wait for a lock without end, and hold up a thread of the server as long.
        cursor.execute(f"SET lock_timeout = {PATIENCE * 1000:.0f}")
        # What a page needs is in memory. By its own 4, for a disk's head, it reads a whole log for fifty learners.
        cursor.execute("SET random_page_cost = 1.1")
        connection.commit()
    cursor.close()


def prepare_sqlite(cursor: Any) -> None:
    # Readers don't wait for the writer, nor the writer for readers.
    if wal_is_safe(sqlite.sqlite_version_info):
        cursor.execute("PRAGMA journal_mode=WAL")
    # An acknowledged write outlives a power cut; NORMAL would lose the last ones in WAL mode.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute(f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}")
    # SQLite checks references only when told to.
    cursor.execute("PRAGMA foreign_keys=ON")


@event.listens_for(Engine, "begin")
def begin(connection: Connection) -> None:
    """Begin as the request needs it: readers can't write, writers queue before they read."""
    read_only = reading.get()
    if connection.dialect.name == "sqlite":
        if connection.info.get("query_only", False) != read_only:
            connection.exec_driver_sql(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")
            connection.info["query_only"] = read_only
        if read_only:
            connection.exec_driver_sql("BEGIN")
        else:
            begin_writing(connection)
    else:
        begin_on_server(connection, read_only=read_only)


def begin_on_server(connection: Connection, *, read_only: bool) -> None:
    """Begin nothing to read with PostgreSQL: what begins is rolled back, and then it plans each statement anew.

    Every statement sees what is committed when it begins, in a transaction or not. Whoever asks for one state of the
    whole database, as an export does, sets a level of isolation, and gets a transaction.
    """
    driver: Any = connection.connection.dbapi_connection
    if read_only and "isolation_level" not in connection.get_execution_options():
        if not connection.info.get("reads"):
            driver.autocommit = True
        if not connection.info.get("guarded"):
            driver.execute("SET default_transaction_read_only = on")
        connection.info.update(guarded=True, reads=True)
        return
    if connection.info.pop("reads", False):
        driver.autocommit = False
    # It says so in its BEGIN, over whatever the connection's default is.
    driver.read_only = read_only


# SQLite lets waiting writers try again after naps that grow: whoever comes newly is served before them, and under a
# burst some starve until they are told to come back. So the writers of one process stand in line here.
turn = threading.Lock()


def begin_writing(connection: Connection) -> None:
    """Wait for this process's turn to write, then for other processes'."""
    connection.info["has_turn"] = turn.acquire(timeout=PATIENCE)
    try:
        # IMMEDIATE takes the write lock before the first read: what was read can't be overtaken.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        end_turn(connection.info)
        raise


def end_turn(info: dict[Any, Any]) -> None:
    """Let the next writer of this process begin."""
    if info.pop("has_turn", False):
        turn.release()


@event.listens_for(Engine, "commit")
@event.listens_for(Engine, "rollback")
def ended(connection: Connection) -> None:
    # A connection that was lost has no more to tell; its turn has been given back by `given_back`.
    if not connection.invalidated:
        end_turn(connection.info)


@event.listens_for(Pool, "invalidate")
@event.listens_for(Pool, "checkin")
def given_back(_connection: Any, record: ConnectionPoolEntry, *_cause: Any) -> None:
    """However a transaction ended, its connection keeps nobody waiting."""
    end_turn(record.info)


@event.listens_for(Engine, "handle_error")
def forget_read_only(context: ExceptionContext) -> None:
    """Open the file anew after it could not be written: what SQLite opened on a read-only disk stays so for good."""
    name = getattr(context.original_exception, "sqlite_errorname", None) or ""
    if name.startswith("SQLITE_READONLY") and not reading.get():
        context.is_disconnect = True


def in_turn(name: str) -> None:
    """Let the transactions that call this with the same name go on one after the other, until each has ended.

    SQLite's writers queue anyway; PostgreSQL would run them side by side, each blind to what the others count.
    """
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        db.session.execute(select(func.pg_advisory_xact_lock(number)))


def wants_retry(error: DBAPIError) -> bool:
    """Whether PostgreSQL, or an engine that speaks like it, asks for the same transaction again."""
    return getattr(error.orig, "sqlstate", None) in {"40001", "40P01"}


BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN"}


def is_unavailable(error: DBAPIError) -> bool:
    """Whether the database can't serve now (locked, full, read-only, gone), as against being asked nonsense."""
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        return any(name.startswith(busy) for busy in BUSY)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # psycopg lost the server and has no code from it
        return error.connection_invalidated or type(error.orig).__name__ == "OperationalError"
    # 08 connection, 53 out of resources, 57 shut down, 55P03 lock, 25006 read-only, and tries used up.
    return state[:2] in {"08", "53", "57"} or state in {"55P03", "25006", "40001", "40P01"}
