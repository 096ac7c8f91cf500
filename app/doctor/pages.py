"""Whether a SQLite file has damaged pages, as far as can be told in a given time."""

import logging
from contextlib import closing
from pathlib import Path
from time import perf_counter

from app.db import sqlite_driver as sqlite

log = logging.getLogger("connect")

# How long a start may take to look. A gigabyte takes some seconds.
AT_START = 10.0


def damage(path: Path, *, seconds: float = AT_START) -> str | None:
    """What is wrong with the file, in the database's words; None where nothing was found or the time was up.

    Looks at the pages and not at the indexes: cheap enough for every start.
    """
    until = perf_counter() + seconds
    try:
        with closing(sqlite.connect(f"file:{path}?mode=ro", uri=True, timeout=seconds)) as connection:
            connection.set_progress_handler(lambda: int(perf_counter() > until), 10_000)
            said = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
    except sqlite.OperationalError as error:
        # Locked or not there yet: others say so better.
        if str(error) == "interrupted":
            log.warning(
                "the look at the database's pages was not finished in %.0f s: damage may be in the rest", seconds
            )
        return None
    except sqlite.DatabaseError as error:
        return str(error)
    return None if said == ["ok"] else "; ".join(said)
