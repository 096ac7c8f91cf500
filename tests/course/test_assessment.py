from datetime import date, timedelta
from decimal import Decimal

import pytest

from course.assessment import CONSTRUCTS, Moment, SelfAssessment, change, load, moment_due, parse, scores
from tests.course.lesson_files import self_assessment_text

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def assessment():
    read = parse(self_assessment_text())
    assert isinstance(read, SelfAssessment), read
    return read


def only_fault(text):
    (fault,) = parse(text)
    return fault


def line_of(text, words):
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


def test_it_asks_three_questions_on_each_of_twelve_constructs(assessment):
    assert tuple(construct.id for construct in assessment.constructs) == CONSTRUCTS
    assert [len(construct.items) for construct in assessment.constructs] == [3] * 12
    assert len(assessment.items) == 36
    assert len(assessment.scale) == 6


def test_it_is_loaded_from_its_file(tmp_path):
    file = tmp_path / "self-assessment.toml"
    file.write_text(self_assessment_text())
    assert isinstance(load(file), SelfAssessment)
    assert "can't be read" in load(tmp_path / "none.toml")[0].message


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ('id = "asking"', 'id = "begging"', 'id = "begging"', "none of the twelve"),
        ('id = "asking-2"', 'id = "asking-1"', None, "`asking-1` is taken"),
        ('text = "How often, 3?"\n\n', "\n", "[[construct.item]]", "`construct.1.item.3.text` is missing"),
        ('name = "Focus"\n', 'name = "Focus"\nnorm = 3\n', "norm = 3", "isn't known here"),
        ('"Four", "All"]', '"All"]', "scale", "at least 6"),
        ('window = "Think', "window = Think", "window", "isn't TOML"),
    ],
)
def test_a_fault_in_the_instrument_bears_its_line(old, new, at, says):
    text = self_assessment_text().replace(old, new, 1)
    fault = next(fault for fault in parse(text) if says in fault.message)
    if at == "[[construct.item]]":
        assert fault.line == line_of(text, 'id = "attending-3"') - 1
    elif at:
        assert fault.line == line_of(text, at)
    else:
        assert text.split("\n")[fault.line - 1] == 'id = "asking-1"'
        assert fault.line > line_of(text, 'id = "asking-1"')


def test_a_construct_left_out_or_given_twice_is_a_fault():
    text = self_assessment_text()
    block = text[text.index('[[construct]]\nid = "focus"') : text.index('[[construct]]\nid = "honest-measurement"')]
    assert only_fault(text.replace(block, "")).message == "the construct `focus` is missing; add it"
    twice = parse(text + "\n" + block.replace("focus-", "again-"))
    assert [fault.message for fault in twice] == ["the construct `focus` is here twice; remove one"]


def test_a_construct_with_two_items_is_a_fault():
    text = self_assessment_text().replace('[[construct.item]]\nid = "patience-3"\ntext = "How often, 3?"\n', "")
    assert "at least 3" in only_fault(text).message


def test_a_score_is_the_mean_of_three_answers(assessment):
    result = scores(assessment, {"asking-1": 5, "asking-2": 4, "asking-3": 0})["asking"]
    assert (result.mean, result.answered, result.of) == (Decimal(3), 3, 3)


def test_a_missing_answer_is_shown_and_never_averaged_away(assessment):
    result = scores(assessment, {"asking-1": 5, "asking-2": 4, "asking-3": None})["asking"]
    assert (result.mean, result.answered, result.of) == (None, 2, 3)
    assert scores(assessment, {})["asking"].answered == 0


def test_none_at_all_is_an_answer_and_not_a_gap(assessment):
    result = scores(assessment, {"asking-1": 0, "asking-2": 0, "asking-3": 0})["asking"]
    assert (result.mean, result.answered) == (Decimal(0), 3)


@pytest.mark.parametrize("answers", [{"asking-1": 6}, {"asking-1": -1}, {"asking-4": 1}])
def test_an_answer_off_the_scale_or_to_no_question_is_refused(assessment, answers):
    with pytest.raises(ValueError, match="asking"):
        scores(assessment, answers)


def test_a_change_is_known_only_where_both_moments_are_complete(assessment):
    before = scores(assessment, {"asking-1": 1, "asking-2": 1, "asking-3": 2, "focus-1": 5})
    after = scores(assessment, {f"{name}-{n}": 3 for name in ("asking", "focus") for n in (1, 2, 3)})
    moved = change(before, after)
    assert moved["asking"].difference == Decimal(3) - Decimal(4) / 3
    assert moved["focus"].difference is None
    assert moved["focus"].later.mean == 3


def due(taken=None, *, begun=True, finished=False, today=TODAY):
    return moment_due(taken or {}, begun=begun, finished=finished, today=today)


def test_before_is_asked_only_before_the_first_lesson():
    assert due(begun=False) is Moment.BEFORE
    assert due({Moment.BEFORE: TODAY}, begun=False) is None
    assert due(begun=True) is None


def test_after_the_last_lesson_comes_after_and_then_the_look_back():
    assert due(finished=True) is Moment.AFTER
    assert due({Moment.AFTER: TODAY}, finished=True) is Moment.THEN


def test_the_last_one_comes_ninety_days_on_and_not_a_day_before():
    taken = {Moment.AFTER: TODAY, Moment.THEN: TODAY}
    assert due(taken, finished=True, today=TODAY + timedelta(days=89)) is None
    assert due(taken, finished=True, today=TODAY + timedelta(days=90)) is Moment.LATER
    assert due({**taken, Moment.LATER: TODAY}, finished=True, today=TODAY + timedelta(days=400)) is None


def test_a_new_lesson_after_the_end_does_not_ask_everything_anew():
    taken = {Moment.AFTER: TODAY, Moment.THEN: TODAY}
    assert due(taken, finished=False) is None


def test_every_moment_has_its_words():
    assert len({moment.words for moment in Moment}) == 4
    assert all(moment.instruction.endswith(".") for moment in Moment)
