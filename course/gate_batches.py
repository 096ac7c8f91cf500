"""How large the next batch may be, and what stops it. Method §5.

Fifty, one and a half times, and the three conditions are rules of this course, not findings. A batch that failed one of
them stops the next for ninety days; then a first batch may go again, if the gate is open.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from course.gate import Gate, State
from course.gate_facts import QUARTER, Batch, Facts
from course.gate_figures import largest_batch, personal_rate, reply_rate
from course.gate_seven import NINE_IN_TEN
from course.share import Share
from course.wording import counted, dated, of, spell

FIRST_BATCH = 50
GROWTH = Fraction(3, 2)
PERSONAL_PART = Fraction(1, 2)
MOST_COMPLAINTS = Fraction(1, 1000)
MOST_NAMED = 3


@dataclass(frozen=True)
class StopRule:
    """One condition for the next batch: whether it holds, and in words what was counted against what."""

    name: str
    holds: bool
    words: str
    instead: str


@dataclass(frozen=True)
class NextBatch:
    """Whether a batch may go on a day. `most` is how large, 0 for none; `ceiling` what the rule alone allows.

    `capacity` is what the hours carry, None if unknown. `why_not` and `instead` are said where none may go.
    """

    most: int
    ceiling: int
    capacity: int | None
    last: Batch | None
    rules: tuple[StopRule, ...] = ()
    why_not: str = ""
    instead: str = ""


def next_batch(facts: Facts, found: Gate) -> NextBatch:
    """The next batch by the gate as it was found on its day."""
    day = found.day
    capacity = largest_batch(facts.terms_on(day), reply_rate(facts, day))
    sent = facts.sent.up_to(day)
    last = sent[-1] if sent else None
    rules = stop_rules(last, personal_rate(facts, day)) if last and last.counted else ()
    ceiling = floor(last.size * GROWTH) if last else FIRST_BATCH
    why_not, instead = _stopped(found, last, rules)
    most = 0 if why_not else min(ceiling, capacity or 0)
    return NextBatch(most, ceiling, capacity, last, rules, why_not, instead)


def stop_rules(last: Batch, personal: Share) -> tuple[StopRule, ...]:
    """The three conditions on the last batch; `personal` is the share of openers that are answered."""
    return (_they_answer(last, personal), _you_answer(last), _nobody_minds(last))


def _they_answer(last: Batch, personal: Share) -> StopRule:
    """Its two-way rate is at least half of the personal rate."""
    least = PERSONAL_PART * personal.successes / personal.n * last.size if personal.n else None
    words = f"{last.two_way} of {last.size} took part"
    if least is None:
        words += "; there is no opener in ninety days to hold it against"
    else:
        words += f"; half of what your openers get, {of(personal)}, is {_number(least)}"
    return StopRule(
        "They answer",
        least is not None and last.two_way >= least,
        words,
        "What was multiplied isn’t what was tested. Write ten openers, each for one person, and see what they answer.",
    )


def _you_answer(last: Batch) -> StopRule:
    """Nine in ten of its replies were answered within two working days."""
    words = f"{of(Share(last.answered_in_time, last.replies))} heard from you within two working days"
    return StopRule(
        "You answer",
        last.answered_in_time >= NINE_IN_TEN * last.replies,
        words if last.replies else "Nobody replied, so nobody waited",
        "Answer whoever still waits. Then state fewer hours, or longer ones for a reply: a smaller batch is the cure.",
    )


def _nobody_minds(last: Batch) -> StopRule:
    """Complaints are one in a thousand at most. None in a few says little, and the words say how little."""
    share = Share(last.complaints, last.size)
    words = f"{counted(last.complaints, 'complaint')} in {last.size}"
    if share.successes == 0 and share.high is not None and share.high > MOST_COMPLAINTS:
        words += f". So few letters can’t show more: up to {share.high * 100:.1f} % may mind and not have said so"
    return StopRule(
        "Nobody minds",
        share.successes <= MOST_COMPLAINTS * share.n,
        words,
        "Write to whoever complained, never again, and strike the source their address came from. Then ninety days of "
        "the due list.",
    )


def _stopped(found: Gate, last: Batch | None, rules: tuple[StopRule, ...]) -> tuple[str, str]:
    """Why no batch may go, and what to do instead; both empty where one may."""
    if found.state is not State.OPEN:
        return (
            f"The gate is {found.state}: {_names(found)}",
            "Choose five people you know and have one exchange with each, starting with whoever has waited longest.",
        )
    if last and not last.counted:
        return (
            f"The batch of {dated(last.on)} isn’t counted yet",
            "Answer whoever replied, then note what came back.",
        )
    broken = [rule for rule in rules if not rule.holds]
    if broken and last:
        until = dated(last.on + QUARTER)
        return (f"{broken[0].name}: {broken[0].words}. That stops the next batch until {until}", broken[0].instead)
    return "", ""


def _names(found: Gate) -> str:
    """Which tests don't hold: by name while they are few."""
    *others, last = (test.name for test in found.failing)
    if len(others) >= MOST_NAMED:
        return f"{spell(len(found.failing))} of its tests don’t hold"
    return f"{', '.join(others)} and {last} don’t hold" if others else f"{last} doesn’t hold"


def _number(value: Fraction) -> str:
    """An exact number as it is said: 6.25, 7."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")
