"""The small ones: a share with its interval, the field of rings, the cells of the progress grid."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts import Cell, dot_field, whisker


@given(st.lists(st.decimals(0, 1, places=4), min_size=3, max_size=3))
def test_an_interval_lies_around_its_share_on_a_line_from_nought_to_a_hundred(shares: list[Decimal]) -> None:
    low, share, high = sorted(shares)
    drawn = whisker(share, low, high)
    assert drawn.low is not None
    assert drawn.dot is not None
    assert drawn.high is not None
    assert 6 <= drawn.low <= drawn.dot <= drawn.high <= 106
    assert drawn.dot == pytest.approx(6 + 100 * float(share), abs=0.06)


def test_a_share_is_said_with_its_interval() -> None:
    assert whisker(0.4375, 0.3338, 0.547).words == "44\u00a0%, likely between 33 and 55\u00a0%"
    assert whisker(0.5).words == "50\u00a0%"


def test_no_share_is_not_nought() -> None:
    assert (whisker(None).dot, whisker(None).share) == (None, "–")
    assert whisker(0, 0, 0.28).dot == 6


def test_a_share_outside_its_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="bounds"):
        whisker(0.9, 0.1, 0.5)
    with pytest.raises(ValueError, match="bounds"):
        whisker(1.2)


@given(st.integers(1, 400), st.integers(1, 40))
def test_a_field_has_as_many_rings_as_it_says(count: int, columns: int) -> None:
    field = dot_field(count, [count - 1], columns=columns)
    rows = re.findall(r"M6 (\d+)h(\d+)", field.rows)
    assert sum((int(across) - 1) // 12 + 1 for _, across in rows) == count
    assert [int(y) for y, _ in rows] == [6 + 12 * i for i in range(field.height // 12)]
    assert all(int(across) + 6 < field.width + 6 for _, across in rows)


def test_the_filled_rings_stand_where_they_are_counted() -> None:
    assert dot_field(312, [27, 0, 0]).filled == ((6, 6), (18, 18))


def test_a_ring_outside_the_field_is_refused() -> None:
    with pytest.raises(ValueError, match="one of the field"):
        dot_field(10, [10])
    with pytest.raises(ValueError, match="at least one"):
        dot_field(0, [])


def test_a_cell_is_heard_with_its_lesson() -> None:
    assert Cell("updated", "5.3").words == "5.3: Updated since"
    assert Cell("none").words == "Not yet"


def test_a_state_without_a_sign_is_refused() -> None:
    unknown: Any = "finished"
    with pytest.raises(ValueError, match="finished"):
        Cell(unknown)
