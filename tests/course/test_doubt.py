"""A nought too many is asked about once, and nothing usual is."""

import pytest

from course.doubt import Known, amount_asks, minutes_ask


@pytest.mark.parametrize(
    ("units", "known", "asks"),
    [
        (1_000_000, Known(), True),
        (999_999, Known(), False),
        (1_000_000, Known(2, 5_000_000_00), False),
        (6_000_000, Known(2, 5_000_000_00), True),
        (20_000, Known(3, 1_000_00), True),
        (19_999, Known(3, 1_000_00), False),
        (1_000_000, Known(3, 100_000_00), False),
    ],
)
def test_an_amount_asks_when_it_is_far_above_what_is_known(units, known, asks):
    assert amount_asks(units * 100, known) is asks


@pytest.mark.parametrize(
    ("hours", "known", "asks"),
    [(100, Known(), True), (99, Known(), False), (30, Known(5, 90), True), (29, Known(5, 90), False)],
)
def test_hours_typed_for_minutes_ask_too(hours, known, asks):
    assert minutes_ask(hours * 60, known) is asks
