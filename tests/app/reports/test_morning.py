"""The morning list beyond silence and reading: each reason from rows, who is put off, what followed a talk."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.content import library
from app.db import db
from app.models import Answer, Contact, Promise, Shared
from tests.app.reports.making import seated, title, words
from tests.app.reports.test_views import read
from tests.cast import NOON, TODAY, cohort, enrol, entry, person, relationship, save

DAY = timedelta(days=1)


@pytest.fixture
def well(cast):
    """Ada, Ben and Cleo practise and read: nobody needs anybody."""
    for who, enrolment in ((cast.ada, cast.ada_enrolled), (cast.ben, cast.ben_enrolled)):
        enrolment.confirmed_at = NOON - 40 * DAY
        entry(who, None)
    return cast


def answered(enrolment, *verdicts, recall=0):
    lesson = next(lesson for lesson in library().lessons if lesson.recalls)
    facts = {"lesson_id": lesson.id, "recall_id": lesson.recalls[recall].id, "content_hash": "h", "text": "mine"}
    for place, right in enumerate(verdicts):
        at = NOON - (9 - place) * DAY
        save(
            Answer(enrolment_id=enrolment.id, **facts, confidence="unsure", correct=right, answered_at=at, graded_at=at)
        )


def promised(who, about, *, due, **given):
    facts = {"text": "canary", "made_on": TODAY - 60 * DAY, "due_on": TODAY - due * DAY}
    return save(Promise(person_id=who.id, relationship_id=about.id, **facts, **given))


def test_a_quiet_week_shows_a_quiet_page(well, browser_of):
    page = browser_of(well.tess).get("/trainer/")
    assert title(page) == "Nobody needs you today"
    assert "No promise slips, no question is stuck, nothing shown to you waits." in words(page)
    assert "<blockquote>" not in page.text


def test_who_was_wrong_four_times_in_a_row_is_stuck_and_one_right_answer_ends_it(well, browser_of):
    answered(well.ada_enrolled, True, False, False, False, False)
    answered(well.ben_enrolled, False, False, True, False, False, False)
    said = words(browser_of(well.tess).get("/trainer/"))
    assert "Ada is stuck on a recall question" in said
    assert "wrong four times in a row." in said
    assert "Ben is stuck" not in said
    answered(well.ada_enrolled, True)
    assert title(browser_of(well.tess).get("/trainer/")) == "Nobody needs you today"


def test_two_promises_late_are_told_by_their_number_and_never_by_their_words(well, browser_of):
    about = relationship(well.ada)
    promised(well.ada, about, due=3)
    assert "Ada" not in words(browser_of(well.tess).get("/trainer/"))
    promised(well.ada, about, due=9)
    page = browser_of(well.tess).get("/trainer/")
    assert "Ada let promised dates pass None of two promises kept in time in the last 28 days." in words(page)
    assert "canary" not in page.text


def test_a_promise_of_an_entry_that_was_taken_back_slips_nowhere(well, browser_of):
    about = relationship(well.ada)
    wrong = entry(well.ada, about)
    for due in (3, 9):
        promised(well.ada, about, due=due, entry_id=wrong.id)
    assert "Ada let" in words(browser_of(well.tess).get("/trainer/"))
    entry(well.ada, None, replaces_id=wrong.id, void=True)
    assert "Ada" not in words(browser_of(well.tess).get("/trainer/"))


def test_five_talks_with_five_people_lack_a_second_and_two_merged_aliases_are_one_person(well, browser_of):
    people = [relationship(well.ada, f"K-{place}") for place in range(5)]
    for place, about in enumerate(people):
        entry(well.ada, about, "11111", day=TODAY - (30 - place) * DAY)
    said = words(browser_of(well.tess).get("/trainer/"))
    assert "Ada practises, and speaks with nobody twice" in said
    assert "Five entries with five people since 25 October, nobody answered twice." in said
    people[1].merged_into_id, people[1].merged_at = people[0].id, NOON
    db.session.commit()
    assert "Ada" not in words(browser_of(well.tess).get("/trainer/"))


def test_who_has_waited_two_weeks_in_line_is_listed_also_before_the_cohort_begins(well, browser_of):
    soon = cohort("soon", trainers=(well.tess,), starts_on=TODAY + 9 * DAY, ends_on=TODAY + 90 * DAY)
    enrol(person("v@example.org", "Vera"), soon, "waiting", line=2, created_at=NOON - 13 * DAY)
    enrol(person("w@example.org", "Wim"), soon, "waiting", line=5, created_at=NOON - 14 * DAY)
    page = browser_of(well.tess).get("/trainer/")
    assert "Wim is waiting for a seat At place two in line since 10 November; no seat has come free." in words(page)
    assert "Vera" not in page.text
    assert "mailto:w@example.org?subject=Soon&amp;body=Wim%2C%20you%20are%20still%20in%20line" in page.text


def test_what_was_shown_two_days_ago_waits_for_an_answer_until_it_is_withdrawn(well, browser_of):
    logged = entry(well.ada, relationship(well.ada))
    shown = save(Shared(enrolment_id=well.ada_enrolled.id, entry_id=logged.id, shared_at=NOON - 2 * DAY))
    assert "Ada is waiting for your answer One thing shown on 22 November." in words(
        browser_of(well.tess).get("/trainer/")
    )
    db.session.add(shown)
    shown.withdrawn_at = NOON
    db.session.commit()
    assert "Ada" not in words(browser_of(well.tess).get("/trainer/"))


# Put off, spoken to


def post(tess, who, what, **sent):
    return tess.post(f"/trainer/morning/{who.id}/{what}", data={"csrf_token": tess.csrf(), **sent})


def test_who_is_put_off_stands_below_until_the_day_and_then_on_the_list_again(well, browser_of, at):
    answered(well.ada_enrolled, False, False, False, False)
    tess = browser_of(well.tess)
    assert post(tess, well.ada_enrolled, "snooze", until="2026-11-27").status_code == 303
    page = tess.get("/trainer/")
    assert title(page) == "Nobody needs you today"
    assert "Ada Left out until 27 November" in words(page)
    at(NOON + 2 * DAY)
    assert title(tess.get("/trainer/")) == "Nobody needs you today"
    at(NOON + 3 * DAY)
    assert title(tess.get("/trainer/")) == "One person needs you today"


def test_who_was_put_off_or_spoken_to_comes_back_at_a_press_and_what_was_said_stays(well, browser_of):
    answered(well.ada_enrolled, False, False, False, False)
    tess = browser_of(well.tess)
    post(tess, well.ada_enrolled, "snooze", until="2026-11-27")
    post(tess, well.ada_enrolled, "spoke", note="She was ill")
    assert title(tess.get("/trainer/")) == "Nobody needs you today"
    assert post(tess, well.ada_enrolled, "back").status_code == 303
    page = tess.get("/trainer/")
    assert title(page) == "One person needs you today"
    assert "Left out until" not in words(page)
    assert "She was ill" in words(page)


def test_nobody_calls_back_whom_a_colleague_spoke_to(well, browser_of):
    answered(well.ada_enrolled, False, False, False, False)
    facts = {"trainer_id": well.olga.id, "enrolment_id": well.ada_enrolled.id, "day": TODAY, "until": TODAY + 7 * DAY}
    save(Contact(kind="spoke", **facts))
    tess = browser_of(well.tess)
    assert "Back on the list" not in tess.get("/trainer/").text
    post(tess, well.ada_enrolled, "back")
    assert title(tess.get("/trainer/")) == "Nobody needs you today"


@pytest.mark.parametrize("until", ["2026-11-24", "2027-02-23", "soon", ""])
def test_a_day_that_is_none_or_too_far_is_refused_beside_its_field(well, browser_of, until):
    answered(well.ada_enrolled, False, False, False, False)
    tess = browser_of(well.tess)
    page = post(tess, well.ada_enrolled, "snooze", until=until)
    assert page.status_code == 422
    assert f'id="until-{well.ada_enrolled.id}-wrong"' in page.text
    assert db.session.scalar(select(func.count()).select_from(Contact)) == 0


def test_what_a_colleague_put_off_is_still_on_the_list_and_whom_they_spoke_to_is_not(well, browser_of):
    answered(well.ada_enrolled, False, False, False, False)
    facts = {"trainer_id": well.olga.id, "enrolment_id": well.ada_enrolled.id, "day": TODAY, "until": TODAY + 7 * DAY}
    save(Contact(kind="snoozed", **facts))
    assert title(browser_of(well.tess).get("/trainer/")) == "One person needs you today"
    save(Contact(kind="spoke", **facts))
    assert title(browser_of(well.tess).get("/trainer/")) == "Nobody needs you today"


def test_two_weeks_after_a_talk_the_page_says_what_followed(well, browser_of, at):
    tess = browser_of(well.tess)
    assert post(tess, well.ada_enrolled, "spoke", note="She <b>will</b> ring K-07").status_code == 303
    entry(well.ada, relationship(well.ada), "22222", day=TODAY + 3 * DAY)
    read(well.ada_enrolled, "one", -4)
    at(NOON + 4 * DAY)
    said = words(tess.get("/trainer/"))
    assert "One entry, which connects, and one lesson so far, since 24 November" in said
    at(NOON + 15 * DAY)
    said = words(tess.get("/trainer/"))
    assert "Ada , spoken to on 24 November" in said
    assert "and one lesson in the 14 days after; no entries and no lessons in the 14 before. More than before." in said
    assert "She <b>will</b> ring K-07" in said


def test_a_talk_is_noted_without_words_and_with_280_of_them_and_not_with_more(well, browser_of):
    tess = browser_of(well.tess)
    assert post(tess, well.ada_enrolled, "spoke", note="").status_code == 303
    assert post(tess, well.ada_enrolled, "spoke", note="x" * 280).status_code == 303
    answered(well.ada_enrolled, False, False, False, False)
    assert post(tess, well.ada_enrolled, "spoke", note="x" * 281).status_code == 422


@pytest.mark.parametrize("what", ["snooze", "spoke", "back"])
def test_another_trainers_learner_is_not_found_by_their_exact_address(well, browser_of, what):
    tom = browser_of(well.tom)
    assert post(tom, well.ada_enrolled, what, until="2026-11-27").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Contact)) == 0


def test_a_long_list_is_read_25_at_a_time(well, browser_of):
    seated(well.autumn, 27)
    tess = browser_of(well.tess)
    first, second = tess.get("/trainer/"), tess.get("/trainer/?page=2")
    assert title(first) == title(second) == "27 people need you today"
    assert (first.text.count('class="wait"'), second.text.count('class="wait"')) == (25, 2)
    assert tess.get("/trainer/?page=99").text.count('class="wait"') == 2
