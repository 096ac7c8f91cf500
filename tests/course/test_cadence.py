from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.cadence import (
    CADENCES,
    Relationship,
    Status,
    attention,
    days_since,
    due_list,
    pressing,
    reviving,
    status,
    tie,
)
from course.practice import Entry, Promise, Rubric

TODAY = date(2026, 11, 23)  # a Monday
SENT = Rubric(1, 0, 1, 0, 1)
SPOKEN = Rubric(2, 2, 2, 1, 1)


def ago(days):
    return TODAY - timedelta(days=days)


def touch(id, days_ago, rubric=SPOKEN, began="me", **more):
    fields = {"person": 1, "channel": "call", "minutes": 20, **more}
    return Entry(id=id, on=ago(days_ago), began=began, rubric=rubric, **fields)


def promise(due_in, text="the drawing", id=1, **more):
    return Promise(id=id, person=1, text=text, made=ago(60), due=ago(-due_in), **more)


def person(*entries, id=1, alias="Brouwer", tau=30, promises=()):
    return Relationship(id, alias, tau, tuple(entries), tuple(promises))


# The bands


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, Status.FRESH),
        (29, Status.FRESH),
        (30, Status.DUE_SOON),
        (40, Status.DUE_SOON),
        (41, Status.OVERDUE),
        (80, Status.OVERDUE),
        (81, Status.AT_RISK),
        (120, Status.AT_RISK),
        (121, Status.DORMANT),
    ],
)
def test_a_rhythm_of_forty_days_has_its_bands_at_thirty_forty_eighty_and_a_hundred_and_twenty(days, band):
    assert status(days, 40) == band


def test_three_quarters_of_thirty_days_end_between_two_days():
    assert (status(22, 30), status(23, 30)) == (Status.FRESH, Status.DUE_SOON)


def test_who_never_spoke_is_neither_fresh_nor_late():
    assert status(None, 30) == Status.NEVER == "never spoke"
    assert not status(None, 30).is_due


def test_due_is_due_soon_or_worse():
    assert [band for band in Status if band.is_due] == ["due soon", "overdue", "at risk", "dormant"]


def test_a_rhythm_is_at_least_a_day():
    with pytest.raises(ValueError, match="a day or longer"):
        status(3, 0)


def test_the_layers_have_their_rhythms():
    assert CADENCES == {"core": 30, "active": 90, "network": 365}


@given(st.integers(0, 2000), st.integers(1, 700))
def test_a_day_more_never_makes_a_relationship_fresher(days, tau):
    order = list(Status)
    assert order.index(status(days + 1, tau)) >= order.index(status(days, tau))


def test_days_count_since_they_last_took_part_not_since_i_last_wrote():
    assert days_since([touch(1, 41), touch(2, 3, SENT)], TODAY) == 41


def test_a_message_without_an_answer_is_never_having_spoken():
    assert days_since([touch(1, 1, SENT)], TODAY) is None


def test_an_exchange_of_tomorrow_has_not_happened():
    assert days_since([touch(1, 10), touch(2, -1)], TODAY) == 10


# What to do about silence


@pytest.mark.parametrize(
    ("about", "words"),
    [
        (person(touch(1, 200), promises=[promise(-30)]), "You still owe them something: the drawing"),
        (person(touch(1, 200, began="them")), "They turned to you last"),
        (person(touch(1, 200)), "Your last talks connected"),
        (person(touch(1, 200, Rubric(0, 1, 0, 0, 0))), "There was little between you"),
        (person(touch(1, 200, SENT)), "You never spoke"),
    ],
)
def test_what_to_do_about_a_dormant_tie_goes_by_what_was_last_between_you(about, words):
    assert reviving(tie(about, TODAY), TODAY).startswith(words)


def test_a_promise_that_was_kept_is_owed_no_more():
    about = person(touch(1, 200), promises=[promise(-30, kept=ago(31))])
    assert "owe" not in reviving(tie(about, TODAY), TODAY)


# The due list


def test_the_fresh_are_not_due():
    assert due_list([person(touch(1, 22))], TODAY) == ()


def test_who_is_past_the_rhythm_is_due_and_the_line_says_by_how_much():
    (line,) = due_list([person(touch(1, 41))], TODAY)
    assert (line.alias, line.days, line.tau, line.status) == ("Brouwer", 41, 30, Status.OVERDUE)
    assert line.why == "Eleven days past the rhythm"


@pytest.mark.parametrize(
    ("days", "why"), [(26, "Due on Friday"), (29, "Due tomorrow"), (30, "Due today"), (31, "One day past the rhythm")]
)
def test_the_day_it_falls_due_is_said_as_people_say_it(days, why):
    assert due_list([person(touch(1, days))], TODAY)[0].why == why


def test_a_promise_for_the_coming_week_makes_a_fresh_relationship_due():
    (line,) = due_list([person(touch(1, 12), promises=[promise(3, "the spare-parts list")])], TODAY)
    assert line.status == Status.FRESH
    assert line.why == "Promised for Thursday: the spare-parts list"


def test_a_promise_due_in_seven_days_presses_and_in_eight_it_does_not():
    assert pressing([promise(7)], TODAY)
    assert not pressing([promise(8)], TODAY)


def test_a_promise_presses_until_it_is_kept_or_dropped():
    assert pressing([promise(-40)], TODAY)
    assert not pressing([promise(-40, kept=TODAY), promise(-40, dropped=TODAY)], TODAY)


def test_a_late_promise_comes_first_and_the_others_are_counted():
    both = [promise(2, "the call", id=2), promise(-1, "the drawing", id=3)]
    (line,) = due_list([person(touch(1, 5), promises=both)], TODAY)
    assert line.why == "Promised for yesterday and still open: the drawing, and one more"


def test_who_never_answered_is_due_only_by_a_promise():
    unanswered = touch(1, 100, SENT)
    assert due_list([person(unanswered)], TODAY) == ()
    (line,) = due_list([person(unanswered, promises=[promise(0)])], TODAY)
    assert (line.days, line.why) == (None, "Promised for today: the drawing; no answer yet")


def test_that_they_began_the_last_two_is_a_reason_too():
    log = [touch(1, 40), touch(2, 30, began="them"), touch(3, 26, began="them")]
    assert due_list([person(*log)], TODAY)[0].why == "Due on Friday; they began the last two"


def test_the_highest_score_comes_first_and_equals_by_alias():
    lines = due_list(
        [
            person(touch(1, 50), id=1, alias="Late"),
            person(touch(1, 25), id=2, alias="K-07"),
            person(touch(1, 25), id=3, alias="Harbour"),
        ],
        TODAY,
    )
    assert [line.alias for line in lines] == ["Harbour", "K-07", "Late"]
    assert lines[0].score.total == lines[1].score.total > lines[2].score.total


def test_the_score_is_made_of_what_stands_in_the_log_today():
    log = [
        touch(1, 50, Rubric(0, 1, 0, 0, 0)),
        touch(2, 50, SPOKEN, replaces=1),
        touch(3, 40, began="them"),
        touch(4, -5, SENT),
    ]
    kept = [promise(-3, kept=ago(3)), promise(-2, id=2), promise(20, id=3)]
    line = attention(person(*log, promises=kept), TODAY)
    assert [part.share for part in line.score.parts] == pytest.approx([0.5 ** (10 / 30), 0.8, 1, 0.5])
