"""Axes from zero, and labels kept apart."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.charts.figures import signed
from app.charts.lettering import Box, free_place, width, wrap
from app.charts.scale import spread, ticks
from app.filters import number


@given(st.floats(0, 1e9, allow_nan=False), st.integers(2, 8))
def test_an_axis_starts_at_nought_covers_the_top_and_has_few_round_steps(top: float, most: int) -> None:
    values = ticks(top, most=most)
    step = values[1]
    assert values[0] == 0
    assert values[-1] >= top
    assert values[-1] - step < max(top, 1)
    assert len(values) - 1 <= most
    assert str(step).rstrip("0") in {"1", "2", "5"}


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(1, 40)), min_size=1, max_size=6))
def test_labels_keep_their_order_and_their_distance(labels: list[tuple[float, float]]) -> None:
    labels.sort()
    sizes = [size for _, size in labels]
    centres = spread([place for place, _ in labels], sizes, gap=5, low=0, high=300)
    edges = [(c - s / 2, c + s / 2) for c, s in zip(centres, sizes, strict=True)]
    assert edges[0][0] >= -1e-6
    assert edges[-1][1] <= 300 + 1e-6
    assert all(after[0] - before[1] >= 5 - 1e-6 for before, after in pairwise(edges))


def test_labels_with_room_stay_where_they_are_wanted() -> None:
    assert spread([20, 100], [10, 10], gap=5, low=0, high=300) == [20, 100]


def test_two_labels_wanted_in_one_place_give_way_by_the_same() -> None:
    assert spread([50, 50], [20, 20], gap=4, low=0, high=100) == [38, 62]


def test_no_labels_need_no_room() -> None:
    assert spread([], [], gap=4, low=0, high=100) == []


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.integers(40, 200))
def test_wrapping_keeps_every_word_and_the_room(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert " ".join(lines) == text
    assert all(width(line) <= room for line in lines if " " in line)


def test_a_no_break_space_does_not_break() -> None:
    assert wrap("70\u00a0% sure", 50) == ("70\u00a0%", "sure")


def test_a_block_goes_to_the_free_place_nearest_to_where_it_is_wanted() -> None:
    plot = Box(0, 0, 100, 100)
    assert free_place((20, 10), within=plot, xs=[0, 50], taken=[], near=(50, 40)) == (50, 40)
    left = Box(40, 0, 100, 100)
    assert free_place((20, 10), within=plot, xs=[0, 50], taken=[left], near=(50, 40)) == (0, 40)
    assert free_place((20, 10), within=plot, xs=[0, 50], taken=[plot], near=(50, 40)) is None


def test_a_difference_has_its_sign_and_nought_has_none() -> None:
    assert [signed(value, number) for value in (96, -1890, 0, 0.2)] == ["+96", "\u22121\u00a0890", "0", "0"]
