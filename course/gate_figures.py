"""The figures that the gate's tests and stop rules share: own rates, what hours carry, what a letter costs.

Method §5. Each is counted up to a day; nothing dated later counts.
"""

from bisect import bisect_left
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor

from course.cadence import Status, status
from course.gate_facts import Facts, Terms, last_up_to
from course.goal import OWN_FROM
from course.share import Share


def personal_rate(facts: Facts, day: date) -> Share:
    """Openers of the last ninety days that were answered, up to the day. One written yesterday counts."""
    openers = facts.openers.up_to(day)
    return Share(sum(each.answered is not None and each.answered <= day for each in openers), len(openers))


def wins(facts: Facts, day: date) -> Share:
    """Openers of the last ninety days whose person has bought since."""
    openers = facts.openers.up_to(day)
    return Share(sum(each.bought is not None and each.bought.on <= day for each in openers), len(openers))


def reply_rate(facts: Facts, day: date) -> Share:
    """The share of letters to expect an answer to: of the last batch that was counted, before the first of openers."""
    sent = [batch for batch in facts.sent.up_to(day) if batch.counted]
    return Share(sent[-1].replies, sent[-1].size) if sent else personal_rate(facts, day)


def core_overdue(facts: Facts, day: date) -> Share:
    """Of the core with whom the learner has spoken, those past their rhythm: overdue or worse."""
    spoke = {id: last_up_to(facts.spoke.get(id, ()), day) for id in facts.core}
    known = [status((day - last).days, facts.core[id]) for id, last in spoke.items() if last]
    return Share(sum(each not in (Status.FRESH, Status.DUE_SOON) for each in known), len(known))


def largest_batch(terms: Terms | None, rate: Share) -> int | None:
    """⌊H/(p·h_reply + h_send)⌋: the letters whose answers the hours carry; None while p is not the learner's own."""
    if terms is None or rate.n < OWN_FROM:
        return None
    each = Fraction(rate.successes, rate.n) * terms.reply_minutes + terms.send_minutes
    return floor(terms.minutes / each) if each else None


def cost_per_send(terms: Terms | None, rate: Share, hour: Decimal | None) -> Decimal | None:
    """Everything one letter costs: its time and its replies' at the value of an hour, and cash; None if unknown."""
    if terms is None or hour is None or rate.n < OWN_FROM:
        return None
    minutes = terms.send_minutes + Decimal(rate.successes) / rate.n * terms.reply_minutes
    return minutes / 60 * hour + terms.send_cost


@lru_cache(maxsize=256)
def fewest(n: int, bar: float) -> int:
    """The fewest of n whose interval's bottom reaches the bar; n + 1 if not even all of them do."""
    return bisect_left(range(n + 1), bar, key=lambda count: Share(count, n).low or 0.0)
