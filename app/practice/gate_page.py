"""What the page of the gate shows: seven tests with what they rest on, the state and its year, the next batch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app import charts
from app.charts import GateWeeks
from app.practice import gate_words as said
from app.practice.gate_queries import Read
from app.practice.ledger_facts import UNNAMED
from app.practice.people_page import rhythm_in_words
from course.cadence import attention
from course.gate import Gate, State, history
from course.gate_batches import NextBatch, next_batch
from course.gate_facts import Facts
from course.gate_figures import cost_per_send, largest_batch, reply_rate
from course.gate_seven import Tested
from course.wording import dated, sentence

MOST_LINES = 12
ASKS = {
    "Craft": "At least 20 rated entries with ten people in ninety days; at the bottom half of them connect.",
    "Response": "At least 30 openers in ninety days, each written for one person; at the bottom three times the 3.43 % "
    "that a vendor gives for cold mail are answered.",
    "Promise": "In twelve months at least five deliveries, nine in ten as promised, and one client who came back or "
    "sent somebody.",
    "Reliability": "At least 20 promises decided in ninety days, nine in ten kept; of the core at most one in ten past "
    "its rhythm.",
    "Capacity": "A batch no larger than your hours carry: hours ÷ (share that answers × time for an answer + time for "
    "a letter).",
    "Economics": "The share of openers that won a client, at the bottom, times what a deal leaves, covers what a "
    "letter costs, your hours included.",
    "Law": "Four things in order. A checklist in plain words, and no legal advice.",
}


@dataclass(frozen=True)
class Line:
    """One row that a test rests on, in words; `kind` and `id` say where it opens."""

    words: str
    kind: str
    id: int


@dataclass(frozen=True)
class Asked:
    """One condition as it is printed."""

    what: str
    found: str
    asked: str
    holds: bool


@dataclass(frozen=True)
class Shown:
    """One of the seven as it is printed: the first lines of its evidence, the latest first, of `rests_on` in all."""

    name: str
    passed: bool
    asks: str
    headline: str
    missing: str
    conditions: tuple[Asked, ...]
    formulas: tuple[str, ...]
    evidence: tuple[Line, ...]
    rests_on: int


@dataclass(frozen=True)
class GatePage:
    """Everything the page says. `begun` is False while nothing holds and nothing was added to the log."""

    title: str
    state: State
    state_words: str
    tests: tuple[Shown, ...]
    weeks: GateWeeks
    weeks_title: str
    next: NextBatch
    next_title: str
    next_words: str
    begun: bool


def gate_page(read: Read, today: date, currency: str) -> GatePage:
    """The page for a day."""
    weeks = history(read.facts, today)
    gate = weeks[-1]
    batch = next_batch(read.facts, gate)
    return GatePage(
        title=said.finding(gate),
        state=gate.state,
        state_words=said.state_in_words(gate),
        tests=tuple(shown(test, read, today, currency=currency) for test in gate.tests),
        weeks=weeks_drawn(weeks),
        weeks_title=said.history_in_words(weeks),
        next=batch,
        next_title=said.allowed(batch),
        next_words=said.why_so_many(batch),
        begun=bool(gate.passed or read.facts.terms or read.facts.deliveries),
    )


def weeks_drawn(weeks: tuple[Gate, ...]) -> GateWeeks:
    """The year as a chart."""
    return charts.gate_weeks([charts.GateWeek(gate.day, gate.passed, str(gate.state)) for gate in weeks])


def shown(test: Tested, read: Read, day: date, *, currency: str) -> Shown:
    """One test with its figures in words and its evidence in lines."""
    lines = tuple(evidence(test, read, day))
    return Shown(
        name=test.name,
        passed=test.passed,
        asks=ASKS[test.name],
        headline=sentence(said.headline(test, currency)),
        missing=sentence("; ".join(test.missing)),
        conditions=tuple(
            Asked(
                sentence(condition.what),
                said.found_in_words(condition, currency),
                said.asked_in_words(condition, currency),
                condition.holds,
            )
            for condition in test.conditions
        ),
        formulas=formulas(test, read.facts, day, currency=currency),
        evidence=lines[:MOST_LINES],
        rests_on=len(lines),
    )


def formulas(test: Tested, facts: Facts, day: date, *, currency: str) -> tuple[str, ...]:
    """The sum that a test is, filled in; nothing for one that only counts."""
    terms, rate = facts.terms_on(day), reply_rate(facts, day)
    if test.name == "Capacity":
        return tuple(filter(None, (said.carried(terms, rate, largest_batch(terms, rate)),)))
    if test.name == "Economics":
        cost = cost_per_send(terms, rate, facts.hour)
        sums = said.costs(terms, rate, hour=facts.hour, cost=cost, currency=currency)
        return tuple(filter(None, (said.brings(test, terms, currency), sums)))
    return ()


# What a test rests on, line by line


def evidence(test: Tested, read: Read, day: date) -> Iterator[Line]:
    """The rows behind a test, each kind with the latest first."""
    found = test.evidence
    yield from entry_lines(found.entries, test, read)
    yield from delivery_lines(found.deliveries, read)
    yield from receipt_lines(found.receipts, read)
    yield from promise_lines(found.promises, read, day)
    yield from core_lines(found.people, read, day)
    yield from batch_lines(found.batches, read)


def alias_in(read: Read, person: int | None) -> str:
    return read.book.aliases.get(person or 0, UNNAMED)


def entry_lines(ids: tuple[int, ...], test: Tested, read: Read) -> Iterator[Line]:
    """Entries: what Craft counts, what was answered, or who brought somebody."""
    openers = {opener.entry: opener for opener in read.facts.openers} if test.name == "Response" else {}
    for id in reversed(ids):
        entry = read.book.by_id[id].entry
        words = f"{alias_in(read, entry.person)}, {dated(entry.on)}"
        if id in openers:
            answered = openers[id].answered
            yield Line(f"{words}: {f'answered {dated(answered)}' if answered else 'no answer yet'}", "entry", id)
        elif test.name == "Promise":
            yield Line(f"{words}: brought you someone", "entry", id)
        elif entry.rubric:
            yield Line(f"{words}: {entry.rubric.total} of 10, {entry.rubric.verdict}", "entry", id)


def delivery_lines(ids: tuple[int, ...], read: Read) -> Iterator[Line]:
    deliveries = {each.id: each for each in read.facts.deliveries}
    for each in (deliveries[id] for id in reversed(ids)):
        to = f" to {alias_in(read, each.person)}" if each.person else ""
        how = "as promised" if each.as_promised else "not as promised"
        yield Line(f"{each.what}{to}, {dated(each.on)}: {how}", "delivery", each.id)


def receipt_lines(ids: tuple[int, ...], read: Read) -> Iterator[Line]:
    receipts = {each.id: each for each in read.facts.receipts}
    for each in (receipts[id] for id in reversed(ids)):
        what = f", {read.paid_for[each.id]}" if read.paid_for.get(each.id) else ""
        yield Line(f"{alias_in(read, each.person)} paid on {dated(each.on)}{what}", "receipt", each.id)


def promise_lines(ids: tuple[int, ...], read: Read, day: date) -> Iterator[Line]:
    promises = {promise.id: promise for promise in read.facts.promises}
    for each in (promises[id] for id in reversed(ids)):
        to = alias_in(read, each.person)
        yield Line(f"{each.text}, to {to}, due {dated(each.due)}: {each.state(day)}", "person", each.person)


def core_lines(ids: tuple[int, ...], read: Read, day: date) -> Iterator[Line]:
    for known in (person for person in read.book.people if person.id in ids):
        rhythm = rhythm_in_words(attention(read.book.rhythm(known), day))
        yield Line(f"{known.alias}, in the core: {rhythm[:1].lower()}{rhythm[1:]}", "person", known.id)


def batch_lines(ids: tuple[int, ...], read: Read) -> Iterator[Line]:
    for each in (batch for batch in read.facts.sent.all if batch.id in ids):
        yield Line(f"The batch of {dated(each.on)}: {each.replies} of {each.size} replied", "batch", each.id)
