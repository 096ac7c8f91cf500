import pytest

from course.tables import line_of

TEXT = """title = "A"
[[part]]
id = "one"
[[part.item]]
text = "1"
[[part.item]]
text = "2"
[[part]]
id = "two"
"quoted" = 1
inline = { deep = 1 }
[[part.item]]
text = "3"
[other]
id = "x"
"""


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        (("title",), 1),
        (("part", 0, "id"), 3),
        (("part", 0, "item", 1, "text"), 7),
        (("part", 1), 8),
        (("part", 1, "id"), 9),
        (("part", 1, "quoted"), 10),
        (("part", 1, "inline", "deep"), 11),
        (("part", 1, "item", 0, "text"), 13),
        (("other", "id"), 15),
    ],
)
def test_a_key_is_found_in_its_own_table(steps, line):
    assert line_of(TEXT, steps) == line


@pytest.mark.parametrize(
    ("steps", "line"),
    [(("part", 1, "missing"), 8), (("part", 1, "item", 0, "missing"), 12), (("other", "missing"), 14)],
)
def test_a_missing_key_is_put_on_the_table_that_should_have_it(steps, line):
    assert line_of(TEXT, steps) == line


@pytest.mark.parametrize("steps", [(), ("missing",), ("id",)])
def test_a_key_of_no_table_has_no_line(steps):
    assert line_of(TEXT, steps) is None
