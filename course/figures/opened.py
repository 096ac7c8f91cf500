"""Lesson 9.3: what came back, smaller each time the binder is opened further."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from course.exact import fixed
from course.figures.binder import LEDGER, spaced
from course.figures.svg import ACCENT, CONTACTING, INK, LINE, WIDTH, box, line, picture, words
from course.roi import account

ACCOUNT = account(LEDGER)
HOURS = sum((line.counts for line in ACCOUNT.cost_lines if line.cost.kind == "time"), Decimal(0))


@dataclass(frozen=True)
class Step:
    """A sum that may be held against the investment. `places`: decimals of the per cent that the lesson gives."""

    amount: Decimal
    what: str
    places: int

    @property
    def percent(self) -> str:
        """What it would be as a return on the investment."""
        of_it = 100 * (self.amount - ACCOUNT.investment) / ACCOUNT.investment
        return f"+{fixed(of_it, self.places)}\u00a0%"


STEPS = (
    Step(sum((receipt.amount for receipt in LEDGER.receipts), Decimal(0)), "paid", 1),
    Step(sum((receipt.amount * receipt.margin for receipt in LEDGER.receipts), Decimal(0)), "of it stayed", 0),
    Step(ACCOUNT.benefit_claimed, "of that may be claimed", 1),
)
"""From the most flattering to the one that counts."""

_ROW, _THICK = 70, 24
_SAID = _ROW * len(STEPS) + 24


def drawing() -> str:
    """Bars on one scale, each divided where the investment is paid back."""
    parts = [mark for row, step in enumerate(STEPS) for mark in _bar(_ROW * row, step)]
    x = _x(ACCOUNT.investment)
    parts += [
        line((x, _SAID - 44), (x, _SAID), stroke=INK, width=2),
        words(0, _SAID, f"{spaced(ACCOUNT.investment)} put in"),
        words(0, _SAID + LINE, f"of it {spaced(HOURS)} in hours"),
        words(x + 8, _SAID, "what is left over"),
    ]
    title = "21 000 paid, 13 300 of it stayed, 4 926 of that may be claimed; 4 800 were put in"
    return picture(title, _SAID + LINE + 8, parts)


def _x(amount: Decimal) -> float:
    return WIDTH * float(amount / STEPS[0].amount)


def _bar(top: float, step: Step) -> Iterator[str]:
    upper, lower = top + 26, top + 26 + _THICK
    even, end = _x(ACCOUNT.investment), _x(step.amount)
    yield words(0, top + 17, f"{spaced(step.amount)} {step.what}", bold=True)
    yield words(WIDTH - 1, top + 17, step.percent, bold=True, fill=ACCENT, anchor="end")
    yield box(0, upper, right=even - 1, bottom=lower, fill=CONTACTING)
    yield box(even + 1, upper, right=end, bottom=lower, fill=ACCENT)
