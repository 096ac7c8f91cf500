from datetime import timedelta

from app.db import db
from app.models import Reading
from tests.app.reports.making import seated, table, title, words
from tests.cast import NOON, TODAY, cohort, enrol, entry, open_cohort, person, relationship

DAY = timedelta(days=1)


def test_cohorts_stand_in_a_ledger_with_dates_seats_line_and_state(cast, browser_of):
    winter = open_cohort("winter", trainers=(cast.tess,), capacity=2)
    seated(winter, 2)
    enrol(person("w@example.org", "Wim"), winter, "waiting", line=7)
    cohort("past", trainers=(cast.tess,), starts_on=TODAY - 90 * DAY, ends_on=TODAY - DAY)
    page = browser_of(cast.tess).get("/trainer/cohorts/")
    assert title(page) == "Three cohorts, one of them running"
    rows = [row[1:] for row in table(page, "Your cohorts")]
    assert rows == [
        ["3 January to 7 March 2027", "2 of 2", "1", "Full"],
        ["20 October to 22 December 2026", "2 of 12", "0", "Running"],
        ["26 August to 23 November 2026", "0 of 12", "0", "Over"],
    ]
    for link in ("/trainer/cohorts/winter/", "/trainer/cohorts/winter/progress", "/trainer/cohorts/winter/roi"):
        assert f'href="{link}"' in page.text
    assert 'href="/cohorts/winter"' in page.text
    assert "Harbour" not in page.text


def test_the_roster_says_of_everybody_by_name_where_they_stand(cast, browser_of):
    where, tess = open_cohort("winter", trainers=(cast.tess,), capacity=3), browser_of(cast.tess)
    enrol(person("z@example.org", "zoe"), where, goal="Ask for work", confirmed_at=NOON - 3 * DAY)
    enrol(person("a@example.org", "Åsa"), where, "completed", confirmed_at=NOON - 9 * DAY)
    enrol(person("o@example.org", "Omar"), where, "offered", offered_until=NOON + DAY)
    enrol(person("l@example.org", "Lapsed"), where, "offered", offered_until=NOON - DAY)
    page = tess.get("/trainer/cohorts/winter/")
    assert title(page) == "All three seats taken"
    assert table(page, "Who holds a seat") == [
        ["Lapsed", "–", "Offered; ran out on 23 November 2026", "24 November 2026", "Not yet"],
        ["Omar", "–", "Offered until 25 November 2026, 13:00", "24 November 2026", "Not yet"],
        ["zoe", "Ask for work", "Confirmed", "21 November 2026", "Not yet"],
        ["Åsa", "–", "Completed", "15 November 2026", "Not yet"],
    ]


def test_the_line_stands_in_its_order_with_places_from_one(cast, browser_of):
    for name, line in (("Cem", 9), ("Ali", 12), ("Bea", 4)):
        enrol(person(f"{name}@example.org", name), cast.autumn, "waiting", line=line)
    page = browser_of(cast.tess).get("/trainer/cohorts/autumn/")
    assert [row[:2] for row in table(page, "Who waits, in their order")] == [
        ["First", "Bea"],
        ["Second", "Cem"],
        ["Third", "Ali"],
    ]


def test_who_left_stands_apart_with_the_day_and_without_their_practice(cast, browser_of):
    cast.ada_enrolled.status, cast.ada_enrolled.ended_at = "withdrawn", NOON - 5 * DAY
    entry(cast.ada, relationship(cast.ada))
    db.session.commit()
    page = browser_of(cast.tess).get("/trainer/cohorts/autumn/")
    assert table(page, "Who left") == [["Ada", "Withdrawn", "19 November 2026"]]
    assert [row[0] for row in table(page, "Who holds a seat")] == ["Ben"]
    assert "24 November 2026" not in words(page).split("Left")[1]


def test_last_seen_is_the_later_of_an_entry_and_a_reading(cast, browser_of):
    entry(cast.ada, relationship(cast.ada), day=TODAY - 9 * DAY)
    db.session.add(Reading(enrolment_id=cast.ada_enrolled.id, lesson_id="x", content_hash="h", began_at=NOON - 4 * DAY))
    entry(cast.ben, relationship(cast.ben), day=TODAY - 2 * DAY)
    db.session.add(
        Reading(
            enrolment_id=cast.ben_enrolled.id,
            lesson_id="x",
            content_hash="h",
            began_at=NOON - 30 * DAY,
            completed_at=NOON - 3 * DAY,
        )
    )
    db.session.commit()
    page = browser_of(cast.tess).get("/trainer/cohorts/autumn/")
    assert [row[-1] for row in table(page, "Who holds a seat")] == ["20 November 2026", "22 November 2026"]


def test_days_on_a_roster_are_the_cohorts_own(cast, browser_of):
    where = cohort("auckland", trainers=(cast.tess,), time_zone="Pacific/Auckland")
    enrol(person("k@example.org", "Kiri"), where, confirmed_at=NOON)
    page = browser_of(cast.tess).get("/trainer/cohorts/auckland/")
    assert table(page, "Who holds a seat")[0][3] == "25 November 2026"


def test_a_cohort_without_anybody_says_how_to_begin(cast, browser_of):
    open_cohort("winter", trainers=(cast.tess,))
    page = browser_of(cast.tess).get("/trainer/cohorts/winter/")
    assert title(page) == "None of twelve seats taken yet"
    assert "Share the public page: whoever signs up there stands here." in words(page)


def test_a_goal_is_text_however_hostile(cast, browser_of):
    cast.ada_enrolled.goal = '"><img src=x onerror=alert(1)>{{ 7 * 7 }}'
    db.session.commit()
    page = browser_of(cast.tess).get("/trainer/cohorts/autumn/")
    assert "<img src=x" not in page.text
    assert "{{ 7 * 7 }}" in page.text
