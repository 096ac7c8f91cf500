"""Which backups stay."""

from datetime import UTC, datetime, timedelta

import pytest

from app.backup.retention import Keep, kept, parse

SUNDAY = datetime(2026, 11, 29, 3, tzinfo=UTC)


def nights(count: int) -> list[datetime]:
    return [SUNDAY - timedelta(days=day) for day in range(count)]


def test_a_week_of_days_and_the_last_of_each_week_before_it_stay() -> None:
    stay = kept(nights(60), Keep(daily=7, weekly=4))
    days = {SUNDAY - timedelta(days=day) for day in range(7)}
    assert stay == days | {SUNDAY - timedelta(days=day) for day in (7, 14, 21)}


def test_of_several_in_a_day_the_newest_stays() -> None:
    hours = [SUNDAY + timedelta(hours=hour) for hour in range(5)]
    assert kept(hours, Keep(daily=7, weekly=4)) == {hours[-1]}


def test_a_pause_in_the_backups_removes_none_of_those_from_before_it() -> None:
    before = nights(7)
    assert kept([*before, SUNDAY + timedelta(days=400)], Keep(daily=8, weekly=0)) == {
        *before,
        SUNDAY + timedelta(days=400),
    }


def test_the_newest_always_stays_and_nothing_is_made_up() -> None:
    assert kept([SUNDAY], Keep(daily=1, weekly=0)) == {SUNDAY}
    assert kept([], Keep(daily=7, weekly=4)) == set()


def test_a_rule_is_read_as_it_is_said() -> None:
    assert parse("7 daily, 4 weekly") == Keep(7, 4)
    assert parse(" 30 daily ") == Keep(30, 0)


@pytest.mark.parametrize(
    "text", ["", "7", "0 daily", "0 daily, 4 weekly", "seven daily", "7 daily 4 weekly", "-1 daily"]
)
def test_a_rule_that_is_not_understood_or_keeps_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="7 daily, 4 weekly"):
        parse(text)
