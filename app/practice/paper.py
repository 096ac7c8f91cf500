"""The account on one sheet of paper for a controller: finding, curve, formulas, evidence, and its source."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.filters import day, number
from app.paper import to_pdf
from app.practice.account_words import duration
from app.practice.ledger_lines import LeftOut, Paid, added, origin
from app.practice.ledger_page import RoiPage
from app.practice.paper_curve import curve_to_svg
from course.evidence import OpportunityLine
from course.roi import Account

MOST_RECEIPTS, MOST_LEFT_OUT, LONGEST, NARROW = 6, 4, 60, 40
RULES = "Shares and confidence are the learner’s own; that pipeline, lifetime value and revenue never count is a rule."


@dataclass(frozen=True)
class Paper:
    """What the sheet is made of: the page, whose it is, and the hash of the ledger's file."""

    page: RoiPage
    name: str
    ledger_hash: str


def account_to_pdf(paper: Paper) -> bytes:
    """The sheet as a tagged PDF; the same account gives the same bytes."""
    return to_pdf("account", told(paper), day=paper.page.account.ledger.as_of)


def told(paper: Paper) -> dict[str, object]:
    """Everything that is printed, as text."""
    page, account = paper.page, paper.page.account
    return {
        "title": page.title,
        "name": paper.name,
        "day": f"{day(account.ledger.as_of)}",
        "lede": page.lede,
        "grade": page.grade,
        "unit": page.unit.name,
        "curve_title": page.curve_title,
        "curve": curve_to_svg(page.curve),
        "curve_words": page.curve.summary,
        "account": account_rows(page),
        "no_ratio": "" if account.roi_percent is not None else page.no_ratio,
        "ratios": ratios(page),
        "receipts": [receipt_row(line) for line in largest(page.receipts)],
        "more_receipts": more_receipts(page.receipts),
        "evidence": evidence_rows(page),
        "sure": page.sure,
        "left_out": left_out(page.left_out),
        "hash": paper.ledger_hash,
        "rules": RULES,
    }


def account_rows(page: RoiPage) -> list[dict[str, str]]:
    """The terms of the account as the page adds them up; `rule` says which of them a rule stands over."""
    account, above = page.account, page.account.benefit_trend
    trend = (
        ("months against the highest of three forecasts", number(above, 2)) if above is not None else ("", "not known")
    )
    attributed = f"the sum of {len(page.receipts)} receipts"
    net = f"{number(account.benefit_claimed, 2)} − {number(account.investment, 2)}"
    return [
        row("Returned, attributed to the practice", attributed, number(account.benefit_attributed, 2)),
        row("Margin above the best forecast", *trend),
        row("Claimed", claim(account), number(account.benefit_claimed, 2), rule="sum"),
        row("Invested", invested(page), number(account.investment, 2)),
        row(page.net_name, net, number(account.net, 2, sign=True), rule="total"),
    ]


def row(name: str, formula: str, amount: str, *, rule: str = "") -> dict[str, str]:
    return {"name": name, "formula": formula, "amount": amount, "rule": rule}


def claim(account: Account) -> str:
    above = account.benefit_trend
    attributed = number(account.benefit_attributed, 2)
    return (
        f"max(0, min({attributed}, {number(above, 2)}))" if above is not None else "without a baseline, as attributed"
    )


def invested(page: RoiPage) -> str:
    """Fees and cash, and the time by where it comes from, at the value of an hour."""
    lines = [line for line in page.account.cost_lines if not line.left_out]
    cash = added([line for line in lines if line.cost.kind != "time"])
    minutes = sum(getattr(line.cost, "minutes", 0) for line in lines)
    by_itself = sum(getattr(line.cost, "minutes", 0) for line in lines if origin(line) != "typed")
    hour = number(page.account.ledger.hourly_value, 2)
    return f"{number(cash, 2)} in cash + {duration(minutes)} × {hour}; {duration(by_itself)} of it by itself"


def ratios(page: RoiPage) -> list[dict[str, str]]:
    account = page.account
    even, later = account.break_even_month, account.discounted_break_even_month
    payback = account.payback_months
    found = {
        "Return on investment": "–" if account.roi_percent is None else page.ratio(account.roi_percent),
        "Benefit-cost ratio": number(account.bcr, 5),
        "Paid back in": "–" if payback is None else f"{number(payback, 1)} months",
        "Break-even": "none" if even is None else f"month {even}",
        f"Present value at {number(account.ledger.discount_rate * 100, 1)} % a year": number(account.npv, 2, sign=True),
        "Break-even, discounted": "none" if later is None else f"month {later}",
    }
    return [{"name": name, "figure": figure} for name, figure in found.items()]


def largest(receipts: Sequence[Paid]) -> list[Paid]:
    """The receipts that count most, by date."""
    most = sorted(receipts, key=lambda line: (-line.counts, line.day))[:MOST_RECEIPTS]
    return sorted(most, key=lambda line: line.day)


def receipt_row(line: Paid) -> dict[str, str]:
    what = f"{line.what}, {line.purpose}" if line.purpose else line.what
    return {
        "day": f"{day(line.day, 'short')} {line.day.year}",
        "what": shortened(what),
        "formula": line.filled_in,
        "counts": number(line.counts, 2),
    }


def more_receipts(receipts: Sequence[Paid]) -> str:
    """What the receipts that are not listed come to."""
    listed = largest(receipts)
    rest = len(receipts) - len(listed)
    if not rest:
        return ""
    sum_of_rest = added(receipts) - added(listed)
    return f"and {rest} more, {number(sum_of_rest, 2)} together: the workbook lists them all"


def evidence_rows(page: RoiPage) -> list[dict[str, str]]:
    found = page.evidence
    signed, possible = opportunities(found.signed_lines), opportunities(found.pipeline_lines)
    in_words = f"“{shortened(found.intangibles[0].text, NARROW)}”" if found.intangibles else "nothing noted"
    return [
        tier("T1 Paid", page.counted_receipts, number(found.paid, 2), counted="counted"),
        tier("T2 Signed", signed, number(found.signed, 2)),
        tier("T3 Possible × probability", possible, number(found.pipeline, 2)),
        tier("T4 In words", in_words, "none"),
    ]


def opportunities(lines: Sequence[OpportunityLine]) -> str:
    """The first of them by its name, and how many there are besides."""
    if not lines:
        return "nothing noted"
    first, rest = shortened(lines[0].opportunity.what, NARROW), len(lines) - 1
    return f"{first}, and {rest} more" if rest else first


def tier(name: str, what: str, amount: str, *, counted: str = "shown, not added") -> dict[str, str]:
    return {"name": name, "what": what, "amount": amount, "counted": counted}


def left_out(lines: Sequence[LeftOut]) -> list[str]:
    told = [f"{shortened(line.what)}: {line.reason[:1].lower()}{line.reason[1:]}." for line in lines[:MOST_LEFT_OUT]]
    rest = len(lines) - len(told)
    return [*told, f"and {rest} more: the workbook lists them all."] if rest else told


def shortened(text: str, most: int = LONGEST) -> str:
    """So much of a text as fits a line of the sheet."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
