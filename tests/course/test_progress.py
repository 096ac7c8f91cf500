from dataclasses import replace
from datetime import date, timedelta

import pytest

from course.assessment import Moment
from course.progress import (
    Counts,
    DuePlan,
    Kind,
    LessonState,
    Reading,
    Situation,
    counts,
    lesson_state,
    mastery,
    next_step,
)
from tests.course.lesson_files import EXERCISE, a_lesson, front_matter, prose, recall

TODAY = date(2026, 11, 23)
LESSONS = tuple(
    a_lesson(name, text=prose(20), head=front_matter(name, name.title()), exercise=EXERCISE.replace("it once", name))
    for name in ("alpha", "beta", "gamma", "delta")
)
ALL = ("alpha", "beta", "gamma", "delta")
FRESH = Situation(today=TODAY, lessons=LESSONS)
BEGUN = replace(FRESH, assessed={Moment.BEFORE: TODAY})


def finished(*names):
    return {name: Reading(name, "hash") for name in names}


def step(situation=BEGUN, **changes):
    return next_step(replace(situation, **changes))


@pytest.mark.parametrize(
    ("reading", "state"),
    [
        (None, LessonState.NEW),
        (Reading("alpha"), LessonState.READING),
        (Reading("alpha", "now"), LessonState.DONE),
        (Reading("alpha", "earlier"), LessonState.UPDATED),
    ],
)
def test_a_lesson_is_new_begun_done_or_updated_since(reading, state):
    assert lesson_state(reading, "now") is state


def test_reading_and_practice_are_counted_apart():
    readings = [Reading("alpha", "x"), Reading("beta", "x"), Reading("gamma")]
    assert counts(LESSONS, readings, {"beta"}) == Counts(read=2, practised=1, of=4)


def test_a_lesson_updated_since_is_still_read_and_one_taken_away_is_not_counted():
    readings = [Reading("alpha", "earlier"), Reading("retired", "x")]
    assert counts(LESSONS, readings, {"retired", "alpha"}) == Counts(read=1, practised=1, of=4)


def test_a_new_learner_says_first_where_they_stand():
    first = step(FRESH)
    assert first.kind is Kind.ASSESS
    assert first.title == "Self-assessment: before"


def test_who_began_to_read_without_it_is_not_sent_back():
    assert step(FRESH, readings={"alpha": Reading("alpha")}).kind is Kind.RESUME


def test_after_it_comes_the_first_lesson():
    first = step()
    assert (first.kind, first.lesson_id, first.title, first.minutes) == (Kind.READ, "alpha", "Alpha", 7)
    assert first.reason == "It is the first lesson."


def test_a_plan_whose_day_has_come_is_before_everything_else():
    situation = {
        "plans": [DuePlan("beta", TODAY), DuePlan("alpha", TODAY - timedelta(days=2))],
        "readings": {**finished("alpha", "beta"), "gamma": Reading("gamma")},
        "recall_due": 20,
    }
    report = step(**situation)
    assert (report.kind, report.lesson_id, report.title) == (Kind.REPORT, "alpha", "Try alpha")
    assert "21 November" in report.reason


def test_a_plan_for_today_is_due_and_one_for_tomorrow_is_not():
    assert "for today" in step(plans=[DuePlan("alpha", TODAY)]).reason
    assert step(plans=[DuePlan("alpha", TODAY + timedelta(days=1))]).kind is Kind.READ


def test_a_plan_for_a_lesson_that_was_taken_away_asks_nothing():
    assert step(plans=[DuePlan("retired", TODAY)]).kind is Kind.READ


def test_a_lesson_begun_is_finished_before_another():
    resumed = step(readings={**finished("alpha"), "gamma": Reading("gamma")})
    assert (resumed.kind, resumed.lesson_id) == (Kind.RESUME, "gamma")


def test_one_lesson_read_ahead_of_practice_may_be_followed_by_another():
    assert step(readings=finished("alpha")).lesson_id == "beta"


def test_two_lessons_read_ahead_of_practice_and_it_is_time_to_practise():
    practice = step(readings=finished("alpha", "beta"))
    assert (practice.kind, practice.lesson_id, practice.minutes) == (Kind.PRACTISE, "alpha", 20)
    assert "2 lessons" in practice.reason
    assert step(readings=finished("alpha", "beta"), practised=frozenset({"alpha"})).kind is Kind.READ


def test_five_recall_questions_come_before_a_new_lesson_and_four_do_not():
    assert step(readings=finished("alpha"), recall_due=5).kind is Kind.RECALL
    assert step(readings=finished("alpha"), recall_due=4).kind is Kind.READ


def test_when_all_is_read_what_is_left_of_practice_comes_first():
    last = step(readings=finished(*ALL), practised=frozenset(ALL[:3]))
    assert (last.kind, last.lesson_id) == (Kind.PRACTISE, "delta")
    assert last.reason == "You have read it and not yet tried it."


def test_the_course_ends_with_the_self_assessment_after_it_and_the_look_back():
    done = replace(BEGUN, readings=finished(*ALL), practised=frozenset(ALL))
    assert step(done).title == "Self-assessment: after"
    looked = replace(done, assessed={**done.assessed, Moment.AFTER: TODAY})
    assert step(looked).title == "Self-assessment: before, seen from now"


def test_all_that_is_open_is_not_all_there_is():
    done = replace(BEGUN, readings=finished(*ALL), practised=frozenset(ALL), all_open=False)
    assert step(done).kind is Kind.REST


def test_then_people_then_recall_and_then_nothing_which_is_said_plainly():
    taken = {moment: TODAY for moment in Moment}
    done = replace(BEGUN, readings=finished(*ALL), practised=frozenset(ALL), assessed=taken)
    assert step(done, people_due=1, recall_due=2).title == "1 relationship is due"
    assert step(done, people_due=3).title == "3 relationships are due"
    assert step(done, recall_due=1).title == "1 recall question"
    assert step(done).title == "Nothing is due"


def test_a_course_without_lessons_still_has_an_answer():
    assert next_step(Situation(today=TODAY, lessons=(), assessed={Moment.BEFORE: TODAY})).kind is Kind.REST


def test_every_step_gives_a_reason():
    for situation in (FRESH, BEGUN, replace(BEGUN, readings=finished("alpha", "beta"))):
        assert next_step(situation).reason.endswith(".")


def module(questions):
    """Two lessons with this many recall questions together."""
    recalls = "\n".join(recall(f"question-{n}") for n in range(questions - 2))
    return [a_lesson("alpha", text=prose(20)), a_lesson("beta", text=prose(20), recalls=recalls)]


def right(n):
    """The first n questions of `module` answered right at last."""
    own = [("alpha", "first"), ("alpha", "second")] + [("beta", f"question-{i}") for i in range(10)]
    return own[:n]


@pytest.mark.parametrize(("correct", "mastered"), [(3, False), (4, True), (5, True)])
def test_a_module_is_mastered_from_four_fifths_of_its_recall_on(correct, mastered):
    assert mastery(module(5), right(correct), {"beta"}).mastered is mastered


def test_recall_alone_does_not_master_a_module():
    result = mastery(module(5), right(5), {"elsewhere"})
    assert (result.recall.value, result.practised, result.mastered) == (1.0, False, False)


def test_answers_to_questions_that_are_no_longer_asked_do_not_count():
    result = mastery(module(5), [("alpha", "removed"), ("gone", "first"), *right(1)], {"alpha"})
    assert (result.recall.successes, result.recall.n) == (1, 5)


def test_a_module_without_lessons_is_not_mastered_by_default():
    assert not mastery([], [], []).mastered
