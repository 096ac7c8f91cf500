"""What a ledger is gathered from: current entries, completed lessons, what was typed and not taken out again."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.db import db
from app.practice.ledger_facts import Gathered, hours_of
from app.practice.ledger_queries import ledger_of, ledgers_of
from tests import cast as people
from tests.app.practice.ledger_rows import START, begin, log_entry, paid, reading
from tests.cast import NOON, TODAY, Cast, save

MINUTES = {"first": 9, "second": 12}


def gathered(cast: Cast, today: date = TODAY) -> Gathered:
    found = ledger_of(cast.ada, today, MINUTES)
    assert found is not None
    return found


def test_without_a_first_day_there_is_no_ledger(cast: Cast) -> None:
    cast.ada.ledger_start = None
    save(cast.ada)
    assert ledger_of(cast.ada, TODAY, MINUTES) is None


def test_time_in_the_log_counts_by_itself_with_nothing_typed(cast: Cast) -> None:
    begin(cast.ada)
    people.entry(cast.ada, people.relationship(cast.ada), minutes=20, day=date(2026, 2, 1))
    people.entry(cast.ada, None, minutes=45, day=date(2026, 2, 2))
    found = gathered(cast)
    assert [(cost.origin, cost.about, cost.minutes) for cost in found.spent] == [("log", "K-07", 20), ("log", "", 45)]
    assert found.ledger.costs[0].hours == Decimal("0.333333333333")


def test_a_corrected_entry_counts_once_and_a_taken_back_one_not_at_all(cast: Cast) -> None:
    begin(cast.ada)
    wrong = people.entry(cast.ada, None, minutes=500)
    people.entry(cast.ada, None, minutes=50, replaces_id=wrong.id)
    mistaken = people.entry(cast.ada, None, minutes=70)
    people.entry(cast.ada, None, minutes=70, replaces_id=mistaken.id, void=True)
    assert [cost.minutes for cost in gathered(cast).spent] == [50]


def test_an_entry_without_minutes_is_no_cost(cast: Cast) -> None:
    begin(cast.ada)
    people.entry(cast.ada, None, minutes=0)
    assert gathered(cast).spent == ()


def test_a_completed_lesson_counts_its_stated_minutes_on_the_learners_own_day(cast: Cast) -> None:
    begin(cast.ada, time_zone="Europe/Amsterdam")
    save(reading(cast.ada_enrolled.id, "first", datetime(2026, 2, 3, 23, 30, tzinfo=UTC)))
    (cost,) = gathered(cast).spent
    assert (cost.origin, cost.date, cost.minutes) == ("lesson", date(2026, 2, 4), 9)


def test_a_lesson_only_begun_is_no_cost(cast: Cast) -> None:
    begin(cast.ada)
    begun = reading(cast.ada_enrolled.id, "first", NOON)
    begun.completed_at = None
    save(begun)
    assert gathered(cast).spent == ()


def test_a_lesson_whose_minutes_nobody_knows_is_named_instead_of_dropped(cast: Cast) -> None:
    begin(cast.ada)
    save(reading(cast.ada_enrolled.id, "gone", NOON))
    found = gathered(cast)
    assert found.spent == ()
    assert [lesson.lesson_id for lesson in found.unmeasured] == ["gone"]


def test_what_was_taken_out_does_not_count(cast: Cast) -> None:
    begin(cast.ada)
    people.cost(cast.ada, removed_at=NOON)
    people.receipt(cast.ada, removed_at=NOON)
    found = gathered(cast)
    assert (found.ledger.costs, found.ledger.receipts) == ((), ())


def test_nothing_of_anybody_else_is_in_it(cast: Cast) -> None:
    begin(cast.ada, hourly_value=None)
    begin(cast.ben)
    people.entry(cast.ben, people.relationship(cast.ben), minutes=20)
    people.cost(cast.ben)
    people.receipt(cast.ben)
    people.margin(cast.ben, date(2025, 12, 1), 1)
    save(reading(cast.ben_enrolled.id, "first", NOON))
    assert gathered(cast).untouched
    assert gathered(cast).ledger.costs == ()


def test_amounts_are_exact_to_the_cent_and_shares_to_the_ten_thousandth(cast: Cast) -> None:
    begin(cast.ada, hourly_value=3_333)
    save(paid(cast.ada, 12, date(2026, 2, 1), None, ".3333 - 1"))
    (receipt,) = gathered(cast).ledger.receipts
    assert (receipt.amount, receipt.margin) == (Decimal("12.00"), Decimal(".3333"))
    assert (receipt.attribution, receipt.confidence, receipt.person) == (None, Decimal(1), "unnamed")
    assert gathered(cast).ledger.hourly_value == Decimal("33.33")


def test_an_hour_without_a_value_counts_nothing_and_is_said_to(cast: Cast) -> None:
    begin(cast.ada, hourly_value=None)
    found = gathered(cast)
    assert (found.priced, found.ledger.hourly_value) == (False, Decimal(0))


def test_the_baseline_runs_from_the_oldest_known_month_to_the_start_with_its_gaps(cast: Cast) -> None:
    begin(cast.ada, date(2026, 3, 15))
    for month, amount in ((date(2025, 11, 1), 100), (date(2025, 12, 1), None), (date(2026, 2, 1), -300)):
        people.margin(cast.ada, month, amount)
    people.margin(cast.ada, date(2024, 2, 1), 900)  # more than 24 months before
    assert gathered(cast).ledger.baseline == (Decimal("1.00"), None, None, Decimal("-3.00"))


def test_the_window_has_a_margin_for_each_calendar_month_that_is_over(cast: Cast) -> None:
    begin(cast.ada, date(2026, 9, 15))
    people.margin(cast.ada, date(2026, 9, 1), 500)
    people.margin(cast.ada, date(2026, 11, 1), 700)  # not over yet
    assert gathered(cast, date(2026, 11, 24)).ledger.margins == (Decimal("5.00"), None)


@pytest.mark.parametrize("minutes", range(1, 61))
def test_hours_of_a_line_are_within_a_millionth_of_a_cent_at_any_price_of_an_hour(minutes: int) -> None:
    assert abs(hours_of(minutes) * 60 - minutes) * 1_000 / 60 < Decimal("1e-8")


@pytest.mark.parametrize("rows", [1, 500])
def test_a_ledger_takes_two_statements_with_any_number_of_rows(cast: Cast, queries: list[str], rows: int) -> None:
    begin(cast.ada)
    begin(cast.ben)
    db.session.add_all(log_entry(cast.ada, None, START, 10) for _ in range(rows))
    db.session.add_all(paid(cast.ben, 1, START, None, "1 1 1") for _ in range(rows))
    db.session.commit()
    for learner in (cast.ada, cast.ben):
        db.session.refresh(learner)
    queries.clear()
    found = ledgers_of([cast.ada, cast.ben], TODAY, MINUTES)
    assert len(queries) == 2
    assert (len(found[cast.ada.id].spent), len(found[cast.ben.id].ledger.receipts)) == (rows, rows)


def test_minutes_the_learner_corrected_go_before_the_stated_ones_nought_too(cast: Cast) -> None:
    begin(cast.ada)
    for lesson, minutes in (("first", 25), ("second", 0), ("gone", 12)):
        row = reading(cast.ada_enrolled.id, lesson, NOON)
        row.minutes = minutes
        save(row)
    found = gathered(cast)
    assert sorted((cost.about, cost.minutes) for cost in found.spent) == [("first", 25), ("gone", 12), ("second", 0)]
    assert found.unmeasured == ()
