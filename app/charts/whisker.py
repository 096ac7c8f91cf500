"""A share with its interval on a line from 0 to 100 %, small enough to stand in a table."""

from dataclasses import dataclass

from app.charts.figures import Number
from app.charts.scale import tidy
from app.filters import percent

LENGTH = 100
MARGIN = 6
"""Room at both ends, so that a dot at 0 or 100 % is whole."""


@dataclass(frozen=True)
class Whisker:
    """Places on the line, and the words that say the same. All places are None while there is no share."""

    dot: float | None
    low: float | None
    high: float | None
    share: str
    words: str


NONE_YET = Whisker(dot=None, low=None, high=None, share="–", words="No rated entries yet")


def whisker(share: Number | None, low: Number | None = None, high: Number | None = None) -> Whisker:
    """A share 0…1 and its interval; None where nothing has been rated, the interval None where there is none.

    Raises ValueError unless 0 ≤ low ≤ share ≤ high ≤ 1.
    """
    if share is None:
        return NONE_YET
    if low is None or high is None:
        low = high = None
        words = percent(share)
    else:
        words = f"{percent(share)}, likely between {_bare(low)} and {percent(high)}"
    if not 0 <= (share if low is None else low) <= share <= (share if high is None else high) <= 1:
        raise ValueError("a share lies between its bounds, and they between 0 and 1")
    return Whisker(dot=_place(share), low=_place(low), high=_place(high), share=percent(share), words=words)


def _place(share: Number | None) -> float | None:
    return None if share is None else tidy(MARGIN + LENGTH * float(share))


def _bare(share: Number) -> str:
    return percent(share).removesuffix("%").rstrip()
