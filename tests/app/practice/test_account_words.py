"""What an account says of itself: never more than its figures carry."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.practice import account_words as words
from app.practice.ledger_facts import UNNAMED, Gathered, Spent, hours_of
from course.ledger import Ledger
from course.roi import account, sensitivity
from tests.course.ledgers import START, fee, ledger, month_end, months, paid, worked


def gathered(of: Ledger, *, priced: bool = True) -> Gathered:
    return Gathered(of, priced=priced)


def title(of: Ledger, **facts: Any) -> str:
    return words.title(gathered(of, **facts), account(of)).replace("\u00a0", " ")


def lede(of: Ledger) -> str:
    return " ".join(words.lede(gathered(of), account(of), sensitivity(of))).replace("\u00a0", " ")


def sure(of: Ledger) -> str:
    return " ".join(words.sure(account(of), sensitivity(of))).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("of", "finding"),
    [
        (worked(), "126 euros more than it cost"),
        (worked(trend=4200), "600 euros less than it cost"),
        (worked(trend=None), "126 euros more than it cost, by your own count"),
        (worked(currency="SEK"), "126 Swedish kronor more than it cost"),
        (worked(as_of=month_end(5)), "Too early to say: invested so far €3 400"),
        (
            ledger(costs=(fee("100"),), receipts=(paid("100", 3),)),
            "It brought back exactly what it cost, by your own count",
        ),
        (
            ledger(costs=(fee("100"),), receipts=(paid("100.40", 3),)),
            "It brought back almost exactly what it cost, by your own count",
        ),
        (ledger(costs=(fee("100"),), receipts=(paid("101", 3),)), "1 euro more than it cost, by your own count"),
        (ledger(costs=(fee("4800"),)), "4 800 euros put in, and nothing to claim against it"),
        (worked(trend=-6000), "4 800 euros put in, and nothing to claim against it"),
        (ledger(receipts=(paid("101", 3),)), "Nothing put in, so there is nothing to compare"),
        (ledger(as_of=START), "Too early to say: invested so far nothing"),
    ],
)
def test_the_title_says_the_finding(of: Ledger, finding: str) -> None:
    assert title(of) == finding


def test_time_without_a_price_is_no_result() -> None:
    time = Spent(date=START, kind="time", hours=hours_of(95), minutes=95, origin="log")
    of = ledger(hourly_value=Decimal(0), costs=(time, fee("1")), receipts=(paid("101", 3),))
    assert title(of, priced=False) == "No result yet: 1 h 35 min have no price"
    assert title(replace(of, as_of=START), priced=False) == "Too early to say: invested so far €1"


def test_the_lower_of_two_benefits_is_said_to_be_the_lower() -> None:
    said = lede(worked(trend=4200))
    assert "come to €4 926, but your margin came out at +€4 200 against its best forecast" in said
    assert "That is −12.5 %." in said


def test_a_sign_that_hangs_on_one_receipt_is_said_and_no_other() -> None:
    assert "and the sign hangs on one receipt" in lede(worked())
    assert "hangs" not in lede(worked(trend=4200))


def test_before_its_time_no_ratio_is_said() -> None:
    said = lede(worked(as_of=month_end(5)))
    assert "%" not in said
    assert "So far €1 440 came back that you tie to the practice." in said


def test_the_doubt_names_the_receipt_its_shares_and_the_share_it_takes() -> None:
    assert sure(worked()) == (
        "Without K-07’s receipt of 1 October 2026 you would stand at −€1 890, and have no break-even. "
        "You gave the training 60 % of it, and were 70 % sure of that share. "
        "The account stays above nought while the training’s share of it is 57 % or more."
    )


def test_the_share_it_takes_is_the_one_at_which_the_account_turns() -> None:
    of = worked()
    hangs = sensitivity(of)
    assert hangs is not None
    assert words.tipping_share(account(of), hangs) == Decimal(".57")
    at = of.receipts.index(hangs.receipt)

    def net(share: str) -> Decimal:
        changed = replace(hangs.receipt, attribution=Decimal(share))
        return account(replace(of, receipts=(*of.receipts[:at], changed, *of.receipts[at + 1 :]))).net

    assert net(".57") > 0 > net(".56")


def test_a_receipt_without_a_name_is_known_by_its_day_and_purpose() -> None:
    nameless = replace(paid("500", 3), person=UNNAMED, what="Order 7")
    assert "Without the receipt of 1 April 2026 (Order 7) you would" in sure(ledger(receipts=(nameless,)))


def test_unknown_shares_and_unknown_months_are_doubts() -> None:
    of = worked(margins=(*months("5600", 10), None, None), receipts=(paid("500", 3, a=None), paid("500", 4, c=None)))
    said = sure(of)
    assert "No receipt counts yet" in said
    assert "Two receipts count nothing, because a share is unknown." in said
    assert "Two months since the start have no margin" in said


def test_without_a_baseline_nobody_knows_what_would_have_come_anyway() -> None:
    assert "Without a baseline nothing here says what would have come anyway." in sure(worked(trend=None))
    assert words.grade(account(worked(trend=None))).startswith("Grade C")


def test_the_curves_title_follows_its_break_even() -> None:
    cases = {
        "Returned passed invested in September, and has stayed above since": worked(),
        "Returned passed invested in September": worked(as_of=month_end(9)),
        "Returned has not passed invested yet": worked(as_of=month_end(8)),
        "Returned has not passed invested": worked(trend=4200),
        "Nothing with a price was put in, so there is nothing to pass": ledger(receipts=(paid("1", 1),)),
        "Returned has stood at or above invested from the start": ledger(
            costs=(fee("1", date(2026, 2, 1)),), receipts=(paid("2", 1),)
        ),
    }
    assert {words.curve_title(account(of)): of for of in cases.values()} == cases


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (95, "1 h 35 min"), (72_000, "1 200 h")]
)
def test_time_is_said_in_hours_and_minutes(minutes: int, said: str) -> None:
    assert words.duration(minutes).replace("\u00a0", " ") == said


def test_figures_are_set_apart_and_text_is_escaped() -> None:
    text = words.figured("<b>K-07</b>: −€1\u00a0890.50 is +2.6\u00a0% of CHF\u00a05")
    assert text == (
        '&lt;b&gt;K-<span class="fig">07</span>&lt;/b&gt;: <span class="fig">−€1\u00a0890.50</span> is '
        '<span class="fig">+2.6\u00a0%</span> of <span class="fig">CHF\u00a05</span>'
    )


@pytest.mark.parametrize(
    ("parts", "said"), [(["time"], "time"), (["time", "fees"], "time and fees"), (["a", "b", "c"], "a, b and c")]
)
def test_parts_are_listed_as_one_says_them(parts: list[str], said: str) -> None:
    assert words.listed(parts) == said
