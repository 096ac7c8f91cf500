from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import practice
from course.practice import Entry, Promise, Rubric, Week, connecting_rate, current, kept_share, minutes_of, practised
from course.share import Share

MONDAY = date(2026, 11, 23)
CONNECTING = Rubric(personal=1, two_way=2, about_them=2, value=1, next_step=1)
CONTACTING = Rubric(personal=2, two_way=0, about_them=2, value=2, next_step=1)

points = st.integers(0, 2)
rubrics = st.builds(Rubric, points, points, points, points, points)


def entry(id, on=MONDAY, rubric=CONNECTING, **more):
    """A call of twenty minutes with person 1 that I began; without a rubric, an exercise done alone."""
    person, channel, began = (1, "call", "me") if rubric else (None, None, None)
    fields = {"person": person, "channel": channel, "began": began, "minutes": 20, **more}
    return Entry(id=id, on=on, rubric=rubric, **fields)


@st.composite
def logs(draw):
    """A log as it is written: each entry new, or a correction or taking back of one that stands."""
    log = []
    for id in range(1, draw(st.integers(0, 12)) + 1):
        open_ids = sorted({e.id for e in log} - {e.replaces for e in log})
        log.append(
            entry(
                id,
                MONDAY - timedelta(days=draw(st.integers(0, 90))),
                draw(st.none() | rubrics),
                replaces=draw(st.none() | st.sampled_from(open_ids)) if open_ids else None,
                exercise=draw(st.sampled_from([None, "one", "two"])),
                void=draw(st.booleans()),
                minutes=draw(st.integers(0, 90)),
            )
        )
    return log


# The rubric


def test_the_five_lines_are_the_rubric_s_fields_each_with_an_anchor_for_each_rating():
    assert [line.key for line in practice.LINES] == ["personal", "two_way", "about_them", "value", "next_step"]
    assert all(len(line.anchors) == 3 for line in practice.LINES)
    assert practice.LINES[0].anchors[CONTACTING.points[0]] == "builds on something they told you"


@pytest.mark.parametrize("wrong", [-1, 3, 1.0, True, "1", None])
def test_a_line_is_rated_nothing_but_zero_one_or_two(wrong):
    with pytest.raises(ValueError, match="Two-way is rated 0, 1 or 2"):
        replace(CONNECTING, two_way=wrong)


def test_six_points_with_an_answer_about_them_connect():
    assert Rubric(2, 1, 1, 1, 1).total == 6
    assert Rubric(2, 1, 1, 1, 1).verdict == "connecting"


def test_five_points_are_contacting():
    assert Rubric(1, 1, 1, 1, 1).verdict == "contacting"


def test_seven_points_without_an_answer_are_contacting():
    assert (CONTACTING.total, CONTACTING.verdict) == (7, "contacting")


def test_eight_points_without_an_answer_the_most_there_can_be_are_contacting():
    assert Rubric(2, 0, 2, 2, 2).verdict == "contacting"


def test_eight_points_about_my_offer_are_contacting():
    assert Rubric(2, 2, 0, 2, 2).verdict == "contacting"


def test_a_reply_alone_is_not_yet_connecting():
    assert Rubric(personal=1, two_way=1, about_them=0, value=0, next_step=1).verdict == "contacting"


@given(rubrics)
def test_connecting_needs_all_three_conditions_and_nothing_else(rubric):
    assert rubric.total == sum(rubric.points)
    assert 0 <= rubric.total <= 10
    assert rubric.connecting == (min(rubric.two_way, rubric.about_them) >= 1 and rubric.total >= 6)
    assert rubric.verdict == ("connecting" if rubric.connecting else "contacting")


# An entry


def test_every_rubric_there_is_can_be_had_by_its_points():
    assert len(practice.RUBRICS) == 3**5
    assert all(rubric.points == points for points, rubric in practice.RUBRICS.items())


def test_an_entry_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        entry(1).minutes = 5


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"rubric": None}, "rated on the five lines"),
        ({"channel": "fax"}, "says how and who began"),
        ({"began": None}, "says how and who began"),
        ({"sign": "liked"}, "not a sign of trust"),
        ({"person": None, "channel": None, "began": None}, "nobody to rate it with"),
        ({"minutes": -1}, "up to a day"),
        ({"minutes": 1441}, "up to a day"),
        ({"replaces": 7}, "only an earlier one"),
        ({"replaces": 8}, "only an earlier one"),
    ],
)
def test_a_line_that_cannot_have_happened_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        replace(entry(7), **wrong)


def test_an_exercise_done_alone_shows_nobody_s_trust():
    with pytest.raises(ValueError, match="nobody to show trust"):
        entry(1, rubric=None, sign="advice")


# What stands


def test_a_corrected_entry_is_history_and_not_counted():
    log = [entry(1, rubric=CONTACTING), entry(2), entry(3, replaces=1)]
    assert [e.id for e in current(log)] == [2, 3]
    assert connecting_rate(log) == Share(2, 2)


def test_a_correction_of_a_correction_leaves_one_entry():
    assert [e.id for e in current([entry(1), entry(2, replaces=1), entry(5, replaces=2)])] == [5]


def test_an_entry_that_was_taken_back_counts_nowhere():
    log = [entry(1, exercise="one"), entry(2, rubric=None, person=1, replaces=1, void=True)]
    assert current(log) == ()
    assert (minutes_of(log), practised(log), connecting_rate(log)) == (0, frozenset(), Share(0, 0))


def test_one_entry_corrected_twice_over_counts_once():
    assert [e.id for e in current([entry(1), entry(2, replaces=1), entry(3, replaces=1)])] == [3]


def test_a_correction_stands_although_the_entry_it_replaces_is_out_of_sight():
    assert [e.id for e in current([entry(9, replaces=4)])] == [9]


def test_a_correction_moves_an_entry_to_another_person():
    log = [entry(1, person=1), entry(2, person=2, replaces=1)]
    assert practice.touches(log, 1) == ()
    assert [e.id for e in practice.touches(log, 2)] == [2]


def test_what_stands_is_read_oldest_first_by_day_and_not_by_when_it_was_written():
    log = [entry(1), entry(2, MONDAY - timedelta(days=3)), entry(3)]
    assert [e.id for e in current(log)] == [2, 1, 3]


@given(logs(), st.integers())
def test_the_order_of_the_entries_never_matters(log, seed):
    shuffled = Random(seed).sample(log, len(log))
    assert current(shuffled) == current(log)
    assert connecting_rate(shuffled) == connecting_rate(log)
    assert practice.weeks(shuffled, MONDAY) == practice.weeks(log, MONDAY)


@given(logs())
def test_a_replaced_entry_changes_nothing_else(log):
    replaced = {e.replaces for e in log}
    left = [e for e in log if e.id not in replaced and not e.void]
    assert current(log) == tuple(sorted(left, key=lambda e: (e.on, e.id)))


@given(logs())
def test_what_stands_still_stands_when_asked_again(log):
    assert current(current(log)) == current(log)


# What it adds up to


def test_the_rate_counts_rated_entries_only():
    log = [entry(1), entry(2, rubric=CONTACTING), entry(3, rubric=None), entry(4)]
    assert connecting_rate(log) == Share(2, 3)


def test_there_is_no_rate_before_the_first_rated_entry():
    assert connecting_rate([entry(1, rubric=None)]).value is None


def test_minutes_alone_and_with_somebody_both_count():
    assert minutes_of([entry(1), entry(2, rubric=None, minutes=45), entry(3, minutes=25, replaces=1)]) == 70


def test_a_lesson_is_practised_once_its_exercise_has_an_entry_even_one_done_alone():
    log = [entry(1, exercise="one"), entry(2, rubric=None, exercise="two"), entry(3)]
    assert practised(log) == {"one", "two"}


def test_a_lesson_is_not_practised_when_its_entry_was_corrected_to_another_lesson():
    assert practised([entry(1, exercise="one"), entry(2, exercise="two", replaces=1)]) == {"two"}


# Week by week


def test_weeks_begin_on_monday_and_include_the_empty_ones():
    log = [entry(1, MONDAY), entry(2, MONDAY - timedelta(days=1), CONTACTING), entry(3, MONDAY - timedelta(days=14))]
    assert practice.weeks(log, MONDAY, n=3) == (
        Week(date(2026, 11, 9), 1, 0),
        Week(date(2026, 11, 16), 0, 1),
        Week(date(2026, 11, 23), 1, 0),
    )


@pytest.mark.parametrize("day", range(7))
def test_every_day_of_a_week_belongs_to_its_monday(day):
    assert practice.weeks([], MONDAY + timedelta(days=day), n=1) == (Week(MONDAY, 0, 0),)


def test_twelve_weeks_unless_asked_otherwise_and_older_entries_are_left_out():
    oldest = MONDAY - timedelta(weeks=11)
    weeks = practice.weeks([entry(1, oldest), entry(2, oldest - timedelta(days=1))], MONDAY)
    assert (len(weeks), weeks[0]) == (12, Week(oldest, 1, 0))
    assert sum(week.rated for week in weeks) == 1


def test_an_entry_of_tomorrow_has_not_happened_in_this_week():
    assert practice.weeks([entry(1, MONDAY + timedelta(days=1))], MONDAY, n=1)[0].rated == 0


def test_a_week_counts_rated_entries_only():
    assert practice.weeks([entry(1, rubric=None), entry(2)], MONDAY, n=1)[0].rated == 1


# Promises


def promise(made=MONDAY, due=MONDAY, kept=None, dropped=None):
    return Promise(id=1, person=1, text="the spare-parts list", made=made, due=due, kept=kept, dropped=dropped)


def test_a_promise_is_kept_on_its_day_and_kept_late_a_day_after():
    assert promise(kept=MONDAY).state(MONDAY) == "kept"
    assert promise(kept=MONDAY + timedelta(days=1)).state(MONDAY + timedelta(days=1)) == "kept late"


def test_a_promise_is_open_on_the_day_it_is_due_and_late_a_day_after():
    assert promise().state(MONDAY) == "open"
    assert promise().state(MONDAY + timedelta(days=1)) == "late"


def test_a_dropped_promise_is_no_longer_late():
    assert promise(dropped=MONDAY).state(MONDAY + timedelta(days=9)) == "dropped"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"due": MONDAY - timedelta(days=1)}, "due before it was made"),
        ({"kept": MONDAY, "dropped": MONDAY}, "kept and dropped"),
    ],
)
def test_a_promise_that_contradicts_itself_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        promise(**wrong)


@pytest.mark.parametrize(
    ("made", "share"),
    [
        (promise(kept=MONDAY), Share(1, 1)),
        (promise(kept=MONDAY + timedelta(days=1)), Share(0, 1)),
        (promise(), Share(0, 1)),
        (promise(due=MONDAY + timedelta(days=1)), Share(0, 0)),
        (promise(due=MONDAY + timedelta(days=9), kept=MONDAY), Share(1, 1)),
        (promise(dropped=MONDAY), Share(0, 0)),
        (promise(dropped=MONDAY + timedelta(days=1)), Share(0, 1)),
    ],
    ids=["in time", "late", "overdue", "still open", "early", "dropped in time", "dropped too late"],
)
def test_promises_kept_are_counted_of_those_decided(made, share):
    assert kept_share([made], MONDAY + timedelta(days=1)) == share
