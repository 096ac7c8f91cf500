import pytest

from course.outline import Outline, parse
from tests.course.lesson_files import outline_text


def test_modules_stand_in_the_order_they_are_written():
    outline = parse(outline_text("02-two", "01-one", retired=("old",)))
    assert isinstance(outline, Outline)
    assert [module.folder for module in outline.modules] == ["02-two", "01-one"]
    assert outline.retired == ("old",)


def test_ids_need_not_be_retired_before_any_is():
    text = outline_text("01-one").replace("retired = []\n", "")
    assert parse(text).retired == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('"01-one"', '"One"', 6, "`module.1.folder` must be small letters"),
        ('"01-one"', '"../01-one"', 6, "`module.1.folder` must be small letters"),
        ("retired = []", 'retired = ["Old"]', 3, "`retired.1` must be small letters"),
        ("[[module]]", "[[chapter]]", 1, "the key `module` is missing"),
        ('promise = "It helps."\n', "", 5, "`module.1.promise` is missing"),
    ],
)
def test_a_fault_in_the_outline_bears_its_line(old, new, line, says):
    faults = parse(outline_text("01-one").replace(old, new, 1))
    fault = next(fault for fault in faults if says in fault.message)
    assert fault.line == line
