"""An account is drawn up from the log by month, and comes to what the ledger comes to row by row."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.db import db
from app.practice.account_queries import account_of, put_in_month
from app.practice.ledger_queries import ledger_of
from course.ledger_file import account_to_json
from course.roi import account
from tests import cast as people
from tests.app.practice.ledger_rows import START, begin, log_entry, random_ledger, reading
from tests.cast import Cast, save

MINUTES = {"first": 9, "second": 12}
DAY = date(2027, 1, 4)


@pytest.mark.parametrize("seed", range(12, 18))
@pytest.mark.parametrize("today", [date(2026, 8, 9), DAY])
def test_the_log_by_month_comes_to_the_same_figures_as_entry_by_entry(cast: Cast, seed: int, today: date) -> None:
    random_ledger(cast.ada, cast.ada_enrolled.id, seed=seed, lessons=["first", "second"])
    whole, by_month = ledger_of(cast.ada, today, MINUTES), account_of(cast.ada, today, MINUTES)
    assert whole is not None
    assert by_month is not None
    assert account_to_json(account(by_month.ledger)) == account_to_json(account(whole.ledger))
    assert account(by_month.ledger).investment == account(whole.ledger).investment
    assert replace(by_month.ledger, costs=()) == replace(whole.ledger, costs=())
    assert (by_month.minutes, sum(cost.entries for cost in by_month.spent)) == (whole.minutes, len(whole.spent))


def test_entries_of_a_month_that_took_equally_long_are_one_row(cast: Cast) -> None:
    begin(cast.ada)
    days = [date(2026, 2, 2), date(2026, 2, 20), date(2026, 3, 1), date(2026, 3, 2)]
    db.session.add_all(log_entry(cast.ada, None, day, 20) for day in days)
    db.session.commit()
    found = account_of(cast.ada, DAY, MINUTES)
    assert found is not None
    assert [(cost.entries, cost.minutes) for cost in found.spent] == [(3, 60), (1, 20)]
    # Three times the third of an hour that the file holds, not a whole hour.
    assert str(found.spent[0].hours) == "0.999999999999"


def test_what_is_dated_later_is_not_mixed_with_what_counts(cast: Cast) -> None:
    begin(cast.ada)
    db.session.add_all(log_entry(cast.ada, None, day, 20) for day in (date(2026, 2, 2), date(2026, 2, 3)))
    db.session.commit()
    found = account_of(cast.ada, date(2026, 2, 2), MINUTES)
    assert found is not None
    assert [bool(line.left_out) for line in account(found.ledger).cost_lines] == [False, True]


def test_a_discount_rate_of_ones_own_is_counted_with(cast: Cast) -> None:
    begin(cast.ada, discount_rate="0.25")
    found = account_of(cast.ada, DAY, MINUTES)
    assert found is not None
    assert str(found.ledger.discount_rate) == "0.25"


def test_a_month_opens_into_what_was_put_in_between_its_days(cast: Cast) -> None:
    begin(cast.ada, time_zone="Europe/Amsterdam")
    for day in (date(2026, 2, 1), date(2026, 2, 2), date(2026, 3, 1), date(2026, 3, 2)):
        people.entry(cast.ada, people.relationship(cast.ada, str(day)), day=day, minutes=10)
        people.cost(cast.ada, day=day)
    # Half past eleven in London is the next day in Amsterdam.
    save(reading(cast.ada_enrolled.id, "first", datetime(2026, 2, 1, 23, 30, tzinfo=UTC)))
    save(reading(cast.ada_enrolled.id, "second", datetime(2026, 2, 1, 22, 30, tzinfo=UTC)))
    found = put_in_month(cast.ada, 2, MINUTES)
    assert sorted((cost.date.isoformat(), cost.origin) for cost in found) == [
        ("2026-02-02", "lesson"),
        ("2026-02-02", "log"),
        ("2026-02-02", "typed"),
        ("2026-03-01", "log"),
        ("2026-03-01", "typed"),
    ]


def test_the_start_opens_into_everything_up_to_its_day(cast: Cast) -> None:
    begin(cast.ada)
    for day in (date(2019, 1, 1), START, date(2026, 1, 2)):
        people.cost(cast.ada, day=day)
    assert len(put_in_month(cast.ada, 0, MINUTES)) == 2


@pytest.mark.parametrize("seed", range(3))
def test_an_entry_taken_back_changes_nothing_else(cast: Cast, seed: int) -> None:
    random_ledger(cast.ada, cast.ada_enrolled.id, seed=seed, lessons=["first"])
    before = account_of(cast.ada, DAY, MINUTES)
    mistaken = people.entry(cast.ada, None, minutes=70, day=date(2026, 5, 5))
    people.entry(cast.ada, None, minutes=70, day=date(2026, 5, 5), replaces_id=mistaken.id, void=True)
    assert account_of(cast.ada, DAY, MINUTES) == before
