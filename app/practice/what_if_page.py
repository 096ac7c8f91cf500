"""The page of "what if": the account beside itself with other shares. The address holds what is supposed, no table."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app import charts
from app.filters import number, percent
from app.practice import account_words as words
from app.practice.account_words import Unit
from app.practice.ledger_curve import curve_of
from course.ledger import Receipt
from course.roi import Account, sensitivity_of
from course.what_if import Supposed, what_if
from course.wording import sentence

OFFERED = 8
HUNDRED = 100


@dataclass(frozen=True)
class Asked:
    """What the address asks for, in whole percent; faults say in words what could not be read, by its field."""

    share: int
    sure: int
    receipt: Receipt | None
    faults: Mapping[str, str]

    @property
    def supposed(self) -> Supposed:
        receipt_id = self.receipt.id if self.receipt else None
        return Supposed(Decimal(self.share) / HUNDRED, Decimal(self.sure) / HUNDRED, receipt_id=receipt_id)


@dataclass(frozen=True)
class Compared:
    """One figure as it is and as it would be."""

    name: str
    is_now: str
    would_be: str


@dataclass(frozen=True)
class WhatIfPage:
    """Everything the page prints."""

    account: Account
    supposed: Account
    asked: Asked
    receipts: tuple[Receipt, ...]
    curve: charts.RoiCurve

    @property
    def unit(self) -> Unit:
        return Unit(self.account.ledger.currency)

    @property
    def same(self) -> bool:
        """Whether nothing is supposed that is not so."""
        return self.account == self.supposed

    @property
    def title(self) -> str:
        """What would be found."""
        if self.same:
            return "What if the shares were other ones"
        return f"What if: {words.compared(self.supposed, self.unit)}"

    @property
    def lede(self) -> str:
        """What is supposed, and that it stays a supposition."""
        return f"{self.said} Your ledger stays as it is; nothing here is kept."

    @property
    def said(self) -> str:
        supposed, receipt = self.asked.supposed, self.asked.receipt
        share, sure = percent(supposed.attribution), percent(supposed.confidence)
        if receipt is not None:
            return f"As if {share} of {words.receipt_name(receipt)} were due to the training, and you {sure} sure."
        if self.same:
            return "Nothing is supposed yet: both limits lie above every share you gave."
        limits = [f"no receipt owed more than {share} to the training"] if supposed.attribution < 1 else []
        limits += [f"you were nowhere surer than {sure}"] if supposed.confidence < 1 else []
        return f"As if {words.listed(limits)}."

    @property
    def rows(self) -> tuple[Compared, ...]:
        return tuple(
            Compared(name, is_now, would_be)
            for (name, is_now), (_, would_be) in zip(figures(self.account), figures(self.supposed), strict=True)
        )

    @property
    def curve_title(self) -> str:
        return f"What if: {words.curve_title(self.supposed)[:1].lower()}{words.curve_title(self.supposed)[1:]}"

    def name_of(self, receipt: Receipt) -> str:
        """A receipt as it is offered."""
        return sentence(words.receipt_name(receipt))

    def in_percent(self, share: Decimal | None) -> int:
        return whole_percent(share)


def what_if_page(drawn_up: Account, args: Mapping[str, str]) -> WhatIfPage:
    """The account beside what the address supposes."""
    asked = asked_of(drawn_up, args)
    supposed = what_if(drawn_up, asked.supposed)
    return WhatIfPage(
        account=drawn_up,
        supposed=supposed,
        asked=asked,
        receipts=offered(drawn_up),
        curve=curve_of(supposed, sensitivity_of(supposed)),
    )


def asked_of(drawn_up: Account, args: Mapping[str, str]) -> Asked:
    """What the address asks for; a receipt that is not the reader's is nobody's, and then all are meant."""
    wanted = args.get("receipt", "")
    receipt = next((one for one in drawn_up.ledger.receipts if wanted and str(one.id) == wanted), None)
    own = (receipt.attribution, receipt.confidence) if receipt else (Decimal(1), Decimal(1))
    read, faults = {}, {}
    for name, share in zip(("share", "sure"), own, strict=True):
        typed = args.get(name, "").strip()
        found = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else None
        if typed and (found is None or found > HUNDRED):
            faults[name] = "A share is a whole percentage from 0 to 100. The one before is shown."
            found = None
        read[name] = whole_percent(share) if found is None else found
    return Asked(read["share"], read["sure"], receipt, faults)


def whole_percent(share: Decimal | None) -> int:
    return round((share or Decimal(0)) * HUNDRED)


def offered(drawn_up: Account) -> tuple[Receipt, ...]:
    """The receipts that count most, to be tried one by one."""
    lines = [line for line in drawn_up.receipt_lines if line.receipt.id is not None and line.counts]
    return tuple(line.receipt for line in sorted(lines, key=lambda line: (-line.counts, line.t))[:OFFERED])


def figures(of: Account) -> list[tuple[str, str]]:
    """What is compared, as printed."""
    even = of.break_even_month
    return [
        ("Returned, attributed", number(of.benefit_attributed, 2)),
        ("Claimed", number(of.benefit_claimed, 2)),
        ("Invested", number(of.investment, 2)),
        ("Claimed − invested", number(of.net, 2, sign=True)),
        ("Return on investment", "not yet" if of.roi_percent is None else words.ratio(of.roi_percent, 3)),
        ("Break-even", "none" if even is None else f"month {even}"),
        ("Seen from the first day, discounted", number(of.npv, 2, sign=True)),
    ]
