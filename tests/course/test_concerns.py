from dataclasses import replace
from datetime import date, timedelta

import pytest

from course.concerns import (
    ORDER,
    Concern,
    Missed,
    Talks,
    in_line,
    no_second_conversation,
    reads_without_practising,
    silent,
    slipping,
    stuck,
    unanswered,
)
from course.practice import Promise
from course.report import Learner

TODAY = date(2026, 11, 23)
ADA = Learner(id=1, name="Ada", joined=TODAY, read={}, practised=frozenset(), connecting=0, rated=0)


def ago(days):
    return TODAY - timedelta(days=days)


def read(count):
    return {f"lesson-{n}": "hash" for n in range(count)}


def test_thirteen_days_are_no_silence_and_fourteen_are():
    assert silent(replace(ADA, joined=ago(60), last_seen=ago(13)), TODAY) is None
    concern = silent(replace(ADA, joined=ago(60), last_seen=ago(14)), TODAY)
    assert concern.days == 14
    assert concern.reason == "No entry and no reading for 14 days: last seen on 9 November."


def test_who_never_came_is_silent_fourteen_days_after_joining():
    assert silent(replace(ADA, joined=ago(13)), TODAY) is None
    concern = silent(replace(ADA, joined=ago(22)), TODAY)
    assert (concern.learner, concern.kind) == (1, "silent")
    assert concern.reason == "No entry and no reading for 22 days: not seen since joining on 1 November."


def test_nobody_is_silent_before_the_cohort_begins():
    assert silent(replace(ADA, joined=ago(-10)), TODAY) is None


def test_three_lessons_read_and_no_entry_for_fourteen_days_is_reading_without_practising():
    reader = replace(ADA, joined=ago(60), read=read(3), last_seen=TODAY, last_entry=ago(14))
    concern = reads_without_practising(reader, TODAY)
    assert (concern.kind, concern.days) == ("reads without practising", 14)
    assert concern.reason == "Three lessons read, no entry since 9 November."


def test_two_lessons_or_an_entry_thirteen_days_ago_are_no_worry():
    reader = replace(ADA, joined=ago(60), read=read(3), last_entry=ago(13))
    assert reads_without_practising(reader, TODAY) is None
    assert reads_without_practising(replace(reader, read=read(2), last_entry=ago(40)), TODAY) is None


def test_three_lessons_in_the_first_thirteen_days_without_an_entry_are_no_worry_either():
    reader = replace(ADA, joined=ago(13), read=read(3))
    assert reads_without_practising(reader, TODAY) is None
    concern = reads_without_practising(replace(reader, joined=ago(14)), TODAY)
    assert concern.reason == "Three lessons read, no entry since joining on 9 November."


# Practises, and speaks with nobody twice


def talks(entries=5, most=1, days=28):
    return Talks(entries=entries, people=4, most=most, first=ago(days))


def test_five_entries_over_four_weeks_and_nobody_twice_is_a_concern():
    concern = no_second_conversation(1, talks(), TODAY)
    assert (concern.kind, concern.days) == ("no second conversation", 28)
    assert concern.reason == "Five entries with four people since 26 October, nobody answered twice."


def test_who_was_never_answered_is_told_apart_from_who_was_answered_once():
    concern = no_second_conversation(1, talks(most=0), TODAY)
    assert concern.reason.endswith("no two-way exchange with anybody.")


@pytest.mark.parametrize("fine", [talks(entries=4), talks(most=2), talks(days=27)])
def test_four_entries_a_second_exchange_or_27_days_are_no_concern(fine):
    assert no_second_conversation(1, fine, TODAY) is None


# Stuck


def missed(times, question="Who sets the date?", days=6, last=2):
    return Missed(question, "6.3", times, ago(days), ago(last))


def test_four_times_wrong_in_a_row_is_stuck_and_three_times_is_not():
    assert stuck(1, [missed(3)], TODAY) is None
    assert stuck(1, [], TODAY) is None
    concern = stuck(1, [missed(3, "Another?"), missed(4)], TODAY)
    assert (concern.kind, concern.days) == ("stuck on a recall", 6)
    assert concern.reason == "“Who sets the date?” from lesson 6.3, wrong four times in a row."


def test_who_was_last_wrong_15_days_ago_is_not_stuck_now():
    assert stuck(1, [missed(4, days=60, last=14)], TODAY) is not None
    assert stuck(1, [missed(4, days=60, last=15)], TODAY) is None


def test_of_several_questions_the_most_often_missed_is_named():
    concern = stuck(1, [missed(4, "Often?", days=90), missed(5, "Most often?")], TODAY)
    assert "Most often?" in concern.reason


# Shown, and not answered


def test_what_was_shown_two_days_ago_waits_and_yesterdays_does_not_yet():
    assert unanswered(1, [ago(1), ago(0)], TODAY) is None
    concern = unanswered(1, [ago(2)], TODAY)
    assert (concern.kind, concern.days) == ("waits for an answer", 2)
    assert concern.reason == "One thing shown on 21 November."


def test_several_things_shown_are_counted_from_the_first_and_only_those_that_wait():
    concern = unanswered(1, [ago(1), ago(3), ago(5)], TODAY)
    assert (concern.reason, concern.days) == ("Two things shown, the first on 18 November.", 5)


# Promises


def promise(id, due, *, kept=None, dropped=None):
    return Promise(id, 7, "the list", ago(100), ago(due), kept, dropped)


def kept(id, due):
    return promise(id, due, kept=ago(due))


def test_two_promises_that_were_not_kept_in_time_are_slipping_and_one_is_not():
    one = [promise(1, 9), kept(2, 10), kept(3, 11)]
    assert slipping(1, one, TODAY) is None
    concern = slipping(1, [*one, promise(4, 20, kept=ago(3))], TODAY)
    assert (concern.kind, concern.days) == ("promises slipping", 20)
    assert concern.reason == "Two of four promises kept in time in the last 28 days."


def test_the_four_weeks_before_stand_beside_where_there_were_any():
    concern = slipping(1, [promise(1, 1), promise(2, 28), kept(3, 29), promise(4, 57)], TODAY)
    assert concern.reason == "None of two promises kept in time in the last 28 days; one of one in the 28 before."


def test_what_is_due_today_or_29_days_old_or_was_called_off_in_time_slips_nowhere():
    called_off = promise(4, 5, dropped=ago(6))
    assert slipping(1, [promise(1, 3), promise(2, 0), promise(3, 29), called_off], TODAY) is None
    assert slipping(1, [promise(1, 3), promise(2, 0), promise(5, 28), called_off], TODAY) is not None


# In line


def test_fourteen_days_in_line_are_a_concern_and_thirteen_are_not():
    assert in_line(1, 3, since=ago(13), today=TODAY) is None
    concern = in_line(1, 3, since=ago(14), today=TODAY)
    assert (concern.kind, concern.days) == ("waits in line", 14)
    assert concern.reason == "At place three in line since 9 November; no seat has come free."


# The order


def test_what_a_message_could_change_most_comes_first_and_of_one_kind_the_longest():
    def concern(kind, days):
        return Concern(1, kind, "", days)

    silences = [concern("silent", 90), concern("silent", 15)]
    asked = concern("waits for an answer", 2)
    line = concern("waits in line", 300)
    assert sorted([line, *silences, asked], key=lambda each: each.rank) == [asked, *silences, line]
    assert len(set(ORDER)) == 7
