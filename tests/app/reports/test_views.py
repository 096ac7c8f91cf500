from datetime import timedelta

import pytest

from app.db import db
from app.models import Reading
from tests.app.reports.making import seated, title, words
from tests.cast import NOON, TODAY, cohort, enrol, entry, person, relationship

DAY = timedelta(days=1)


def read(enrolment, lesson, days, *, finished=True, hash="h"):
    at = NOON - days * DAY
    db.session.add(
        Reading(
            enrolment_id=enrolment.id,
            lesson_id=lesson,
            content_hash=hash,
            began_at=at,
            completed_at=at if finished else None,
        )
    )
    db.session.commit()


@pytest.fixture
def settled(cast):
    """Ada, Ben and Cleo have been there for the five weeks that their cohorts have run."""
    for enrolment in (cast.ada_enrolled, cast.ben_enrolled, cast.cleo_enrolled):
        enrolment.confirmed_at = NOON - 40 * DAY
    db.session.commit()
    return cast


def test_the_morning_names_who_is_silent_and_who_reads_without_practising_with_the_longest_wait_first(
    settled, browser_of
):
    entry(settled.ada, relationship(settled.ada), day=TODAY - 20 * DAY)
    for place, lesson in enumerate(("one", "two", "three")):
        read(settled.ben_enrolled, lesson, 3 + place)
    page = browser_of(settled.tess).get("/trainer/")
    assert title(page) == "Two people need you today"
    said = words(page)
    assert "No entry and no reading for 20 days: last seen on 4 November." in said
    assert "Three lessons read, no entry since joining on 20 October." in said
    assert said.index("35 days Ben reads without practising") < said.index("20 days Ada has gone silent")


def test_a_lesson_begun_and_not_finished_ends_a_silence_and_is_not_read(settled, browser_of):
    for lesson in ("one", "two", "three"):
        read(settled.ada_enrolled, lesson, 1, finished=False)
    said = words(browser_of(settled.tess).get("/trainer/"))
    assert "Ada" not in said
    assert "Ben has gone silent" in said


def test_an_entry_that_was_taken_back_ends_no_silence(settled, browser_of):
    wrong = entry(settled.ada, relationship(settled.ada))
    entry(settled.ada, None, replaces_id=wrong.id, void=True)
    assert "Ada has gone silent" in words(browser_of(settled.tess).get("/trainer/"))


def test_the_last_day_before_a_silence_counts_needs_nobody(settled, browser_of):
    for who in (settled.ada, settled.ben):
        entry(who, relationship(who), day=TODAY - 13 * DAY)
    page = browser_of(settled.tess).get("/trainer/")
    assert title(page) == "Nobody needs you today"
    assert "Both are well." in words(page)


def test_one_person_is_one_person_even_with_two_reasons(settled, browser_of):
    for lesson in ("one", "two", "three"):
        read(settled.ada_enrolled, lesson, 30)
    entry(settled.ben, relationship(settled.ben))
    page = browser_of(settled.tess).get("/trainer/")
    assert title(page) == "One person needs you today"
    assert "One is well." in words(page)


def test_a_cohort_that_has_not_begun_or_is_over_worries_nobody(cast, browser_of):
    tess = person("tessa@example.org", is_trainer=True)
    soon = cohort("soon", trainers=(tess,), starts_on=TODAY + 9 * DAY, ends_on=TODAY + 90 * DAY)
    past = cohort("past", trainers=(tess,), starts_on=TODAY - 99 * DAY, ends_on=TODAY - DAY)
    seated(soon, 2)
    seated(past, 2)
    page = browser_of(tess).get("/trainer/")
    assert title(page) == "Nobody needs you today"
    assert "None of your cohorts runs today. The next one, Soon, begins on 3 December 2026." in words(page)


def test_who_waits_or_left_needs_nobody_in_the_morning(cast, browser_of):
    tess = person("tessa@example.org", is_trainer=True)
    where = cohort("long", trainers=(tess,), starts_on=TODAY - 40 * DAY)
    enrol(person("w@example.org", "Wim"), where, "waiting", line=1)
    enrol(person("x@example.org", "Xenia"), where, "withdrawn", confirmed_at=NOON - 40 * DAY, ended_at=NOON)
    page = browser_of(tess).get("/trainer/")
    assert "Long runs, and nobody has a seat in it yet." in words(page)
    assert "Wim" not in page.text
    assert "Xenia" not in page.text


def test_another_trainers_learners_are_not_on_the_list(settled, browser_of):
    page = browser_of(settled.tom).get("/trainer/")
    assert "Cleo" in page.text
    assert "Ada" not in page.text


def test_a_name_is_text_wherever_it_stands(settled, browser_of):
    settled.ada.name = "<script>alert(1)</script>&"
    db.session.commit()
    tess = browser_of(settled.tess)
    for url in ("/trainer/", "/trainer/cohorts/autumn/", "/trainer/cohorts/autumn/progress"):
        page = tess.get(url)
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in page.text


@pytest.mark.parametrize(("url", "page"), [("/trainer/progress", "progress"), ("/trainer/roi", "roi")])
def test_the_latest_running_cohort_is_a_redirect_away(cast, browser_of, url, page):
    cohort("older", trainers=(cast.tess,), starts_on=TODAY - 60 * DAY)
    cohort("over", trainers=(cast.tess,), starts_on=TODAY - 20 * DAY, ends_on=TODAY - DAY)
    cohort("soon", trainers=(cast.tess,), starts_on=TODAY + 9 * DAY, ends_on=TODAY + 99 * DAY)
    answer = browser_of(cast.tess).get(url)
    assert (answer.status_code, answer.location) == (303, f"/trainer/cohorts/autumn/{page}")


def test_without_a_running_cohort_the_latest_that_began_is_shown_else_the_next(cast, browser_of):
    tess = person("tessa@example.org", is_trainer=True)
    for days, slug in ((30, "later"), (9, "next")):
        cohort(slug, trainers=(tess,), starts_on=TODAY + days * DAY, ends_on=TODAY + 99 * DAY)
    assert browser_of(tess).get("/trainer/roi").location == "/trainer/cohorts/next/roi"
    cohort("over", trainers=(tess,), starts_on=TODAY - 50 * DAY, ends_on=TODAY - DAY)
    assert browser_of(tess).get("/trainer/roi").location == "/trainer/cohorts/over/roi"


@pytest.mark.parametrize("url", ["/trainer/", "/trainer/progress", "/trainer/roi", "/trainer/cohorts/"])
def test_a_trainer_without_a_cohort_reads_what_will_stand_there(cast, browser_of, url):
    page = browser_of(person("new@example.org", is_trainer=True)).get(url)
    assert page.status_code == 200
    assert title(page) == "You have no cohort yet"
    assert "another trainer" in words(page).lower()


PAGES = [
    "/trainer/",
    "/trainer/cohorts/",
    "/trainer/cohorts/autumn/",
    "/trainer/cohorts/autumn/progress",
    "/trainer/cohorts/autumn/progress?format=csv",
    "/trainer/cohorts/autumn/roi",
]


@pytest.mark.parametrize("url", PAGES)
def test_only_trainers_find_a_trainers_page(cast, client, browser_of, url):
    assert client.get(url).status_code == 302
    assert browser_of(cast.ada).get(url).status_code == 404
    assert browser_of(cast.olga).get(url).status_code == 404
    assert browser_of(cast.tess).get(url).status_code == 200


@pytest.mark.parametrize("url", PAGES[2:])
def test_another_trainers_cohort_is_not_found(cast, browser_of, url):
    tom = browser_of(cast.tom)
    assert tom.get(url).status_code == 404
    assert tom.get(url.replace("autumn", "no-such-cohort")).status_code == 404
    assert tom.get(url.replace("autumn", "harbour")).status_code == 200


@pytest.mark.parametrize("count", [5, 500])
def test_no_page_asks_more_the_more_there_is(cast, browser_of, queries, count):
    seated(cast.autumn, count)
    tess = browser_of(cast.tess)
    for url in PAGES:
        queries.clear()
        assert tess.get(url).status_code == 200
        # The morning list asks for seven reasons and for whom was spoken to; the return for six levels and the cases.
        # The progress of everybody is asked for first, then that of the fifty on the page.
        assert len(queries) <= (8 if url.endswith(("/trainer/", "/roi", "/progress")) else 5), url
