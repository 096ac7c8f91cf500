"""The sheets behind the account in its workbook: entries row by row, months, curve and evidence, all with formulas."""

from collections.abc import Sequence
from decimal import Decimal

from app.practice.cells import Sheet
from course.currency import Original
from course.evidence import Evidence, OpportunityLine
from course.exact import EXACT
from course.forecast import LEAST_KNOWN_MONTHS
from course.months import first_day, month_from, months_before
from course.roi import Account

RECEIPT_HEADS = (
    *("Paid", "Month", "Who", "What for", "Paid in", "Original amount", "Rate", "Amount", "Margin", "Share"),
    *("How sure", "Counts", "Left out because"),
)
COST_HEADS = ("Day", "Month", "Kind", "What", "Amount", "Hours", "Counts", "Left out because")
MARGIN_HEADS = ("Number", "Month", "Margin", "Mean", "Same month last year", "Line", "Highest", "Above it")
CURVE_HEADS = (
    *("Month", "Invested", "Attributed", "Returned", "Net", "Net added up", "Lowest from here on", "Even"),
    *("Net, discounted", "Discounted, added up", "Lowest from here on", "Even, discounted"),
)
# A difference that is exactly nought may come out a hair below in a spreadsheet's arithmetic.
EVEN = '=IF(ROUND({lowest},6)>=0,{month},"")'


def sum_of(name: str) -> str:
    return f"=SUM({name})"


def month_formula(day: str) -> str:
    """The month t of a day, by the rule of the method, in a spreadsheet's words."""
    short = f"IF(DAY({day})>MIN(DAY(start),DAY(EOMONTH({day},0))),1,0)"
    return f"=IF({day}<=start,0,(YEAR({day})-YEAR(start))*12+MONTH({day})-MONTH(start)+{short})"


def first_month(name: str) -> str:
    """The first month that a column of months names."""
    return f'=IF(OR(investment=0,COUNT({name})=0),"none",MIN({name}))'


def receipts(sheet: Sheet, account: Account) -> None:
    """Every receipt: paid × margin × share × how sure, or 0 where it lies outside or before."""
    sheet.heads(*RECEIPT_HEADS)
    sheet.widths(12, 8, 18, 28, 9, 14, 10, 12, 9, 9, 10, 12, 60)
    for at, line in enumerate(account.receipt_lines, 1):
        receipt, here = line.receipt, at + 1
        sheet.cell(at, 0, receipt.date, kind="date")
        sheet.formula(at, 1, month_formula(f"A{here}"), comes_to=line.t, kind="whole")
        sheet.text(at, 2, receipt.person)
        sheet.text(at, 3, receipt.what)
        paid_abroad(sheet, at, receipt.original)
        sheet.cell(at, 7, receipt.amount, kind="money")
        for column, share in enumerate((receipt.margin, receipt.attribution, receipt.confidence), 8):
            sheet.cell(at, column, share, kind="share")
        counts = f"=IF(OR(A{here}>as_of,B{here}>window_months,B{here}=0),0,H{here}*I{here}*J{here}*K{here})"
        sheet.formula(at, 11, counts, comes_to=line.counts)
        sheet.text(at, 12, line.left_out)
    rows = len(account.receipt_lines)
    sheet.named("receipts_month", "B", rows=rows)
    sheet.named("receipts_count", "L", rows=rows)


def paid_abroad(sheet: Sheet, at: int, original: Original | None) -> None:
    """What was paid in another currency, and the rate it was frozen at."""
    if original is not None:
        sheet.text(at, 4, original.currency)
        sheet.cell(at, 5, original.amount, kind="money")
        sheet.cell(at, 6, original.rate, kind="hours")


def costs(sheet: Sheet, account: Account) -> None:
    """Every cost: its amount, or hours × the value of an hour."""
    sheet.heads(*COST_HEADS)
    sheet.widths(12, 8, 8, 44, 12, 16, 12, 60)
    for at, line in enumerate(account.cost_lines, 1):
        cost, here = line.cost, at + 1
        sheet.cell(at, 0, cost.date, kind="date")
        sheet.formula(at, 1, month_formula(f"A{here}"), comes_to=line.t, kind="whole")
        sheet.text(at, 2, cost.kind)
        sheet.text(at, 3, cost.what)
        sheet.cell(at, 4, cost.amount, kind="money")
        sheet.cell(at, 5, cost.hours, kind="hours")
        value = f"E{here}" if cost.hours is None else f"F{here}*hourly_value"
        sheet.formula(at, 6, f"=IF(OR(A{here}>as_of,B{here}>window_months),0,{value})", comes_to=line.counts)
        sheet.text(at, 7, line.left_out)
    rows = len(account.cost_lines)
    sheet.named("costs_month", "B", rows=rows)
    sheet.named("costs_count", "G", rows=rows)


def margins(sheet: Sheet, account: Account) -> None:
    """The months before the start, oldest first, then those since, each against the highest of three forecasts."""
    sheet.heads(*MARGIN_HEADS, "", "Known number", "Number − mean", "× (margin − mean)", "Squared")
    sheet.widths(9, 12, 12, 12, 20, 12, 12, 12, 3, 14, 14, 18, 12)
    ledger = account.ledger
    before = months_before(first_day(ledger.start), len(ledger.baseline))
    for at, (month, margin) in enumerate(zip(before, ledger.baseline, strict=True), 1):
        sheet.cell(at, 0, at, kind="whole")
        sheet.cell(at, 1, month, kind="date")
        sheet.cell(at, 2, margin, kind="money")
        fit(sheet, at)
    rows = len(ledger.baseline)
    for name, column in (("baseline", "C"), ("known_numbers", "J"), ("products", "L"), ("squares", "M")):
        sheet.named(name, column, rows=rows)
    line_of_baseline(sheet, rows + 2)
    window(sheet, account, first=rows + 7)


def fit(sheet: Sheet, at: int) -> None:
    """What the straight line needs of one month, nothing of an unknown one."""
    here = at + 1
    known = f'=IF(C{here}="","",'
    sheet.formula(at, 9, f"{known}A{here})", comes_to="", kind="whole")
    sheet.formula(at, 10, f"{known}A{here}-baseline_middle)", comes_to="", kind="ratio")
    sheet.formula(at, 11, f"{known}K{here}*(C{here}-baseline_mean))", comes_to="", kind="ratio")
    sheet.formula(at, 12, f"{known}K{here}^2)", comes_to="", kind="ratio")


def line_of_baseline(sheet: Sheet, at: int) -> None:
    """How many months are known, their mean, and the slope of the line through them by least squares."""
    known, least = "baseline_known", LEAST_KNOWN_MONTHS
    for place, (label, name, formula) in enumerate(
        (
            ("Known months", known, "=COUNT(baseline)"),
            ("Mean", "baseline_mean", f"=IF({known}<{least},0,AVERAGE(baseline))"),
            ("Middle of the known numbers", "baseline_middle", f"=IF({known}<{least},0,AVERAGE(known_numbers))"),
            ("Rise a month", "baseline_rise", f"=IF({known}<{least},0,SUM(products)/SUM(squares))"),
        ),
        at,
    ):
        sheet.text(place, 1, label)
        sheet.formula(place, 2, formula, comes_to=None, kind="ratio")
        sheet.book.define_name(name, f"='{sheet.page.name}'!$C${place + 1}")


def window(sheet: Sheet, account: Account, *, first: int) -> None:
    """The months since the start; a month that is not known counts 0."""
    ledger, begun = account.ledger, first_day(account.ledger.start)
    n = len(ledger.baseline)
    for t, margin in enumerate(ledger.margins, 1):
        at, here = first + t - 1, first + t
        sheet.cell(at, 0, n + t, kind="whole")
        sheet.cell(at, 1, month_from(begun, t - 1), kind="date")
        sheet.cell(at, 2, margin, kind="money")
        sheet.formula(at, 3, "=baseline_mean", comes_to=None)
        if n + t > 12 and t <= 12:
            sheet.formula(at, 4, f'=IF(C{n + t - 11}="","",C{n + t - 11})', comes_to=None)
        line = f"=baseline_mean+baseline_rise*(A{here}-baseline_middle)"
        sheet.formula(at, 5, line, comes_to=None)
        sheet.formula(at, 6, f"=MAX(D{here}:F{here})", comes_to=None)
        known = f'OR(C{here}="",baseline_known<{LEAST_KNOWN_MONTHS})'
        above = account.trend_lines[t - 1].difference if account.trend_lines else Decimal(0)
        sheet.formula(at, 7, f"=IF({known},0,C{here}-G{here})", comes_to=above)
    last = first + max(len(ledger.margins), 1)
    sheet.book.define_name("margins_above", f"='{sheet.page.name}'!$H${first + 1}:$H${last}")


def curve(sheet: Sheet, account: Account) -> None:
    """Month by month from the start to the month reached."""
    sheet.heads(*CURVE_HEADS)
    sheet.widths(8, *([15] * 11))
    rows, growth = len(account.months), EXACT.add(1, account.curve.monthly_rate)
    for at, month in enumerate(account.months, 1):
        here, after = at + 1, at + 2
        last, first = at == rows, at == 1
        sheet.cell(at, 0, month.t, kind="whole")
        formulas = (
            (f"=SUMIFS(costs_count,costs_month,A{here})", month.invested),
            (f"=SUMIFS(receipts_count,receipts_month,A{here})", None),
            (f"=C{here}*scale", month.returned),
            (f"=D{here}-B{here}", month.net),
            (f"=E{here}" if first else f"=F{here - 1}+E{here}", month.net_cumulative),
            (f"=F{here}" if last else f"=MIN(F{here},G{after})", None),
            (EVEN.format(lowest=f"G{here}", month=f"A{here}"), None),
            (f"=E{here}/(1+monthly_rate)^A{here}", EXACT.divide(month.net, EXACT.power(growth, month.t))),
            (f"=I{here}" if first else f"=J{here - 1}+I{here}", None),
            (f"=J{here}" if last else f"=MIN(J{here},K{after})", None),
            (EVEN.format(lowest=f"K{here}", month=f"A{here}"), None),
        )
        for column, (formula, value) in enumerate(formulas, 1):
            sheet.formula(at, column, formula, comes_to=value, kind="whole" if column in {7, 11} else "money")
    for name, letter in (("curve_even", "H"), ("curve_discounted", "I"), ("curve_discounted_even", "L")):
        sheet.named(name, letter, rows=rows)


def evidence(sheet: Sheet, found: Evidence) -> None:
    """The four kinds side by side. Only the first is return, and nothing here is added to it."""
    sheet.heads(
        "Evidence", "What", "Who", "Amount", "Paid of it", "Margin", "Probability", "Shows", "Not shown because"
    )
    sheet.widths(20, 40, 18, 12, 12, 9, 12, 12, 50)
    sheet.text(1, 0, "T1 Paid: is return")
    sheet.formula(1, 7, "=benefit_attributed", comes_to=found.paid)
    at = opportunities(sheet, "T2 Signed", found.signed_lines, first=2)
    at = opportunities(sheet, "T3 Possible × probability", found.pipeline_lines, first=at)
    for place, words in enumerate(found.intangibles, at):
        sheet.text(place, 0, "T4 In words")
        sheet.text(place, 1, words.text)
        sheet.text(place, 2, words.person)
        sheet.cell(place, 3, words.day, kind="date")


def opportunities(sheet: Sheet, name: str, lines: Sequence[OpportunityLine], *, first: int) -> int:
    """Opportunities of one kind; the row after them."""
    for at, line in enumerate(lines, first):
        one, here = line.opportunity, at + 1
        sheet.row(at, (name, one.what, one.person))
        sheet.cell(at, 3, one.amount, kind="money")
        sheet.cell(at, 4, one.paid, kind="money")
        sheet.cell(at, 5, one.margin, kind="share")
        chance = "" if one.state == "signed" else f"*G{here}"
        if chance:
            sheet.cell(at, 6, one.probability, kind="share")
        shows = "=0" if line.left_out else f"=MAX(0,D{here}-E{here})*F{here}{chance}"
        sheet.formula(at, 7, shows, comes_to=line.shows)
        sheet.text(at, 8, line.left_out)
    return first + len(lines)
