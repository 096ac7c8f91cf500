"""Who did what that somebody may ask about later: one way to write such a line, and none to change or delete one.

The database refuses to change what a line says, on both engines; only the numbers of erased people are emptied.
"""

from app.db import db
from app.models import Audit

WORDS = {
    "showed": "showed something to a trainer",
    "withdrew": "took back what was shown",
    "read what was shown": "read what was shown",
    "read without being shown": "read what was not shown to them, in an emergency",
    "account created": "made the account",
    "account disabled": "switched the account off",
    "account enabled": "switched the account on again",
    "role given": "gave a role",
    "role taken": "took a role away",
    "trainer named": "let somebody run a cohort",
    "trainer taken off": "took somebody off a cohort",
    "moved to a cohort": "moved a place to another cohort",
    "report given out": "gave out a link to a cohort’s report",
    "report taken back": "took a link to a cohort’s report back",
    "second step taken away": "took the second step of signing in away",
    "moved the address": "moved the account to another address",
    "took the address back": "took the account back to an old address",
    "exported": "took a copy of everything",
    "erased": "erased an account",
    "erased again": "erased an account again, after a restore",
    "searched for somebody": "searched all notes for somebody who asked",
    "found for somebody": "handed out what was found for somebody who asked",
    "blanked for somebody": "blanked what was written about somebody who asked",
}
"""What is done, as a page says it. What is not listed is shown as it is."""


def note(what: str, *, by: int | None, whom: int | None = None, about: str = "", why: str = "") -> None:
    """Add a line: what was done, `by` whom, with data of `whom`, `about` which row, and the reason given."""
    db.session.add(Audit(what=what, person_id=by, whom_id=whom, about=about, why=why))
