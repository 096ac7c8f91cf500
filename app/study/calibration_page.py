"""Calibration as its page shows it: the finding in words first, then the chart, then all answers together."""

from dataclasses import dataclass

from app.charts import CalibrationChart, Stated, calibration_chart
from app.filters import number, percent, plural
from course.calibration import LEAST, LEAST_TOGETHER, Calibration, Level, Verdict
from course.review import Confidence
from course.share import Share

FINDINGS = {
    Verdict.OVER: "Surer than right, on the whole",
    Verdict.UNDER: "More right than sure, on the whole",
    Verdict.FITS: "On the whole, as right as sure",
}


@dataclass(frozen=True)
class Together:
    """All answers as one: each figure with the words that say what it means."""

    finding: str
    answers: str
    stated: str
    right: str
    bias: str
    brier: str


@dataclass(frozen=True)
class CalibrationPage:
    """`lines` are each word and what came of it; `together` is None below twenty answers, `missing` how many lack."""

    answers: int
    heading: str
    lede: str
    chart_title: str
    chart: CalibrationChart
    lines: tuple[tuple[str, str], ...]
    quiet: tuple[str, ...]
    together: Together | None
    missing: int
    words: tuple[tuple[str, str], ...]
    least: int = LEAST
    least_together: int = LEAST_TOGETHER


def calibration_page(found: Calibration) -> CalibrationPage:
    """The page of one learner, from all their graded answers."""
    spoken = [level for level in found.levels if level.spoken]
    return CalibrationPage(
        answers=found.right.n,
        heading=heading(found, spoken),
        lede=lede(found.telling),
        chart_title=chart_title(spoken),
        chart=calibration_chart([stated(level) for level in found.levels]),
        lines=tuple((level.confidence.words, result(level)) for level in spoken),
        quiet=tuple(level.confidence.words for level in found.levels if not level.spoken),
        together=together(found) if found.spoken else None,
        missing=max(0, LEAST_TOGETHER - found.right.n),
        words=tuple((word.words, percent(word.probability)) for word in Confidence),
    )


def heading(found: Calibration, spoken: list[Level]) -> str:
    """The finding: the word furthest from its answers, or that none can be told apart from them."""
    if found.telling:
        return f"When you say {said(found.telling)}, you are right {times(found.telling.right)}"
    if spoken:
        return "So far, you are about as right as you are sure"
    return "Too few answers to say anything yet" if found.right.n else "How sure you are, and how right"


def lede(telling: Level | None) -> str:
    """What the word stands for beside what came of it; empty where nothing stands out."""
    if telling is None:
        return ""
    share, stated = telling.right, percent(telling.stated)
    more = {Verdict.OVER: "You know less there than you say.", Verdict.UNDER: "You know more there than you say."}
    words = more.get(telling.verdict or Verdict.FITS, "")
    return f"The word stands for {stated}. {number(share.successes)} of {number(share.n)} were right. {words}"


def chart_title(spoken: list[Level]) -> str:
    """How many words can be told apart from their answers."""
    off = [level.confidence.words.lower() for level in spoken if level.verdict is not Verdict.FITS]
    if not off:
        return "No word can be told apart from its answers"
    if len(off) == len(spoken) and len(off) > 1:
        return "No word keeps what it promises"
    listed = " and ".join(filter(None, (", ".join(off[:-1]), off[-1])))
    return f"{listed.capitalize()} {plural(len(off), 'lies', 'lie')} off the line"


def result(level: Level) -> str:
    """What came of one word, with what chance leaves open."""
    low, high = number((level.right.low or 0) * 100), percent(level.right.high)
    ends = {
        Verdict.OVER: "surer than right",
        Verdict.UNDER: "more right than sure",
        Verdict.FITS: "no further from the word than chance may put it",
    }
    came = f"{number(level.right.successes)} of {number(level.right.n)} were right, likely between {low} and {high}"
    return f"Stands for {percent(level.stated)}. {came}: {ends[level.verdict or Verdict.FITS]}."


def together(found: Calibration) -> Together:
    """Confidence and correctness of all answers. ValueError without answers."""
    bias, brier, verdict = found.bias, found.brier, found.verdict
    if bias is None or brier is None or verdict is None:
        raise ValueError("nothing has been answered")
    points = number(bias * 100, sign=True)
    chance = " Chance alone may make as much of it." if verdict is Verdict.FITS else ""
    return Together(
        finding=FINDINGS[verdict],
        answers=number(found.right.n),
        stated=percent(found.stated),
        right=f"{percent(found.right.value)}, likely between {number((found.right.low or 0) * 100)} and "
        f"{percent(found.right.high)}",
        bias=f"{points} {plural(abs(round(bias * 100)), 'point')}: what you expected less what was right.{chance}",
        brier=f"{number(brier, 2)}, where 0 is perfect and whoever always says unsure gets 0.25",
    )


def stated(level: Level) -> Stated:
    """One word as it is drawn; without its interval, and so not at all, below ten answers."""
    interval = level.right.interval if level.spoken else None
    low, high = interval or (None, None)
    return Stated(level.confidence.words, level.stated, level.right.successes, level.right.n, low, high)


def said(level: Level) -> str:
    """The word as it stands in a sentence after "you say"."""
    return "you are guessing" if level.confidence is Confidence.GUESSING else level.confidence.words.lower()


def times(right: Share) -> str:
    """So many times of ten, or the counts themselves where ten would round to always or never."""
    tenths = round(10 * right.successes / right.n)
    if 0 < tenths < 10:
        return f"{tenths} {plural(tenths, 'time')} of 10"
    return f"{number(right.successes)} of {number(right.n)} times"
