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
    reminder_score,
    status,
)
from course.practice import Entry, Promise, Rubric
from course.share import Share

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


# The score


def test_a_living_relationship_scores_ninety_two_and_a_half():
    score = reminder_score(days=20, tau=30, totals=[8, 8, 8], began=["them", "me"] * 3, promises=Share(4, 4))
    assert score.total == pytest.approx(92.5)


def test_a_neglected_relationship_scores_fifty_six_and_two_thirds():
    score = reminder_score(days=60, tau=30, totals=[8, 8, 8], began=["them", *["me"] * 5], promises=Share(3, 4))
    assert score.total == pytest.approx(56.6667, abs=5e-5)
    assert [part.points for part in score.parts] == pytest.approx([20, 20, 6.6667, 10], abs=5e-5)
    assert score.reasons == (
        "60 of 30 days since you last spoke",
        "last three entries: 8, 8, 8 of 10",
        "they began one of six",
        "three of four promises kept",
    )


def test_the_rhythm_counts_in_full_to_its_last_day_and_halves_each_rhythm_after():
    shares = [
        reminder_score(days=days, tau=30, totals=[], began=[], promises=Share(0, 0)).parts[0].share
        for days in (0, 30, 31, 60, 90)
    ]
    assert shares == pytest.approx([1, 1, 0.5 ** (1 / 30), 0.5, 0.25])


def test_what_is_not_known_yet_counts_a_half_and_never_having_spoken_nothing():
    score = reminder_score(days=None, tau=30, totals=[], began=["me"], promises=Share(0, 0))
    assert [part.share for part in score.parts] == [0, 0.5, 0.5, 0.5]
    assert score.reasons == (
        "you have not spoken yet",
        "nothing rated yet",
        "too few touches to see who begins",
        "no promise has fallen due",
    )


def test_quality_is_of_the_last_three_entries_and_reciprocity_of_the_last_six():
    score = reminder_score(days=1, tau=30, totals=[0, 0, 4, 6, 8], began=["them", *["me"] * 6], promises=Share(0, 0))
    assert [part.share for part in score.parts[1:3]] == pytest.approx([0.6, 0])


def test_two_initiations_are_enough_for_reciprocity():
    score = reminder_score(days=1, tau=30, totals=[], began=["me", "me"], promises=Share(0, 0))
    assert score.parts[2].share == 0


@given(
    days=st.none() | st.integers(0, 3000),
    tau=st.integers(1, 700),
    totals=st.lists(st.integers(0, 10)),
    began=st.lists(st.sampled_from(["me", "them"])),
    promises=st.integers(0, 50).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n))),
)
def test_the_score_stays_within_nought_and_a_hundred_and_is_the_sum_of_its_parts(days, tau, totals, began, promises):
    score = reminder_score(days=days, tau=tau, totals=totals, began=began, promises=promises)
    assert 0 <= score.total <= 100
    assert score.total == pytest.approx(sum(part.weight * part.share for part in score.parts))
    assert [part.weight for part in score.parts] == [40, 25, 20, 15]


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
