"""The gate in words: its finding, each condition with its figure, and the two sums filled in."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from app.filters import money, number, percent
from course.gate import Gate, State
from course.gate_batches import NextBatch
from course.gate_facts import Terms
from course.gate_seven import Condition, Tested
from course.share import Share
from course.wording import counted, dated, out_of, sentence, spell

NOT_YET = "Not known yet"


def finding(gate: Gate) -> str:
    """The page's title: `Four of seven hold; the gate is closed`."""
    n = len(gate.tests)
    held = {0: f"None of {spell(n)} holds", 1: f"One of {spell(n)} holds", n: f"All {spell(n)} hold"}
    return f"{held.get(gate.passed, f'{sentence(spell(gate.passed))} of {spell(n)} hold')}; the gate is {gate.state}"


def state_in_words(gate: Gate) -> str:
    """What the state means today, and until when."""
    until = dated(gate.valid_until) if gate.valid_until else ""
    if gate.state is State.OPEN:
        return f"A batch may go, as large as the rule below says. Left as it is, the gate is read again by {until}."
    if gate.state is State.PROBATION:
        held = dated(gate.held_on) if gate.held_on else ""
        return (
            f"{gate.failing[0].name} has slipped since {held}, when all seven held. Nothing goes out until it holds "
            f"again; after {until} the gate would be closed."
        )
    return "It takes all seven. What is missing stands beside each; the next is best written to one person at a time."


def history_in_words(read: Sequence[Gate]) -> str:
    """The finding of the past year: when it was open, or how near it came."""
    opened = [gate for gate in read if gate.state is State.OPEN]
    now = read[-1]
    if now.state is State.OPEN:
        since = list(takewhile(lambda gate: gate.state is State.OPEN, reversed(read)))[-1]
        return f"Open since {dated(since.day)}" if since is not now else "Open as of today"
    if opened:
        return f"Open in {counted(len(opened), 'week')}, the last time on {dated(opened[-1].day)}; {now.state} now"
    most = max(gate.passed for gate in read)
    if most <= now.passed:
        return f"Never open so far, and never nearer than now: {spell(most)} of {spell(len(now.tests))}"
    best = next(gate for gate in reversed(read) if gate.passed == most)
    of_seven = f"{spell(most)} of {spell(len(now.tests))}"
    return f"Never open so far; nearest on {dated(best.day)}, with {of_seven}, and {spell(now.passed)} now"


def headline(test: Tested, currency: str) -> str:
    """What a test turns on, in one line: `15 of 20 connecting: 75 %, at the bottom 53.1 %`."""
    turns_on = next((c for c in test.conditions if c.share), test.conditions[0])
    if test.name == "Capacity":
        return (
            f"{letters(turns_on.found)} planned; your hours carry {number(turns_on.asked)}"
            if known(turns_on)
            else NOT_YET
        )
    if test.name == "Economics":
        found, asked = (figure(turns_on, value or 0, currency) for value in (turns_on.found, turns_on.asked))
        return f"A letter brings {found} at the bottom and costs {asked}" if known(turns_on) else NOT_YET
    if test.name == "Law":
        return f"{number(turns_on.found)} of {number(turns_on.asked)} in order"
    return share_in_words(turns_on.what, turns_on.share or Share(0, 0), bottom=turns_on.unit == "bottom")


def known(condition: Condition) -> bool:
    """Whether there is something to hold against something."""
    return condition.found is not None and condition.asked is not None


def letters(count: float | Decimal | int | None) -> str:
    return "1 letter" if count == 1 else f"{number(count)} letters"


def share_in_words(what: str, share: Share, *, bottom: bool) -> str:
    """A share with its n, and the bottom of its interval where that is what counts."""
    if not share.n:
        return "Nothing to count yet"
    said = f"{out_of(share)} {what}: {percent(share.value)}"
    return f"{said}, at the bottom {percent(share.low, 1)}" if bottom else said


def found_in_words(condition: Condition, currency: str) -> str:
    """What was found, with its n; the whole interval where a bottom is asked for."""
    share = condition.share
    if condition.found is None:
        return "not known"
    if condition.unit == "bottom" and share:
        return f"{out_of(share)}, {percent(share.low, 1)} to {percent(share.high, 1)}"
    if condition.unit == "share" and share:
        return f"{out_of(share)}, {percent(share.value)}"
    return figure(condition, condition.found, currency)


def asked_in_words(condition: Condition, currency: str) -> str:
    """What is asked for: `at least 20`, `at most 68`."""
    if condition.asked is None:
        return "not known"
    return f"at {'most' if condition.at_most else 'least'} {figure(condition, condition.asked, currency)}"


def figure(condition: Condition, value: float | Decimal | int, currency: str) -> str:
    if condition.unit == "money":
        return money(Decimal(value) * 100, currency, 2)
    if condition.unit == "count":
        return number(value)
    return percent(value, 2 if condition.unit == "bottom" and value != round(value, 2) else 0)


def carried(terms: Terms | None, rate: Share, most: int | None) -> str:
    """The sum of Capacity with its figures; empty while it can't be done."""
    if terms is None or most is None:
        return ""
    answers = f"{out_of(rate)} × {terms.reply_minutes} min"
    return f"{number(terms.minutes)} min ÷ ({answers} + {terms.send_minutes} min) = {number(most)}, rounded down"


def costs(terms: Terms | None, rate: Share, *, hour: Decimal | None, cost: Decimal | None, currency: str) -> str:
    """The full cost of a letter with its figures; empty while it can't be reckoned."""
    if terms is None or hour is None or cost is None:
        return ""
    minutes = f"({terms.send_minutes} min + {out_of(rate)} × {terms.reply_minutes} min)"
    value, cash, total = (money(amount * 100, currency, 2) for amount in (hour, terms.send_cost, cost))
    return f"{minutes} × {value} an hour + {cash} = {total} for a letter"


def brings(test: Tested, terms: Terms | None, currency: str) -> str:
    """What a letter brings, at the bottom of the win rate; empty while it can't be reckoned."""
    condition = test.conditions[0]
    if terms is None or condition.found is None or condition.share is None:
        return ""
    won, margin = condition.share, money(terms.deal_margin * 100, currency)
    low, found = percent(won.low, 2), figure(condition, condition.found, currency)
    return f"{out_of(won)} bought, at the bottom {low} × {margin} of a deal = {found} for a letter"


def allowed(batch: NextBatch) -> str:
    """The finding about the next batch."""
    if batch.why_not:
        return "No batch for now"
    if not batch.most:
        return "Your hours carry no letter yet"
    which = "next" if batch.last else "first"
    return f"The {which} batch: {letters(batch.most)} at most"


def why_so_many(batch: NextBatch) -> str:
    """Where the number comes from; empty where no batch may go."""
    if batch.why_not:
        return ""
    rule = f"one and a half times {batch.last.size}" if batch.last else "a first batch"
    carried = "nothing is known of your hours" if batch.capacity is None else f"your hours carry {batch.capacity}"
    ceiling = f"The rule allows {number(batch.ceiling)}, {rule}; {carried}."
    return f"{ceiling} The smaller counts, and it is a ceiling, not an aim."
