"""The pictures: that text, rule and picture say the same, and that they can be read wherever they are shown."""

import re
from decimal import Decimal
from math import cos, radians, sin
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.charts.lettering import SIZE as MEASURED
from app.charts.lettering import Box, width
from course.figures import FIGURES, attention, break_even, names, opened, plateau, rubric, svg
from course.figures.binder import LEDGER, spaced
from course.ledger import Ledger
from course.lesson import Lesson
from course.library import load
from course.roi import account, sensitivity
from tests.course.ledgers import worked

ROOT = Path(__file__).parents[2]
LESSONS = ROOT / "lessons"
CSS = ROOT / "app" / "static" / "css"
PHONE = 350  # what a phone of 390 px leaves for a picture
TINTS = {svg.WASH, svg.PALE, svg.SHADE}
PAPERS = re.findall(r"--paper:\s+light-dark\((#\w+), (#\w+)\)", (CSS / "tokens.css").read_text())[0]

every_picture = pytest.mark.parametrize("name", FIGURES)


@pytest.fixture(scope="module")
def lessons() -> dict[str, Lesson]:
    return {lesson.id: lesson for lesson in load(LESSONS).lessons}


def marks(name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(FIGURES[name]()).iter())


def letters(name: str) -> list[ElementTree.Element]:
    return [mark for mark in marks(name) if mark.tag.endswith("}text")]


def lettering(name: str) -> str:
    return "\n".join(mark.text or "" for mark in marks(name) if mark.tag.endswith(("}text", "}title")))


def said(lesson: Lesson) -> str:
    return lesson.source.replace("**", "").replace("*", "")


@every_picture
def test_a_file_is_what_is_drawn(name: str) -> None:
    assert (LESSONS / "img" / name).read_text(encoding="utf-8") == FIGURES[name]()


@every_picture
def test_a_picture_stands_in_one_lesson_in_its_own_size_and_in_words(name: str, lessons: dict[str, Lesson]) -> None:
    shown = [found for lesson in lessons.values() for found in _shown(name, lesson.source)]
    root = marks(name)[0]
    assert [(tall, wide) for _, wide, tall in shown] == [(root.get("height"), root.get("width"))]
    alt = shown[0][0]
    drawn = set(re.findall(r"[\d.]+", lettering(name).replace("\u00a0", "")))
    assert set(re.findall(r"\d[\d.]*(?<!\.)", re.sub(r"(?<=\d) (?=\d{3})", "", alt))) <= drawn
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


def _shown(name: str, source: str) -> list[tuple[str, str, str]]:
    return re.findall(rf"!\[([^\]]+)\]\(img/{re.escape(name)}\)\{{(\d+)x(\d+)\}}", source)


@every_picture
def test_a_picture_needs_nothing_that_a_page_may_refuse_it(name: str) -> None:
    for mark in marks(name):
        assert mark.tag.rpartition("}")[2] in {"svg", "title", "g", "text", "rect", "line", "circle", "path"}
        assert not {key for key in mark.attrib if key in {"style", "class", "id", "href"} or key.startswith("on")}
    assert "url(" not in FIGURES[name]()


@every_picture
def test_lettering_on_a_phone_is_twelve_pixels_high_or_more(name: str) -> None:
    wide = float(marks(name)[0].get("width") or 0)
    sizes = [float(mark.get("font-size") or 0) for mark in marks(name) if mark.get("font-size")]
    assert wide <= 620
    assert min(sizes) * PHONE / wide >= 12


@every_picture
def test_no_lettering_leaves_the_picture_or_runs_into_another(name: str) -> None:
    root = marks(name)[0]
    page = Box(0, 0, float(root.get("width") or 0), float(root.get("height") or 0))
    rooms = [room(mark) for mark in letters(name)]
    for number, one in enumerate(rooms):
        assert page.left <= one.left, letters(name)[number].text
        assert one.right <= page.right, letters(name)[number].text
        assert page.top <= one.top, letters(name)[number].text
        assert one.bottom <= page.bottom, letters(name)[number].text
        assert not [other for other in rooms[number + 1 :] if one.meets(other)], letters(name)[number].text


def room(mark: ElementTree.Element) -> Box:
    """The room a line of lettering takes, by the upper estimate that the charts of the pages use."""
    size = float(mark.get("font-size") or svg.SIZE)
    across = width(mark.text or "") * size / MEASURED
    x, y = float(mark.get("x") or 0), float(mark.get("y") or 0)
    left = x - across * {"start": 0, "middle": 0.5, "end": 1}[mark.get("text-anchor") or "start"]
    return Box(left, y - 0.75 * size, left + across, y + 0.2 * size)


def luminance(colour: tuple[float, ...]) -> float:
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colour]
    return sum(share * v for share, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def turned(colour: tuple[float, ...]) -> tuple[float, ...]:
    """What the filter that the page lays over a picture on dark paper makes of a colour. Source: Filter Effects 1."""
    found = re.findall(
        r"\.prose img \{ filter: invert\(([\d.]+)\) hue-rotate\((\d+)deg\) \}", (CSS / "study.css").read_text()
    )
    assert len(found) == 2
    assert len(set(found)) == 1, "by the system or by hand, dark is the same"
    part, angle = float(found[0][0]), radians(float(found[0][1]))
    inverted = [v * (1 - part) + (1 - v) * part for v in colour]
    c, s = cos(angle), sin(angle)
    matrix = (
        (0.213 + c * 0.787 - s * 0.213, 0.715 - c * 0.715 - s * 0.715, 0.072 - c * 0.072 + s * 0.928),
        (0.213 - c * 0.213 + s * 0.143, 0.715 + c * 0.285 + s * 0.140, 0.072 - c * 0.072 - s * 0.283),
        (0.213 - c * 0.213 - s * 0.787, 0.715 - c * 0.715 + s * 0.715, 0.072 + c * 0.928 + s * 0.072),
    )
    return tuple(min(1, max(0, sum(m * v for m, v in zip(row, inverted, strict=True)))) for row in matrix)


@every_picture
def test_every_colour_holds_on_light_paper_and_on_dark(name: str) -> None:
    texts = {mark.get("fill") or svg.INK for mark in letters(name)}
    graphics = {mark.get(key) for mark in marks(name) for key in ("fill", "stroke")} - TINTS - {None, "none"}
    light, dark = map(channels, PAPERS)
    for colour in texts | graphics:
        least = 4.5 if colour in texts else 3
        assert contrast(channels(str(colour)), light) >= least, colour
        assert contrast(turned(channels(str(colour))), dark) >= least, colour
    for tint in map(channels, TINTS):
        assert contrast(channels(svg.INK), tint) >= 4.5
        assert contrast(turned(channels(svg.INK)), turned(tint)) >= 4.5


def test_the_five_lines_are_scored_as_in_the_lesson(lessons: dict[str, Lesson]) -> None:
    versions = lessons["contact-or-connect"].examples[0].versions
    assert [(v.label.replace("'", "’"), tuple(v.scores.model_dump().values())) for v in versions if v.scores] == [
        (label, rated.points) for label, rated in rubric.VERSIONS
    ]
    assert "contacting" in lettering("five-lines.svg")
    assert "connecting" in lettering("five-lines.svg")


def test_every_name_of_the_list_is_a_dot_of_its_lot(lessons: dict[str, Lesson]) -> None:
    lots = (names.NEVER, names.SENT, names.ANSWERED, names.CONNECTED)
    groups = [mark for mark in marks("names.svg") if mark.tag.endswith("}g")][1:]
    assert tuple(len(group) for group in groups) == lots
    for words in ("312 names", f"{lots[0]} names", f"Against {lots[1]}", f"Another {lots[2]}", "That leaves six"):
        assert words in said(lessons["names-are-not-assets"])
    places = {(dot.get("cx"), dot.get("cy")) for group in groups for dot in group}
    assert len(places) == sum(lots) == 312


def test_the_ladder_has_the_stages_of_the_lesson(lessons: dict[str, Lesson]) -> None:
    stages = re.findall(r"\d, [a-z]+", lettering("ladder.svg"))
    assert [f"- **{stage}.**" in lessons["names-are-not-assets"].source for stage in stages] == [True] * 6


def test_the_curves_run_through_the_table_of_the_lesson(lessons: dict[str, Lesson]) -> None:
    source = said(lessons["leak-or-grow"])
    without, with_them = (plateau.numbers(growth) for growth in (plateau.WITHOUT, plateau.WITH))
    for year in (1, 3, 5, 10):
        assert f"| {year} year{'' if year == 1 else 's'} | {without[year]:.1f} | {with_them[year]:.1f} |" in source
    assert f"| In the end | {plateau.WITHOUT.plateau:.2f} | {plateau.WITH.plateau:.2f} |" in source


def test_the_hours_are_those_of_the_two_calendars(lessons: dict[str, Lesson]) -> None:
    source, hours = said(lessons["room-for-people"]), attention.HOURS
    for layer, people in attention.PEOPLE.items():
        assert re.search(rf"{layer}, {people}( people)?:.* = {hours[layer]:g} hours", source, re.I)
    assert f"Together: {sum(hours.values()):g} hours" in source
    assert f"that makes {attention.THERE}. He was {sum(hours.values()) - attention.THERE:g} short" in source


def test_the_binder_is_the_ledger_of_the_method() -> None:
    def facts(ledger: Ledger) -> tuple[object, ...]:
        receipts = {(r.date, r.amount, r.margin, r.attribution, r.confidence) for r in ledger.receipts}
        return set(ledger.costs), receipts, ledger.hourly_value, ledger.start, ledger.as_of

    assert facts(LEDGER) == facts(worked())
    assert account(LEDGER).benefit_trend == Decimal(6000)


def test_the_binder_shrinks_as_in_the_lesson(lessons: dict[str, Lesson]) -> None:
    source, drawn = said(lessons["the-honest-return"]), lettering("opened.svg").replace("\u00a0", " ")
    for step in opened.STEPS:
        amount, percent = spaced(step.amount).replace("\u00a0", " "), step.percent.replace("\u00a0", " ")
        assert amount in source
        assert f"{amount} {step.what}" in drawn
        assert percent in source
        assert percent in drawn
    assert "72 × 50 = 4 800" in source
    assert opened.HOURS == 72 * 50


def test_the_year_turns_where_the_lesson_says_and_hangs_on_the_receipt_it_names(lessons: dict[str, Lesson]) -> None:
    source, drawn = said(lessons["the-honest-return"]), lettering("break-even.svg")
    assert break_even.ACCOUNT.break_even_month == 9
    assert "break-even in month nine" in source
    assert "even in month 9" in drawn
    without = sensitivity(LEDGER)
    assert without is not None
    assert f"ends at {spaced(without.net)}".replace("\u00a0", " ") in source
    assert spaced(without.account.benefit_claimed) in drawn
