from course.fences import Part, fences_of, front_matter, split

TEXT = """Opening.

```recall
id = "x"
```

~~~text
```exercise
~~~
End."""


def parts_of(text, line=1):
    return split(Part("prose", text, line), path="x.md")


def test_prose_and_blocks_come_apart_with_the_line_each_begins_on():
    parts, faults = parts_of(TEXT, line=11)
    assert faults == ()
    assert [(part.kind, part.line) for part in parts] == [("prose", 11), ("recall", 14), ("prose", 17)]
    assert parts[1].text == 'id = "x"\n'
    assert parts[2].text == "~~~text\n```exercise\n~~~\nEnd."


def test_a_block_of_nothing_is_still_a_block():
    ((part,), _) = parts_of("```recall\n```")
    assert (part.kind, part.text.strip()) == ("recall", "")


def test_a_fence_closes_with_its_own_mark_at_least_as_long():
    lines = ["````", "```", "~~~~", "`````", "after"]
    ((fence),) = fences_of(lines, 1)
    assert (fence.line, fence.end) == (1, 4)


def test_what_is_set_in_by_four_blanks_is_no_fence():
    assert list(fences_of(["    ```recall", "    ```"], 1)) == []


def test_code_within_a_line_is_no_fence():
    assert list(fences_of(["```recall``` is how a question begins"], 1)) == []


def test_after_a_block_that_never_ends_nothing_is_taken_for_prose():
    parts, faults = parts_of("Opening.\n\n```recall\nid = 1\n\nMore.")
    assert [part.kind for part in parts] == ["prose"]
    assert [fault.line for fault in faults] == [3]


def test_code_set_in_by_blanks_at_the_start_of_prose_stays_code():
    ((part,), _) = parts_of("\n\n    code\n")
    assert (part.text, part.line) == ("    code\n", 3)


def test_the_front_matter_begins_on_the_second_line():
    head, body = front_matter("+++\nid = 1\n+++\nText.", path="x.md")
    assert (head.text, head.line) == ("id = 1\n", 2)
    assert (body.text, body.line) == ("Text.", 4)
