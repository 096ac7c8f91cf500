"""The account as a workbook that reckons: every figure is a formula over the entries, and every cell has a name.

Change a share in the sheet of receipts and the account follows. Text never acts as a formula; numbers are numbers and
dates are dates. What a formula comes to is stored beside it, for programs that show without reckoning.
"""

import io
from dataclasses import dataclass
from datetime import datetime, time

from xlsxwriter import Workbook

from app.practice import account_sheets as sheets
from app.practice.account_words import grade
from app.practice.cells import Figure, Plain, Sheet, Value, formats_of
from course.evidence import Evidence
from course.forecast import LEAST_KNOWN_MONTHS
from course.roi import LEAST_MONTHS, WINDOW_MONTHS, Account, month_of

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
EARLY = "OR(too_early,investment=0)"
REACHED = sheets.month_formula("as_of")


@dataclass(frozen=True)
class Told:
    """What a workbook is made of: the account entry by entry, what stands beside it, and the ledger file's hash."""

    account: Account
    evidence: Evidence
    ledger_hash: str


def account_to_xlsx(told: Told) -> bytes:
    """The workbook's bytes; the same account gives the same bytes."""
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        book.set_properties(
            {
                "title": "Account",
                "created": datetime.combine(told.account.ledger.as_of, time()),
            }
        )
        names = ("Account", "Receipts", "Costs", "Margins", "Curve", "Evidence", "About")
        formats = formats_of(book)
        made = {name: Sheet(book, book.add_worksheet(name, Plain), formats) for name in names}
        account_sheet(made["Account"], told.account)
        sheets.receipts(made["Receipts"], told.account)
        sheets.costs(made["Costs"], told.account)
        sheets.margins(made["Margins"], told.account)
        sheets.curve(made["Curve"], told.account)
        sheets.evidence(made["Evidence"], told.evidence)
        about(made["About"], told)
    return file.getvalue()


def account_sheet(sheet: Sheet, account: Account) -> None:
    """Terms first, then the figures with their formulas, each cell named."""
    sheet.widths(34, 18, 60)
    sheet.row(0, ("Account", "", ""), kind="head")
    for at, figure in enumerate((*terms(account), *figures(account), *ratios(account), *discounted(account)), 1):
        sheet.figure(at, figure)


def terms(account: Account) -> tuple[Figure, ...]:
    ledger = account.ledger
    reached = month_of(ledger.as_of, ledger.start)
    return (
        Figure("Start of the window", "start", ledger.start, "date"),
        Figure("Day of the account", "as_of", ledger.as_of, "date"),
        Figure("Currency", "currency", ledger.currency, "text"),
        Figure("Value of an hour", "hourly_value", ledger.hourly_value, "money"),
        Figure("Discount rate a year", "discount_rate", ledger.discount_rate, "share"),
        Figure("Median sales cycle, months", "sales_cycle_months", ledger.sales_cycle_months, "whole"),
        Figure("Months of the window", "window_months", WINDOW_MONTHS, "whole"),
        Figure("Month reached", "month_reached", reached, "whole", REACHED, "counted from the start"),
    )


def figures(account: Account) -> tuple[Figure, ...]:
    no_baseline = f"baseline_known<{LEAST_KNOWN_MONTHS}"
    trend = account.benefit_trend
    return (
        Figure("Invested", "investment", account.investment, "money", sheets.sum_of("costs_count"), "sum of Costs"),
        Figure(
            *("Returned, attributed to the practice", "benefit_attributed", account.benefit_attributed, "money"),
            *(sheets.sum_of("receipts_count"), "sum of Receipts: paid × margin × share × how sure"),
        ),
        Figure(
            *("Margin above the best forecast", "benefit_trend", "not known" if trend is None else trend, "money"),
            *(f'=IF({no_baseline},"not known",SUM(margins_above))', "sum of Margins"),
        ),
        Figure(
            *("Claimed", "benefit_claimed", account.benefit_claimed, "money"),
            f"=IF({no_baseline},benefit_attributed,MAX(0,MIN(benefit_attributed,benefit_trend)))",
            "the lower of the two, never below 0; without a baseline what was attributed",
        ),
        Figure(
            *("Part of the attributed benefit that is claimed", "scale", account.scale or 0, "ratio"),
            *("=IF(benefit_attributed=0,0,benefit_claimed/benefit_attributed)", "each month is scaled by it"),
        ),
        Figure("Claimed − invested", "net", account.net, "money", "=benefit_claimed-investment"),
        Figure("Grade", "grade", account.grade, "text", f'=IF({no_baseline},"C","B")', grade(account)),
    )


def ratios(account: Account) -> tuple[Figure, ...]:
    early = f"=OR(month_reached<{LEAST_MONTHS},month_reached<sales_cycle_months)"
    return (
        Figure("Too early for a ratio", "too_early", account.too_early, "text", early),
        ratio(
            "Benefit-cost ratio",
            "benefit_cost_ratio",
            account.bcr,
            formula=f'=IF({EARLY},"none",benefit_claimed/investment)',
        ),
        ratio(
            *("Return on investment, %", "roi_percent", account.roi_percent),
            formula=f'=IF({EARLY},"none",100*(benefit_claimed-investment)/investment)',
        ),
        ratio(
            *("Paid back in months", "payback_months", account.payback_months),
            formula='=IF(OR(too_early,benefit_claimed=0),"none",12*investment/benefit_claimed)',
        ),
        ratio(
            "Break-even month", "break_even_month", account.break_even_month, formula=sheets.first_month("curve_even")
        ),
    )


def discounted(account: Account) -> tuple[Figure, ...]:
    """What the months are worth on the day of the start."""
    return (
        Figure(
            *("Discount rate a month", "monthly_rate", account.curve.monthly_rate, "ratio"),
            "=(1+discount_rate)^(1/12)-1",
        ),
        Figure(
            *("Net present value", "net_present_value", account.npv, "money"),
            *("=SUM(curve_discounted)", "each month's net ÷ (1 + monthly rate) to the power of the month"),
        ),
        ratio(
            *("Discounted break-even month", "discounted_break_even_month", account.discounted_break_even_month),
            formula=sheets.first_month("curve_discounted_even"),
        ),
    )


def ratio(label: str, name: str, value: Value, *, formula: str) -> Figure:
    """A figure that may not exist, which is then said in a word."""
    kind = "whole" if isinstance(value, int) else "ratio"
    return Figure(label, name, "none" if value is None else value, kind, formula)


def about(sheet: Sheet, told: Told) -> None:
    """How to read the workbook, and what it was made from."""
    ledger = told.account.ledger
    sheet.widths(110)
    for at, line in enumerate(
        (
            "About this account",
            grade(told.account),
            f"Drawn up for {ledger.as_of.isoformat()}, in {ledger.currency}, VAT excluded. Every figure is a formula.",
            "A receipt counts paid × margin × share due to the training × how sure; an unknown share counts 0.",
            "A receipt paid by the day of the start counts nothing, nor does anything after the window or this day.",
            "Only paid money is return. Signed and possible money stands in Evidence and is added nowhere.",
            "Pages round half a cent to the even cent, a spreadsheet upwards: nothing is rounded before it is shown.",
            f"SHA-256 of the ledger file of the same day: {told.ledger_hash}",
            "Whoever has that file recomputes every figure: python -m course account ledger.json",
        )
    ):
        sheet.text(at, 0, line, kind="head" if at == 0 else "text")
