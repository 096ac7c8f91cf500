"""What every chart shares: its table, the lines of a point, and that each has what the frame prints."""

from datetime import date

import pytest

from app.charts import (
    Chart,
    Month,
    Stated,
    Table,
    TableRow,
    Week,
    calibration_chart,
    readout,
    roi_curve,
    week_bars,
)
from tests.app.charts.sheets import outside, touching

CHARTS: dict[str, Chart] = {
    "roi": roi_curve([Month("Start", 100, 0), Month("Jan", 1_500_000, 400)]),
    "weeks": week_bars([Week(date(2026, 9, 7), 1, 6), Week(date(2026, 9, 14), 2, 1, begun=True)]),
    "calibration": calibration_chart([Stated("Unsure", 0.5, 9, 20, 0.25, 0.66), Stated("Certain", 0.95, 0, 3)]),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=list(CHARTS))
def test_every_point_has_its_line_in_the_table_and_stands_below_its_own_words(chart: Chart) -> None:
    for drawing in (chart.narrow, chart.wide):
        assert drawing is not None
        assert len(drawing.points) == len(chart.table.rows)
        assert all(point.column.top >= drawing.head for point in drawing.points)
        lines = [line for point in drawing.points for line in point.lines]
        assert outside(lines, width=drawing.width, height=drawing.head) == []


@pytest.mark.parametrize("figures", [(), ("1", "2")])
def test_a_figure_without_its_heading_is_refused(figures: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="for 1 columns"):
        Table(("Month", "Net"), (TableRow("May", figures),))
    with pytest.raises(ValueError, match="Together"):
        Table(("Month", "Net"), (), foot=TableRow("Together", figures))


def test_the_words_of_a_point_are_one_line_where_they_fit() -> None:
    sentence, parts = "Month 9: invested 4 000, returned 4 200, net +200", ("Month 9: net +200", "invested 4 000")
    assert [line.text for line in readout(sentence, parts, room=720)] == [sentence]
    narrow = readout(sentence, parts, room=200)
    assert [line.text for line in narrow] == list(parts)
    assert touching(narrow) == []
    assert [line.text for line in readout(sentence, room=200)] == [sentence]
