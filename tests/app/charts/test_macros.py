"""The printed charts: well-formed, escaped, without inline style or script, every id used once."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import charts, filters

TEMPLATES = Path(__file__).parents[3] / "app" / "templates"
NASTY = '<script>alert("1")</script> & \' "'

Print = Callable[..., ElementTree.Element]


@pytest.fixture(scope="module")
def printed() -> Print:
    """Render a line of a template that has imported the macros, and parse it strictly."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["number"] = filters.number

    def render(call: str, **values: object) -> ElementTree.Element:
        name = call.partition("(")[0]
        source = f'{{% from "macros/charts.html" import {name} %}}<div>{{{{ {call} }}}}</div>'
        return ElementTree.fromstring(env.from_string(source).render(**values))

    return render


def curve(words: str = "Hatched: one receipt") -> charts.RoiCurve:
    reached = [charts.Month("Start", 100, 0), charts.Month("Jan", 150, 400)]
    return charts.roi_curve([*reached, charts.Month(words)], break_even=1, uncertain=charts.Uncertain(1, 300, words))


def bars() -> charts.WeekBars:
    return charts.week_bars([charts.Week(date(2026, 9, 7), 1, 6), charts.Week(date(2026, 9, 14), 2, 1, begun=True)])


def gates() -> charts.GateWeeks:
    read = [charts.GateWeek(date(2026, 9, 7), 7, "open"), charts.GateWeek(date(2026, 9, 14), 6, "on probation")]
    return charts.gate_weeks(read)


def change(name: str = "Attending") -> charts.ChangeChart:
    readings = [charts.Reading("before", 2), charts.Reading("then", None), charts.Reading("after", 4, 2)]
    return charts.change_chart(
        [
            charts.Construct(name, readings, charts.whisker(0.44, 0.33, 0.55), name),
            charts.Construct(name, [charts.Reading("later", 3)]),
        ]
    )


def path(words: str) -> charts.GrowthPath:
    years = [charts.Year(4, low=4, high=4), charts.Year(5, 3, 1, 1, low=4, high=7)]
    return charts.growth_path(years, target=10, plateau=12, uncertain=words)


def grid(name: str = "Ada") -> list[charts.ProgressRow]:
    cells = [charts.Cell("practised", name), charts.Cell("read"), charts.Cell("none")]
    return [charts.ProgressRow(name, "/learners/1", [cells, cells], 2, 1, charts.whisker(None))]


CALLS: list[tuple[str, dict[str, object]]] = [
    ("roi_curve(chart, text, text)", {"chart": curve(NASTY)}),
    ("roi_curve(chart, text, empty=text)", {"chart": charts.roi_curve([])}),
    ("week_bars(chart, text, text)", {"chart": bars()}),
    ("week_bars(chart, text, empty=text)", {"chart": charts.week_bars([])}),
    ("growth_path(chart, text, text)", {"chart": path(NASTY)}),
    (
        "growth_path(chart, text, empty=text)",
        {"chart": charts.growth_path([charts.Year(1), charts.Year(10**9)], target=1)},
    ),
    ("gate_weeks(chart, text, text)", {"chart": gates()}),
    ("gate_weeks(chart, text, empty=text)", {"chart": charts.gate_weeks([])}),
    ("change_chart(chart, text, text)", {"chart": change(NASTY)}),
    ("change_chart(chart, text, empty=text)", {"chart": charts.change_chart([])}),
    ("progress_grid(rows, ['1', text], text)", {"rows": grid(NASTY)}),
    ("progress_key()", {}),
    ("rubric_glyph([2, 2, 1, 1, 0], text, kind='connecting')", {}),
    ("pips(1, text)", {}),
    ("steps(3, text)", {}),
    ("seat_pips(3, 10, text)", {}),
    ("seat_pips(30, 120, text)", {}),
    ("meter(14, 27)", {}),
    ("meter(0, 0)", {}),
    ("whisker(chart)", {"chart": charts.whisker(0.44, 0.33, 0.55)}),
    ("dot_field(chart, text)", {"chart": charts.dot_field(312, [17, 64])}),
]


@pytest.mark.parametrize(("call", "values"), CALLS, ids=[call for call, _ in CALLS])
def test_a_macro_prints_well_formed_markup_without_style_or_script(
    printed: Print, call: str, values: dict[str, object]
) -> None:
    tree = printed(call, text=NASTY, **values)
    for element in tree.iter():
        assert element.tag not in {"script", "style"}
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
    ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("call", ["roi_curve(chart, 'A finding')", "week_bars(chart, 'A finding')"])
def test_every_column_can_be_reached_and_is_named(printed: Print, call: str) -> None:
    tree = printed(call, chart=curve() if call.startswith("roi") else bars())
    drawings = tree.findall("./figure/svg")
    assert [drawing.attrib["class"] for drawing in drawings] == ["narrow-only", "wide-only"]
    for drawing in drawings:
        points = drawing.findall("./g[@class='point']")
        assert len(points) == 2
        for point in points:
            assert point.attrib["tabindex"] == "0"
            assert point.attrib["aria-label"] == point.findtext("title")


@pytest.mark.parametrize(
    ("call", "chart"),
    [
        ("roi_curve(chart, 'A')", curve()),
        ("week_bars(chart, 'A')", bars()),
        ("gate_weeks(chart, 'A')", gates()),
        ("change_chart(chart, 'A')", change()),
    ],
    ids=["roi", "weeks", "gate", "change"],
)
def test_the_same_figures_stand_in_a_table_one_click_below(printed: Print, call: str, chart: object) -> None:
    table = printed(call, chart=chart).find("./details[@class='opens figures']/div/table")
    assert table is not None
    assert len(table.findall("./tbody/tr")) == 2


@pytest.mark.parametrize(
    ("call", "chart"),
    [
        ("roi_curve(chart, 'A finding')", curve()),
        ("week_bars(chart, 'A finding')", bars()),
        ("gate_weeks(chart, 'A finding')", gates()),
    ],
)
def test_a_drawing_is_named_by_its_finding_and_told_by_its_summary(
    printed: Print, call: str, chart: charts.Chart
) -> None:
    for drawing in printed(call, chart=chart).findall("./figure/svg"):
        title, told = drawing.find("title"), drawing.find("desc")
        assert title is not None
        assert told is not None
        assert (title.text, told.text) == ("A finding", chart.summary)
        assert drawing.attrib["aria-labelledby"] == title.attrib["id"]
        assert drawing.attrib["aria-describedby"] == told.attrib["id"]


def test_a_table_too_wide_for_a_phone_names_each_figure_there(printed: Print) -> None:
    rows = (charts.TableRow("May", ("1", "2")), charts.TableRow("June", ("3", "4"), aside="only begun"))
    for stacked, names in ((True, ["In:", "Out:"]), (False, [None, None])):
        table = charts.Table(("Month", "In", "Out"), rows, foot=charts.TableRow("Both", ("4", "6")), stacked=stacked)
        tree = printed("figures(table, 'A finding')", table=table)
        assert [cell.attrib.get("data-h") for cell in tree.findall("./details/div/table/tfoot/tr/td")] == names


def test_two_charts_on_a_page_share_no_id(printed: Print) -> None:
    def ids(name: str) -> set[str]:
        tree = printed(f"roi_curve(chart, 'A', id='{name}')", chart=curve())
        found = {element.attrib["id"] for element in tree.iter() if "id" in element.attrib}
        used = set(re.findall(r"url\(#([^)]+)\)", ElementTree.tostring(tree, encoding="unicode")))
        assert used <= found
        return found

    assert not ids("first") & ids("second")


def test_the_bars_of_a_week_only_begun_are_hatched(printed: Print) -> None:
    tree = printed("week_bars(chart, 'A', id='w')", chart=bars())
    drawn = ElementTree.tostring(tree, encoding="unicode")
    assert drawn.count("url(#w-narrow-hatch)") == drawn.count("url(#w-narrow-hatch-contacting)") == 1


def test_a_glyph_has_five_bars_as_high_as_the_lines_and_words_for_those_who_do_not_see(printed: Print) -> None:
    glyph, words = printed("rubric_glyph([2, 0, 1, 1, 0], '4 of 10')")
    assert [bar.attrib["class"] for bar in glyph] == ["s2", "s0", "s1", "s1", "s0"]
    assert glyph.attrib["aria-hidden"] == "true"
    assert words.text == "4 of 10"


def test_seats_are_pips_and_a_hall_is_a_bar(printed: Print) -> None:
    few, _ = printed("seat_pips(3, 24, '3 of 24')")
    assert ["class" in seat.attrib for seat in few] == [True] * 3 + [False] * 21
    hall, _ = printed("seat_pips(30, 120, '30 of 120')")
    assert hall.attrib["class"] == "meter"
    assert [bar.attrib["width"] for bar in hall] == ["120", "30"]


def test_a_stage_is_as_many_treads(printed: Print) -> None:
    for stage in range(6):
        treads = printed(f"steps({stage})")[0]
        assert len([tread for tread in treads if "class" in tread.attrib]) == stage


def test_a_share_not_known_draws_only_its_line(printed: Print) -> None:
    drawn = printed("whisker(chart)", chart=charts.whisker(None))
    assert [element.tag for element in drawn[0]] == ["line"]
    assert drawn[1].text == "No rated entries yet"


def test_the_grid_stays_a_table_where_a_phone_lays_it_out_as_lines(printed: Print) -> None:
    table = printed("progress_grid(rows, [1, 2], 'Learners')", rows=grid())[0][0]
    assert table.attrib["role"] == "table"
    assert {cell.attrib["role"] for row in table.iter("tr") for cell in row} == {"columnheader", "rowheader", "cell"}
    assert len(table.findall("./tbody/tr/td[@class='module']")) == 2


def test_missing_answers_are_said_beside_the_scale(printed: Print) -> None:
    drawn = ElementTree.tostring(printed("change_chart(chart, 'A')", chart=change()), encoding="unicode")
    assert "Looking back: not answered" in drawn
    assert "No measure in the log" in drawn
