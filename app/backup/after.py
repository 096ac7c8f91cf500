"""What must be done to a restored database before anybody reads it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from app.backup.revived import hold_mail, sign_out
from app.db import db

# Each is run in its order and says in a sentence what it did, or nothing. It uses db.session, and does not commit.
# Whatever has been erased since the backup was taken is erased before them again.
AFTER_RESTORE: list[Callable[[], str]] = [sign_out, hold_mail]


def after_restore(connection: Connection) -> list[str]:
    """Run all of it within this connection's transaction; what was done, in words."""
    with speaking_through(connection):
        said = [do() for do in AFTER_RESTORE]
        db.session.flush()
    return [words for words in said if words]


@contextmanager
def speaking_through(connection: Connection) -> Iterator[None]:
    """Let db.session ask this database for a while: the queries and actions of the application know no other."""
    db.session.remove()
    session = db.session()
    session.get_bind = lambda *_args, **_kwargs: connection  # type: ignore[method-assign]
    try:
        yield
    finally:
        db.session.remove()
