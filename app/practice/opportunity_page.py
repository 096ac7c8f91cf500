"""What the pages of opportunities print: the two sums, each opportunity as a line, and what each change said."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.filters import day, money, percent
from app.practice.evidence_queries import History, Told, Version
from app.practice.paging import Page, page_of
from course.evidence import Beside, Evidence, Opportunity, OpportunityLine, evidence, line_of
from course.wording import counted, sentence, spell

STATE_WORDS = {"open": "Open", "signed": "Signed", "paid": "Paid", "lost": "Lost"}


@dataclass(frozen=True)
class Line:
    """An opportunity in the list; `left_out` says why it shows nothing."""

    opportunity: Opportunity
    state: str
    formula: str
    shows: Decimal
    left_out: str

    @property
    def about(self) -> str:
        """With whom, and by when."""
        told = self.opportunity
        by = f"by {day(told.expected_on)}" if told.expected_on and told.state in {"open", "signed"} else ""
        return ", ".join(part for part in (told.person, by) if part)


@dataclass(frozen=True)
class OpportunitiesPage:
    """The list, twenty at a time, with the sums of all of it."""

    currency: str
    lines: Page[Line]
    tiers: Evidence

    @property
    def title(self) -> str:
        """The finding."""
        open_, signed = len(self.tiers.pipeline_lines), len(self.tiers.signed_lines)
        if not self.lines.total:
            return "Nothing in sight yet"
        if not open_ + signed:
            return "Nothing open, nothing waiting to be paid"
        if not open_:
            return sentence(f"{counted(signed, 'opportunity', 'opportunities')} signed, none open")
        return sentence(
            f"{counted(open_, 'opportunity', 'opportunities')} open, {spell(signed) if signed else 'none'} signed"
        )


def opportunities_page(told: Told, beside: Beside, *, currency: str, number: int) -> OpportunitiesPage:
    lines = [list_line(line_of(each, beside)) for each in told.standing]
    return OpportunitiesPage(currency, page_of(lines, number), evidence((), beside))


def list_line(line: OpportunityLine) -> Line:
    state = line.opportunity.state
    return Line(line.opportunity, STATE_WORDS[state], line.formula, line.shows, sentence(line.left_out))


@dataclass(frozen=True)
class Change:
    """A point that a change changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """One state of an opportunity: what it said, and what it changed in the one before."""

    version: Version
    facts: dict[str, str]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class OpportunityPage:
    """One opportunity: how it stands, and every state before, the latest first."""

    line: Line
    steps: tuple[Step, ...]
    removed: bool

    @property
    def standing(self) -> Step:
        return self.steps[0]

    @property
    def earlier(self) -> tuple[Step, ...]:
        return self.steps[1:]

    @property
    def awaited(self) -> bool:
        """Whether a receipt of it may still come."""
        return not self.removed and self.line.opportunity.state in {"open", "signed"}

    @property
    def title(self) -> str:
        told = self.line.opportunity
        return f"{told.what}: taken out" if self.removed else f"{told.what}: {STATE_WORDS[told.state].lower()}"


def opportunity_page(history: History, *, start: date, today: date, currency: str) -> OpportunityPage:
    steps: list[Step] = []
    for version in history.versions:
        facts = facts_of(version.opportunity, currency)
        before = steps[-1].facts if steps else facts
        changes = tuple(Change(label, before[label], facts[label]) for label in facts if facts[label] != before[label])
        steps.append(Step(version, facts, changes))
    standing = history.standing
    line = list_line(line_of(standing.opportunity, Beside(start, today)))
    return OpportunityPage(line, tuple(reversed(steps)), standing.removed)


def facts_of(told: Opportunity, currency: str) -> dict[str, str]:
    """An opportunity in words, point by point."""
    return {
        "What": told.what,
        "With": told.person or "nobody on your list",
        "Stands": f"{STATE_WORDS[told.state].lower()} since {day(told.day)}",
        "Amount": money(told.amount * 100, currency),
        "Margin": in_percent(told.margin),
        "Probability": in_percent(told.probability),
        "Expected by": day(told.expected_on) if told.expected_on else "not said",
    }


def in_percent(share: Decimal | None) -> str:
    """A share with as many decimals as it has; unknown is said."""
    if share is None:
        return "not said"
    return percent(share, max(0, -int((share * 100).normalize().as_tuple().exponent)))
