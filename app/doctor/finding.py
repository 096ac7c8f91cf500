"""One thing that was looked at: well, worth a look, or wrong, with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

WELL, LOOK, WRONG = "well", "look", "wrong"


@dataclass(frozen=True)
class Finding:
    """`what` is a sentence on what was found; `mend` what to do, empty where all is well."""

    state: str
    what: str
    mend: str = ""


Findings = Iterator[Finding]


def well(what: str) -> Finding:
    return Finding(WELL, what)


def look(what: str, mend: str) -> Finding:
    """It works, and somebody should know."""
    return Finding(LOOK, what, mend)


def wrong(what: str, mend: str) -> Finding:
    """It does not work, or soon won't, or is open to others."""
    return Finding(WRONG, what, mend)
