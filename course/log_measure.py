"""What the practice log shows of each construct, to stand beside what learners say of themselves. Method §6.

All of it is a rule of this course, not a finding: say so wherever it is shown. Where the log has no evidence of a
construct it says so in words, since a stand-in would be worse than nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from course.assessment import HIGHEST, Score
from course.calibration import LEAST, Verdict, verdict_of
from course.practice import Entry, Promise, Rubric, current, kept_share, monday_of
from course.share import Share


@dataclass(frozen=True)
class LogMeasure:
    """What the log shows of one construct: a share, and in words what it counts.

    `share` is None where the log can’t see the construct; then `words` say why. A share of nothing yet has n = 0.
    """

    construct_id: str
    share: Share | None
    words: str


@dataclass(frozen=True)
class Beside:
    """What learners say of a construct beside what their log counts of it: both as shares 0…1 of the same thing done.

    An answer of 0…5 is in how many of the last five; the log counts its entries, so the two are near but not the same.
    """

    construct_id: str
    said: float
    counted: Share

    @property
    def verdict(self) -> Verdict:
        """OVER: more is said than the log shows. FITS: the log does not contradict it."""
        return verdict_of(self.said, self.counted)

    @property
    def gap(self) -> float:
        """What is said less what is counted, −1…1."""
        return self.said - (self.counted.value or 0)


def beside(score: Score, measure: LogMeasure) -> Beside | None:
    """The two of one construct; None where an answer is missing, or the log counts fewer than ten or can't see it."""
    if score.mean is None or measure.share is None or measure.share.n < LEAST:
        return None
    return Beside(measure.construct_id, float(score.mean) / HIGHEST, measure.share)


def widest(found: Iterable[Beside]) -> Beside | None:
    """The construct on which the two are furthest apart, of those that the log contradicts; None if of none."""
    apart = [one for one in found if one.verdict is not Verdict.FITS]
    return max(apart, key=lambda one: abs(one.gap), default=None)


Rule = Callable[[Sequence[Entry]], Share]


def log_measure(
    construct_id: str, *, entries: Iterable[Entry], promises: Iterable[Promise], today: date, since: date | None = None
) -> LogMeasure:
    """The measure of one construct from the whole log, counted from `since` (default: the beginning) to `today`.

    Promises count by the day they were due. KeyError for a construct that isn't one of the twelve.
    """
    begin = since or date.min
    if construct_id in _UNSEEN:
        return LogMeasure(construct_id, None, _UNSEEN[construct_id])
    if construct_id == "dependability":
        due = [promise for promise in promises if begin <= promise.due]
        return LogMeasure(construct_id, kept_share(due, today), "promises kept in time, of those due")
    if construct_id == "patience":
        words = "weeks with a touch, of the weeks since your first one"
        return LogMeasure(construct_id, _weeks_tended(_touches(entries, begin, today), today), words)
    rule, words = _RULES[construct_id]
    return LogMeasure(construct_id, rule(_touches(entries, begin, today)), words)


def _touches(entries: Iterable[Entry], begin: date, end: date) -> list[Entry]:
    return [entry for entry in current(entries) if entry.person is not None and begin <= entry.on <= end]


def _rated(counts: Callable[[Rubric], bool]) -> Rule:
    def rule(touches: Sequence[Entry]) -> Share:
        rubrics = [touch.rubric for touch in touches if touch.rubric]
        return Share(sum(counts(rubric) for rubric in rubrics), len(rubrics))

    return rule


def _people_kept(touches: Sequence[Entry]) -> Share:
    """People with at least two answered touches, of all people touched."""
    answered = Counter(touch.person for touch in touches if touch.rubric and touch.rubric.two_way >= 1)
    return Share(sum(n >= 2 for n in answered.values()), len({touch.person for touch in touches}))


def _weeks_tended(touches: Sequence[Entry], today: date) -> Share:
    """Calendar weeks with at least one touch, from the first touch to the week of `today`."""
    tended = {monday_of(touch.on) for touch in touches}
    if not tended:
        return Share(0, 0)
    return Share(len(tended), (monday_of(today) - min(tended)).days // 7 + 1)


_RULES: Mapping[str, tuple[Rule, str]] = MappingProxyType(
    {
        "attending": (_rated(lambda r: r.about_them >= 1), "entries at least partly about them"),
        "holding": (_rated(lambda r: r.about_them == 2), "entries in which they confirmed that you had understood"),
        "responding": (_rated(lambda r: r.value >= 1), "entries in which you gave them something useful"),
        "building": (_rated(lambda r: r.personal >= 1), "entries that were true only of them"),
        "keeping": (_people_kept, "people with two answered touches or more, of all you wrote or spoke to"),
        "asking": (_rated(lambda r: r.next_step >= 1), "entries in which you proposed or agreed a next step"),
        "low-self-focus": (
            _rated(lambda r: r.about_them >= 1 and r.value >= 1),
            "entries neither about your offer nor only an ask",
        ),
    }
)

_UNSEEN: Mapping[str, str] = MappingProxyType(
    {
        "candour": "The log can’t see this: whether a claim came with its proof and its limit isn’t written there.",
        "focus": "The log can’t see this: it shows whom you tended, not whom you chose to leave aside.",
        "honest-measurement": "The log can’t see this: it knows nothing of what was left out of it.",
    }
)
