"""What some weeks of practice say, in one sentence for the title of their chart, and no more than they say."""

from collections.abc import Sequence
from math import hypot

from course.practice import Week
from course.share import Share
from course.wording import counted, of, sentence, spell, spoken

# Fewer rated entries than this, and no rate is spoken of. A rule of this course, not a finding.
ENOUGH = 5


def headline(weeks: Sequence[Week]) -> str:
    """The finding in words, borne out by the counts; `weeks` oldest first, as `practice.weeks` gives them.

    No week is compared by itself: the current one has only begun, and a handful of entries says nothing. The later
    half is set against the earlier one, pooled, once each has `ENOUGH` entries, and a difference is told only when it
    is clear. Otherwise the counts of all weeks stand alone.
    """
    half = len(weeks) // 2
    before, after, whole = _pooled(weeks[:half]), _pooled(weeks[half:]), _pooled(weeks)
    span = counted(len(weeks), "week")
    if whole.n == 0:
        return f"No rated entry in {span}"
    if whole.n == 1:
        return f"One entry in {span}, and it {'connected' if whole.successes else 'did not connect'}"
    if whole.n < ENOUGH:
        return sentence(f"{of(whole)} entries connected in {span}: too few to speak of a rate")
    if before.n < ENOUGH or after.n < ENOUGH:
        return sentence(f"{of(whole)} entries connected in {span}")
    if not clearly_differ(before, after):
        return sentence(f"{_entries(whole)} connected in {span}, with no clear change")
    recently = f"the last {counted(len(weeks) - half, 'week')}"
    return sentence(_change(before, after, f"connected in {recently}; in the {spell(half)} before it was"))


def clearly_differ(before: Share, after: Share) -> bool:
    """Whether two shares differ by more than chance explains: the 95 % interval of their difference leaves out 0.

    The interval is built from both Wilson intervals. Source: R. G. Newcombe, 1998, method 10. False where one of
    the shares has no observation.
    """
    lower, upper = sorted((before, after), key=lambda share: share.value or 0.0)
    if lower.value is None or lower.high is None or upper.value is None or upper.low is None:
        return False
    return upper.value - lower.value > hypot(upper.value - upper.low, lower.high - lower.value)


def _change(before: Share, after: Share, between: str) -> str:
    if spoken(before) == spoken(after):  # clear, yet too small a change for such words
        return f"{of(after)} entries {between} {of(before)}"
    return f"{_entries(after)} {between} {spoken(before)}"


def _entries(share: Share) -> str:
    words = spoken(share)
    return {"none": "none of the entries", "all": "all entries"}.get(words, f"{words} entries")


def _pooled(weeks: Sequence[Week]) -> Share:
    return Share(sum(week.connecting for week in weeks), sum(week.rated for week in weeks))
