import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.lesson import Example, Exercise, Lesson, Prose, Recall, parse
from tests.course.lesson_files import EXAMPLE, EXERCISE, RECALLS, a_lesson, front_matter, lesson_text, prose, recall


def faults_of(text, path="x.md"):
    result = parse(text, path=path)
    assert not isinstance(result, Lesson), "no fault was found"
    return result


def only_fault(text):
    (fault,) = faults_of(text)
    return fault


def line_with(text, words):
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


def test_a_lesson_keeps_its_blocks_in_the_order_of_the_file_with_their_lines():
    text = lesson_text() + "\n**Carry this away:** ask.\n"
    lesson = parse(text, path="01-one/01-x.md")
    assert isinstance(lesson, Lesson)
    assert [type(block) for block in lesson.blocks] == [Prose, Example, Exercise, Recall, Recall, Prose]
    assert lesson.examples[0].line == line_with(text, "```example")
    assert lesson.exercise.line == line_with(text, "```exercise")
    assert [recall.id for recall in lesson.recalls] == ["first", "second"]
    assert (lesson.id, lesson.construct, lesson.minutes, lesson.path) == (
        "follow-the-money",
        "focus",
        7,
        "01-one/01-x.md",
    )


def test_every_fault_of_a_file_is_found_in_one_pass_and_bears_its_line():
    text = lesson_text(
        head=front_matter().replace("skill =", "skil ="),
        exercise=EXERCISE.replace("minutes = 20", 'minutes = "20"'),
        recalls=recall("first").replace("why =", "because =")
        + recall("second").replace('"Contacting."', "Contacting."),
    )
    found = {(fault.line, fault.message.split(";")[0]) for fault in faults_of(text)}
    assert found == {
        (1, "the key `skill` is missing"),
        (line_with(text, "skil ="), "the key `skil` isn't known here"),
        (line_with(text, 'minutes = "20"'), "`minutes` must be a whole number"),
        (line_with(text, "```recall"), "the key `why` is missing"),
        (line_with(text, "because ="), "the key `because` isn't known here"),
        (line_with(text, "answer = Contacting."), "this isn't TOML: invalid value"),
    }


def test_a_key_missing_in_the_second_version_is_named_at_that_version():
    example = EXAMPLE.replace('reason = "7 of 10: connecting."\n', "")
    text = lesson_text(example=example)
    fault = only_fault(text)
    assert fault.message == "the key `version.2.reason` is missing; add it"
    assert fault.line == line_with(text, 'label = "The second"') - 1


def test_a_score_beyond_two_is_named_on_its_own_line():
    text = lesson_text(example=EXAMPLE.replace("personal = 2", "personal = 3"))
    fault = only_fault(text)
    assert (fault.line, fault.message) == (
        line_with(text, "personal = 3"),
        "`version.2.scores.personal` must be 2 or less",
    )


@pytest.mark.parametrize("value", ["true", "1.0", '"1"', "-1"])
def test_a_score_is_a_whole_number_from_nought_to_two_and_nothing_like_one(value):
    assert only_fault(lesson_text(example=EXAMPLE.replace("personal = 2", f"personal = {value}")))


def test_a_worked_example_has_two_versions():
    one = EXAMPLE[: EXAMPLE.rindex("[[version]]")] + "```\n"
    assert "at least 2" in only_fault(lesson_text(example=one)).message


def test_a_version_may_go_without_scores():
    lesson = a_lesson(example="\n".join(line for line in EXAMPLE.split("\n") if not line.startswith("scores")))
    assert lesson.examples[0].versions[0].scores is None


def test_the_scores_of_a_version_are_judged_as_the_practice_log_judges():
    first, second = a_lesson().examples[0].versions
    assert (first.scores.total, first.scores.connecting) == (1, False)
    assert (second.scores.total, second.scores.connecting) == (7, True)


@pytest.mark.parametrize("mark", ["```", "````", "~~~"])
def test_a_fence_that_never_closes_is_a_fault_where_it_opens(mark):
    text = lesson_text() + f'\n{mark}recall\nid = "third"\n'
    assert only_fault(text).line == line_with(text, 'id = "third"') - 1


def test_ordinary_code_stays_in_the_prose_and_what_stands_in_it_opens_nothing():
    code = "Look:\n\n````text\n```recall\nnot a block\n```\n````\n"
    lesson = a_lesson(text=prose() + code)
    assert [recall.id for recall in lesson.recalls] == ["first", "second"]
    assert "not a block" in lesson.prose[0].markdown


def test_a_longer_fence_lets_a_block_hold_code():
    task = EXERCISE.replace("```", "````").replace('"Write to *one* person."', '"""\n```\nDear …\n```\n"""')
    assert "```" in a_lesson(exercise=task).exercise.task


def test_a_misspelt_block_is_no_code_to_be_shown_to_learners():
    text = lesson_text() + "\n```recal\nid = 1\n```\n"
    fault = only_fault(text)
    assert text.split("\n")[fault.line - 1] == "```recal"
    assert "write `recall`" in fault.message


def test_an_id_used_twice_in_a_lesson_is_a_fault_at_the_second():
    text = lesson_text(recalls=recall("first") + recall("first"))
    fault = only_fault(text)
    assert "`first` is taken" in fault.message
    assert fault.line == len(text.split("\n")) - 6


def test_a_recall_without_an_answer_is_a_fault():
    text = lesson_text(recalls=recall("first") + recall("second").replace('"Contacting."', '"  "'))
    fault = only_fault(text)
    assert fault.message == "`answer` is empty; write it"
    assert text.split("\n")[fault.line - 1] == 'answer = "  "'


@pytest.mark.parametrize(("exercise", "count"), [("", 0), (EXERCISE + EXERCISE.replace("try-it", "again"), 2)])
def test_a_lesson_has_exactly_one_exercise(exercise, count):
    assert f"this one has {count}" in only_fault(lesson_text(exercise=exercise)).message


def test_the_plan_is_split_where_then_begins_and_names_what_to_fill_in():
    exercise = a_lesson().exercise
    assert exercise.if_part == "If it is {day} at {time}"
    assert exercise.then_part == "then I open the list."
    assert exercise.slots == ("day", "time")


def test_a_plan_put_otherwise_is_kept_whole():
    exercise = a_lesson(exercise=EXERCISE.replace(", then I", " I")).exercise
    assert (exercise.if_part, exercise.then_part) == (exercise.plan, None)


def test_words_are_counted_in_prose_and_example_and_nowhere_else():
    text = "## Two words\n\nOne [two](https://example.org/three) – *four*.\n"
    lines = ["One buyer, two notes", "The first", "The second", "Dear Sir, we sell valves.", "You said it sticks."]
    lines += ["*He:* It does.", "1 of 10: contacting.", "7 of 10: connecting."]
    example_words = len(" ".join(lines).split())
    assert a_lesson(text=text).word_count == 5 + example_words


def test_the_hash_is_of_what_is_written_and_not_of_how_the_editor_saves_it():
    unix = parse(lesson_text(), path="x.md")
    windows = parse("\ufeff" + lesson_text().replace("\n", "\r\n") + "\r\n\r\n", path="x.md")
    changed = parse(lesson_text().replace("pump maker", "pump seller"), path="x.md")
    assert unix == windows
    assert unix.content_hash == windows.content_hash != changed.content_hash


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("", 1, "empty"),
        (" \n\t\n", 1, "empty"),
        ("Just prose.", 1, "begin with +++"),
        ('+++\nid = "x"\n', 1, "doesn't end"),
        (lesson_text().replace("pump", "pu\0mp"), line_with(lesson_text(), "pump"), "NUL"),
        (lesson_text(head=f"+++\nid = {'[' * 3000}\n+++\n"), 2, "nested too deeply"),
        (lesson_text(head=f"+++\nid = {'9' * 5000}\n+++\n"), 2, "isn't TOML"),
        (lesson_text(text="[" * 60), 11, "brackets"),
        (lesson_text(text="word " * 30_000), 11, "larger than 100 kB"),
    ],
)
def test_a_hostile_file_is_a_fault_and_never_a_traceback(text, line, word):
    fault = next(fault for fault in faults_of(text) if word in fault.message)
    assert fault.line == line


def test_a_table_nested_a_thousand_keys_deep_is_refused_before_it_costs_a_minute():
    deep = ".".join(["a"] * 1000)
    assert (2, "the TOML is nested too deeply; write it flat") in {
        (fault.line, fault.message) for fault in faults_of(lesson_text(head=f"+++\n{deep} = 1\n+++\n"))
    }


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='`~+=[]{}"\n abcé#\t\r', max_size=300), st.sampled_from([0, 40, 400, 4600, 5200]))
def test_whatever_is_typed_into_a_lesson_it_parses_or_says_why(noise, place):
    text = lesson_text()
    result = parse(text[:place] + noise + text[place:], path="x.md")
    if not isinstance(result, Lesson):
        assert result
        assert all(1 <= fault.line <= (text + noise).count("\n") + noise.count("\r") + 2 for fault in result)


def test_recalls_may_stand_anywhere_and_the_rest_is_still_prose():
    lesson = a_lesson(recalls=recall("one") + "\nBetween.\n\n" + RECALLS)
    assert [block.markdown.strip() for block in lesson.prose][-1] == "Between."
