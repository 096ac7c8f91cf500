import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from course.currency import Original
from course.ledger import Cost, Receipt
from course.ledger_file import account_to_json, ledger_from_json, ledger_to_json
from course.roi import account
from course.strict_json import BadFile
from tests.course.ledgers import LEDGERS, ledger, month_end, worked


def file(**changes):
    """The file of the method's page, with changes; a key changed to ... is taken out."""
    whole = {
        "start": "2026-01-01",
        "as_of": "2027-01-01",
        "currency": "EUR",
        "hourly_value": "50.00",
        "discount_rate": "0.10",
        "sales_cycle_months": 3,
        "costs": [
            {"date": "2026-01-01", "kind": "fee", "amount": "1200.00"},
            {"date": "2026-02-01", "kind": "time", "hours": "10"},
        ],
        "receipts": [
            {
                "date": "2026-05-01",
                "person": "K-07",
                "amount": "6000.00",
                "margin": "0.60",
                "attribution": "0.5",
                "confidence": "0.8",
            }
        ],
        "baseline": ["5000.00", None],
        "margins": ["5400.00"],
    }
    return {key: value for key, value in (whole | changes).items() if value is not ...}


def cost(**changes):
    row = {"date": "2026-01-01", "kind": "fee", "amount": "1", **changes}
    return file(costs=[{key: value for key, value in row.items() if value is not ...}])


def receipt(**changes):
    row = {**file()["receipts"][0], **changes}
    return file(receipts=[{key: value for key, value in row.items() if value is not ...}])


def faults_of(data):
    with pytest.raises(BadFile) as refused:
        ledger_from_json(data)
    return refused.value.faults


def test_the_file_of_the_method_is_read_row_by_row():
    found = ledger_from_json(file())
    assert (found.start, found.as_of, found.currency) == (date(2026, 1, 1), date(2027, 1, 1), "EUR")
    assert (found.hourly_value, found.discount_rate, found.sales_cycle_months) == (50, Decimal("0.10"), 3)
    assert found.costs == (
        Cost(date(2026, 1, 1), "fee", amount=Decimal(1200)),
        Cost(date(2026, 2, 1), "time", hours=Decimal(10)),
    )
    assert found.receipts == (
        Receipt(date(2026, 5, 1), "K-07", Decimal(6000), Decimal(".6"), Decimal(".5"), Decimal(".8")),
    )
    assert (found.baseline, found.margins) == ((5000, None), (5400,))


def test_what_has_a_default_may_be_left_out():
    found = ledger_from_json(
        file(discount_rate=..., sales_cycle_months=..., baseline=..., margins=..., costs=[], receipts=[])
    )
    assert (found.discount_rate, found.sales_cycle_months) == (Decimal(".10"), 0)
    assert (found.baseline, found.margins) == ((), ())


@pytest.mark.parametrize("missing", [..., None])
def test_a_missing_share_is_unknown(missing):
    found = ledger_from_json(receipt(attribution=missing, confidence=missing)).receipts[0]
    assert (found.attribution, found.confidence) == (None, None)


PLAIN = "must be a plain decimal: at most 15 digits, a point, at most 12 decimals"
QUOTED = 'must be a plain decimal in quotes, such as "1200.00"'
SHARE = 'must be a share from 0 to 1: ten percent is "0.10"'
DAY = 'must be a day in quotes, such as "2026-01-31"'
CURRENCY = "must be three capital letters, such as EUR"


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ([], "the file: must be an object in braces"),
        (None, "the file: must be an object in braces"),
        (file(start=...), "start: is missing"),
        (file(costs=...), "costs: is missing"),
        (file(extra=1), "extra: is not a key of this file"),
        (cost(extra=1), "costs[0].extra: is not a key of this file"),
        (file(costs={}), "costs: must be a list in square brackets"),
        (file(costs=["fee"]), "costs[0]: must be an object in braces"),
        (file(as_of="2025-12-31"), "as_of: is before the start, 2026-01-01"),
        (file(start="2026-02-30"), "start: is not a day of the calendar"),
        (file(start="20260101"), f"start: {DAY}"),
        (file(start="2026-01-01T00:00"), f"start: {DAY}"),
        (file(start="2026-01-01\n"), f"start: {DAY}"),
        (file(start=20260101), f"start: {DAY}"),
        (file(currency="eur"), f"currency: {CURRENCY}"),
        (file(currency="EURO"), f"currency: {CURRENCY}"),
        (file(currency="EUR\n"), f"currency: {CURRENCY}"),
        (file(currency=978), "currency: must be text in quotes"),
        (file(hourly_value=50), f"hourly_value: {QUOTED}"),
        (file(hourly_value=None), f"hourly_value: {QUOTED}"),
        (file(hourly_value="1e3"), f"hourly_value: {PLAIN}"),
        (file(hourly_value="1,000.00"), f"hourly_value: {PLAIN}"),
        (file(hourly_value="1_000"), f"hourly_value: {PLAIN}"),
        (file(hourly_value=" 50"), f"hourly_value: {PLAIN}"),
        (file(hourly_value="50\n"), f"hourly_value: {PLAIN}"),
        (file(hourly_value="٥٠"), f"hourly_value: {PLAIN}"),
        (file(hourly_value="NaN"), f"hourly_value: {PLAIN}"),
        (file(hourly_value="Infinity"), f"hourly_value: {PLAIN}"),
        (file(hourly_value="9" * 16), f"hourly_value: {PLAIN}"),
        (file(hourly_value="-0.01"), "hourly_value: must not be negative"),
        (file(discount_rate="10"), f"discount_rate: {SHARE}"),
        (file(sales_cycle_months="3"), "sales_cycle_months: must be a whole number"),
        (file(sales_cycle_months=3.0), "sales_cycle_months: must be a whole number"),
        (file(sales_cycle_months=True), "sales_cycle_months: must be a whole number"),
        (file(sales_cycle_months=-1), "sales_cycle_months: must be 0 or more"),
        (file(sales_cycle_months=121), "sales_cycle_months: must be 120 or less"),
        (file(baseline=["1"] * 25), "baseline: has 25 entries, at most 24 are allowed"),
        (file(margins=[None] * 13), "margins: has 13 entries, at most 12 are allowed"),
        (file(margins=["1", 2]), f"margins[1]: {QUOTED}"),
        (cost(kind="gift"), "costs[0].kind: must be 'fee', 'time' or 'cash'"),
        (cost(amount="-1"), "costs[0].amount: must not be negative"),
        (cost(amount=...), "costs[0].amount: is missing: a fee cost has amount"),
        (cost(hours="1"), "costs[0].hours: does not belong here: a fee cost has amount"),
        (cost(kind="time", amount=...), "costs[0].hours: is missing: a time cost has hours"),
        (cost(kind="time", hours="1"), "costs[0].amount: does not belong here: a time cost has hours"),
        (cost(kind="time", amount=..., hours="-1"), "costs[0].hours: must not be negative"),
        (receipt(amount="-1"), "receipts[0].amount: must not be negative"),
        (receipt(amount=...), "receipts[0].amount: is missing"),
        (receipt(margin="1.01"), f"receipts[0].margin: {SHARE}"),
        (receipt(margin=None), f"receipts[0].margin: {QUOTED}"),
        (receipt(confidence="-0.1"), f"receipts[0].confidence: {SHARE}"),
        (receipt(attribution="60"), f"receipts[0].attribution: {SHARE}"),
        (receipt(person=""), "receipts[0].person: must not be empty"),
        (receipt(person="\ud800"), "receipts[0].person: must be text in quotes, of whole characters"),
        (receipt(person=7), "receipts[0].person: must be text in quotes"),
        (receipt(id="7"), "receipts[0].id: must be a whole number"),
    ],
)
def test_a_fault_is_named_with_its_path_and_how_to_mend_it(data, fault):
    assert faults_of(data) == (fault,)


def test_every_fault_is_named_and_none_hides_another():
    rows = [{"date": "2026-01-01", "kind": "fee", "amount": "x"}, {"kind": "time", "date": "soon"}]
    assert faults_of(file(costs=rows, as_of="2020-01-01", currency="€", more=1)) == (
        "as_of: is before the start, 2026-01-01",
        f"currency: {CURRENCY}",
        f"costs[0].amount: {PLAIN}",
        f"costs[1].date: {DAY}",
        "costs[1].hours: is missing: a time cost has hours",
        "more: is not a key of this file",
    )


def test_what_the_parser_spotted_is_named_first_and_only_once():
    uncountable = "is not a number to count with: NaN, infinite or too large"
    spotted = {("hourly_value",): (uncountable,), ("costs",): ("is there more than once",)}
    with pytest.raises(BadFile) as refused:
        ledger_from_json(file(hourly_value=float("nan"), costs=1), spotted)
    assert refused.value.faults == (
        f"hourly_value: {uncountable}",
        "costs: is there more than once",
        "costs: must be a list in square brackets",
    )


def test_what_the_parser_spotted_is_enough_to_refuse_a_file():
    with pytest.raises(BadFile, match="costs: is there more than once"):
        ledger_from_json(file(), {("costs",): ("is there more than once",)})


def test_a_month_may_have_lost_money():
    assert ledger_from_json(file(baseline=["-120.50"], margins=["-1"])).margins == (-1,)


def test_an_exported_row_is_readable_and_leads_back_to_its_entry():
    fee = Cost(date(2026, 1, 1), "fee", amount=Decimal("1200"), what="Course fee", id=3)
    time = Cost(date(2026, 1, 2), "time", hours=Decimal("2.5"))
    came = Receipt(month_end(1), "K-07", Decimal("6000.5"), Decimal("1"), Decimal(".125"), None, id=9)
    written = ledger_to_json(ledger(costs=(fee, time), receipts=(came,), margins=(None, Decimal(5))))
    assert written["costs"] == [
        {"date": "2026-01-01", "kind": "fee", "amount": "1200.00", "what": "Course fee", "id": 3},
        {"date": "2026-01-02", "kind": "time", "hours": "2.5"},
    ]
    assert written["receipts"] == [
        {
            "date": "2026-02-01",
            "person": "K-07",
            "amount": "6000.50",
            "margin": "1.00",
            "attribution": "0.125",
            "id": 9,
        }
    ]
    assert written["margins"] == [None, "5.00"]


@given(LEDGERS)
def test_an_exported_ledger_is_read_back_unchanged_and_adds_up_to_the_same(given):
    read = ledger_from_json(json.loads(json.dumps(ledger_to_json(given))))
    assert read == given
    assert account_to_json(account(read)) == account_to_json(account(given))


def test_an_account_is_printed_as_the_method_says():
    assert account_to_json(account(worked(sales_cycle_months=3))) == {
        "investment": "4800.00",
        "benefit_attributed": "4926.00",
        "benefit_trend": "6000.00",
        "benefit_claimed": "4926.00",
        "grade": "B",
        "bcr": "1.026250",
        "roi_percent": "2.625000",
        "payback_months": "11.693057",
        "break_even_month": 9,
        "npv": "-15.90",
        "discounted_break_even_month": None,
        "cumulative": [
            *("-1200.00", "-1700.00", "-2200.00", "-2700.00", "-1760.00", "-1960.00", "-1950.00", "-1940.00"),
            *("-1930.00", "96.00", "106.00", "116.00", "126.00"),
        ],
        "too_early": False,
    }


def test_an_account_that_is_too_early_prints_no_ratio():
    printed = account_to_json(account(worked(trend=None, as_of=month_end(2))))
    assert printed["too_early"] is True
    assert (printed["bcr"], printed["roi_percent"], printed["payback_months"]) == (None, None, None)
    assert (printed["grade"], printed["benefit_trend"]) == ("C", None)
    assert printed["cumulative"] == ["-1200.00", "-1700.00", "-2200.00"]


ABROAD = {"amount": "1200.00", "currency": "USD", "rate": "0.92", "source": "ECB, 20 November"}


def test_what_was_paid_abroad_is_read_and_written_unchanged_and_counts_nothing_by_itself():
    data = receipt(original=ABROAD)
    assert ledger_from_json(data).receipts[0].original == Original(
        Decimal(1200), "USD", Decimal(".92"), ABROAD["source"]
    )
    assert ledger_to_json(ledger_from_json(data))["receipts"][0]["original"] == ABROAD
    assert account_to_json(account(ledger_from_json(data))) == account_to_json(account(ledger_from_json(receipt())))


def test_an_original_with_a_part_missing_is_a_fault_with_its_path():
    assert faults_of(cost(original={**ABROAD, "rate": None})) != []
