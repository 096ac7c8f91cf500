"""The path of clients: drawn from zero, in proportion, with labels that touch nothing whatever the figures."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts import GrowthPath, Year, growth_path
from app.charts.growth_drawing import GrowthDrawing
from tests.app.charts.sheets import outside, touching

HATCHED = "Hatched: as far as your own rates may be off"


def sheets(path: GrowthPath) -> tuple[GrowthDrawing, GrowthDrawing]:
    assert path.narrow is not None
    assert path.wide is not None
    return path.narrow, path.wide


def four_to_eight(**given: object) -> GrowthPath:
    years = [Year(4), Year(Decimal("4.66"), Decimal("3.36"), Decimal(".3"), 1), Year(8)]
    return growth_path(years, target=10, **given)  # type: ignore[arg-type]


@st.composite
def paths(draw: st.DrawFn) -> GrowthPath:
    """Any path of two to eleven years, up to a few hundred thousand clients, with or without a range."""
    counts = draw(st.lists(st.floats(0, 20) | st.floats(0, 300_000), min_size=2, max_size=11))
    ranged = draw(st.booleans())
    years = [
        Year(count, low=count * draw(st.floats(0, 1)), high=count * draw(st.floats(1, 2))) if ranged else Year(count)
        for count in counts
    ]
    plateau = draw(st.none() | st.floats(0, 10**6))
    return growth_path(years, target=draw(st.integers(1, 100_000)), plateau=plateau, uncertain=HATCHED)


@given(paths())
@settings(max_examples=60, deadline=None)
def test_no_label_touches_another_or_leaves_the_page(path: GrowthPath) -> None:
    for drawing in sheets(path):
        assert touching(drawing.labels) == []
        assert outside(drawing.labels, width=drawing.width, height=drawing.height) == []
        assert drawing.plot.left < drawing.plot.right


def test_heights_are_in_proportion_from_a_foot_of_zero() -> None:
    for drawing in sheets(four_to_eight(plateau=Decimal("11.8"))):

        def tall(y: float, drawing: GrowthDrawing = drawing) -> float:
            return drawing.plot.bottom - y

        four, eight = tall(drawing.dots[0][1]), tall(drawing.dots[-1][1])
        assert eight == pytest.approx(2 * four, abs=0.3)
        assert tall(drawing.target) == pytest.approx(2.5 * four, abs=0.3)
        assert tall(drawing.ceiling or 0) == pytest.approx(2.95 * four, abs=0.3)


def test_every_line_is_named_at_its_end() -> None:
    wide = sheets(four_to_eight(plateau=Decimal("11.8")))[1]
    words = [label.text for label in wide.labels]
    for said in ("Your number", "10", "Settles at", "11.8", "Year 2", "8", "Now"):
        assert said in words


def test_a_plateau_far_above_is_not_drawn_and_does_not_flatten_the_path() -> None:
    assert sheets(four_to_eight(plateau=21))[1].ceiling is None
    assert sheets(four_to_eight(plateau=20))[1].ceiling is not None


def test_the_range_is_hatched_and_said_only_where_there_is_one() -> None:
    plain = sheets(four_to_eight(uncertain=HATCHED))[1]
    assert plain.band == ""
    assert not any("Hatched" in label.text for label in plain.labels)
    ranged = growth_path([Year(4, low=4, high=4), Year(6, low=5, high=9)], target=10, uncertain=HATCHED)
    wide = sheets(ranged)[1]
    ends = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", wide.band)]
    above, below = wide.dots[1][1] - ends[1], ends[2] - wide.dots[1][1]
    assert (len(ends), ends[0]) == (4, ends[3])
    assert above == pytest.approx(3 * below, abs=0.5)
    assert below > 0
    assert any("Hatched" in label.text for label in wide.labels)
    assert ranged.rows[1].sentence == "Year 1: 6 clients, likely 5 to 9"


def test_the_table_says_of_whom_a_year_is_made() -> None:
    rows = four_to_eight().rows
    assert (rows[0].name, rows[0].clients, rows[0].stayed) == ("Now", "4", "")
    assert (rows[1].clients, rows[1].stayed, rows[1].introduced, rows[1].won) == ("4.7", "3.4", "0.3", "1")


def test_beyond_a_million_clients_nothing_is_drawn() -> None:
    assert growth_path([Year(4), Year(Decimal(10) ** 19)], target=10).empty
    assert not growth_path([Year(4), Year(10**6)], target=10).empty


@pytest.mark.parametrize(
    "years",
    [
        [Year(4)],
        [Year(4), Year(-1)],
        [Year(4), Year(5, low=4, high=6)],
        [Year(4, low=-1, high=5), Year(4, low=0, high=5)],
    ],
)
def test_what_is_no_path_is_refused(years: list[Year]) -> None:
    with pytest.raises(ValueError, match=r"path|fewer|range"):
        growth_path(years, target=10)
