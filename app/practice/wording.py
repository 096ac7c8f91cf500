"""What an entry says of itself, in the words that pages and confirmations share."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.practice.forms import FURTHEST_BACK
from course.practice import BEGAN, CHANNELS, LINES, SIGNS, THRESHOLD, Entry, Promise, Rubric
from course.wording import counted, dated, spell

SILENT = "no answer yet"
OWN_OFFER = "nothing of it was about them"
TOO_FEW = f"{spell(THRESHOLD)} of ten make connecting"
TIMES = ("", "once", "twice")


@dataclass(frozen=True)
class FormWords:
    """What the form of an entry says and allows on a day; the verdict's words are those of the confirmation."""

    today: date
    silent: str = SILENT
    offer: str = OWN_OFFER
    threshold: int = THRESHOLD

    @property
    def earliest(self) -> date:
        """The first day an entry may tell of."""
        return self.today - FURTHEST_BACK


def why_contacting(rubric: Rubric) -> str:
    """The first thing that keeps an exchange from connecting; empty where nothing does."""
    if rubric.connecting:
        return ""
    if rubric.two_way == 0:
        return SILENT
    return OWN_OFFER if rubric.about_them == 0 else TOO_FEW


def in_words(minutes: int, rubric: Rubric | None, alias: str) -> str:
    """An entry in one phrase: who, the sum of the five lines, and by which rule it counts as what."""
    if rubric is None:
        return f"{counted(minutes, 'minute')} on your own"
    why = why_contacting(rubric)
    return f"{alias}, {rubric.total} of 10, {rubric.verdict}" + (f": {why}" if why else "")


def before_the_ledger(day: date, start: date | None) -> str:
    """That what happened before the ledger's first day counts as put in on it; empty for any other day. Method §8."""
    if start is None or day >= start:
        return ""
    return f" It lies before {dated(start)}, the first day of your ledger: its minutes count as put in on that day."


class Told(Protocol):
    """Whatever says how it happened and who began."""

    @property
    def channel(self) -> str | None: ...
    @property
    def began(self) -> str | None: ...


def how(entry: Told) -> str:
    """Channel and who began: `Call, I began`."""
    if entry.channel is None or entry.began is None:
        return "On my own"
    began = BEGAN[entry.began]
    return f"{CHANNELS[entry.channel]}, {began if entry.began == 'me' else began.lower()}"


def corrected(times: int) -> str:
    """How often an entry was corrected: `corrected twice`; empty if never."""
    if times == 0:
        return ""
    return f"corrected {TIMES[times] if times < len(TIMES) else spell(times) + ' times'}"


def facts_of(entry: Entry, *, alias: str, note: str, promise: Promise | None, exercise: str) -> dict[str, str]:
    """Everything that an entry says, label by label; what it doesn't say is left out."""
    told = {
        "Day": dated(entry.on),
        "With": alias or "nobody, on my own",
        "How": how(entry) if entry.channel else "",
        "Minutes": str(entry.minutes),
        **lines_of(entry.rubric),
        "What happens next": entry.step + (f", by {dated(entry.step_due)}" if entry.step_due else ""),
        "Promise": f"{promise.text}, by {dated(promise.due)}" if promise else "",
        "Exercise": exercise,
        "They": SIGNS.get(entry.sign or "", ""),
        "Note": note,
    }
    return {label: words for label, words in told.items() if words}


def lines_of(rubric: Rubric | None) -> dict[str, str]:
    """The five lines, each with its points and what they mean."""
    if rubric is None:
        return {}
    return {line.name: f"{points}, {line.anchors[points]}" for line, points in zip(LINES, rubric.points, strict=True)}
