import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.cohorts import trainer_actions
from app.content import library
from app.db import db
from app.models import Cohort, CohortTrainer, Meeting
from tests.app.cohorts.desk import at, said
from tests.app.cohorts.signing import enrolment_of, taken
from tests.cast import NOON, TODAY, enrol, open_cohort, person, save


def fresh(slug):
    db.session.rollback()
    return db.session.scalars(select(Cohort).where(Cohort.slug == slug)).one()


def test_a_cohort_is_set_up_from_a_pattern_and_run_by_its_maker(desk, tess, client):
    page = desk.get("/trainer/cohorts/new?pattern=own-pace").text
    assert "Begin from “at their own pace”" in page
    answer = desk.send("/trainer/cohorts/new", said())
    assert (answer.status_code, answer.location) == (303, at("spring-mornings", "setup"))
    made = fresh("spring-mornings")
    assert (made.price, made.offer_hours, made.pace, made.late_joiners) == (120_000, 24, "weekly", False)
    assert made.opens_at == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert db.session.scalar(select(CohortTrainer.person_id)) == tess.id
    assert "Sign-up has not opened yet" in client.get("/cohorts/spring-mornings").text


FAULTS = [
    ({"ends_on": "2027-01-11"}, "The last day is before the first one."),
    ({"closes_at": "2026-12-01T09:00"}, "Sign-up closes before it opens."),
    ({"time_zone": "Europe/Atlantis"}, "There is no time zone “Europe/Atlantis”."),
    ({"opens_at": "2026-03-29T02:30"}, "jump from 02:00 to 03:00"),
    ({"opens_at": "soon"}, "Write day and time"),
    ({"starts_on": "2027-02-30"}, "Write the day as year, month and day"),
    ({"starts_on": "0001-01-01"}, "Choose a day of this century."),
    ({"capacity": "0"}, "Type a number from 1 to 1000."),
    ({"capacity": "many"}, "Type a whole number in figures."),
    ({"price": "1.200"}, "1.200"),
    ({"currency": "ZZZ"}, "Choose a currency from the list."),
    ({"slug": "New"}, "Choose another one"),
    ({"slug": "two words"}, "Use small letters"),
    ({"name": "Two\u2028lines"}, "Keep it to one line."),
    ({"late": "perhaps"}, "Choose one of the three."),
    ({"pace": "fast"}, "Choose one of the three."),
    ({"next_id": "99"}, "Choose one of your own cohorts."),
    ({"promise": ""}, "Say what people come for."),
]


@pytest.mark.parametrize(("wrong", "words"), FAULTS)
def test_what_cannot_be_is_told_beside_its_field_and_everything_typed_is_kept(desk, wrong, words):
    answer = desk.send("/trainer/cohorts/new", said(**wrong))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Tess, who sold compressors" in answer.text
    assert not db.session.scalars(select(Cohort)).all()


def test_an_address_that_is_taken_is_refused(desk, winter):
    answer = desk.send("/trainer/cohorts/new", said(slug="winter"))
    assert answer.status_code == 422
    assert "Another cohort has this address." in answer.text


def test_addresses_in_the_text_become_links_only_once_they_were_listed_and_ticked(desk, winter, client):
    text = "See https://example.org/hall and https://example.org/map."
    asked = desk.send(at("winter", "edit"), said(about=text))
    assert asked.status_code == 422
    assert "Tick those that shall be links" in asked.text
    seal = asked.text.split('name="asked" value="')[1].split('"')[0]
    ticked = {"asked": seal, "links": ["https://example.org/map", "https://evil.example/"]}
    assert desk.send(at("winter", "edit"), said(about=text, **ticked)).status_code == 303
    page = client.get("/cohorts/winter").text
    assert '<a href="https://example.org/map" rel="noopener nofollow ugc">' in page
    assert 'href="https://example.org/hall"' not in page
    assert "evil" not in page
    other = desk.send(at("winter", "edit"), said(about=text + " https://example.org/new", version="2", **ticked))
    assert other.status_code == 422


def test_markup_in_a_trainers_text_is_only_text(desk, winter, client):
    desk.send(at("winter", "edit"), said(about="<script>alert(1)</script> [x](javascript:alert(1))"))
    page = client.get("/cohorts/winter").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1))" in page


def test_the_second_of_two_edits_is_shown_both_and_saves_knowingly(desk, winter, browser_of):
    tom = person("tom@example.org", name="Tom", is_trainer=True)
    save(CohortTrainer(cohort_id=winter.id, person_id=tom.id))
    assert browser_of(tom).send(at("winter", "edit"), said(name="Tom’s name")).status_code == 303
    answer = desk.send(at("winter", "edit"), said(name="Tess’s name"))
    assert answer.status_code == 409
    assert "Tom saved this cohort while you wrote" in answer.text
    assert "Tom’s name" in answer.text
    assert 'value="Tess’s name"' in answer.text
    assert fresh("winter").name == "Tom’s name"
    assert desk.send(at("winter", "edit"), said(name="Tess’s name", version="2")).status_code == 303
    assert (fresh("winter").name, fresh("winter").version) == ("Tess’s name", 3)


@pytest.mark.parametrize(("act", "page"), [("edit", "edit"), ("duplicate", "duplicate")])
def test_a_cohort_that_goes_while_its_form_is_on_the_way_is_not_there(desk, winter, monkeypatch, act, page):
    def gone(*given, **named):
        raise trainer_actions.OverlookedCohort

    monkeypatch.setattr(trainer_actions, act, gone)
    answer = desk.send(at("winter", page), said(slug="another", name="Another", starts_on="2027-03-01"))
    assert answer.status_code == 404


def test_fewer_seats_than_are_held_drop_nobody_and_offer_nothing_until_all_fit(desk, tess):
    full = open_cohort("full", trainers=(tess,), capacity=3)
    people = [person(f"p{n}@example.org") for n in range(4)]
    places = [enrol(who, full) for who in people[:3]]
    enrol(people[3], full, "waiting", line=1)
    answer = desk.send(at("full", "edit"), said(capacity="1"), follow_redirects=True)
    assert "Nobody is dropped" in answer.text
    assert taken(full) == 3
    for place in places[:2]:
        desk.send(at("full", f"learners/{place.id}/withdraw"), {"why": "moved away"})
    assert taken(full) == 1
    assert enrolment_of("p3@example.org", full).status == "waiting"
    desk.send(at("full", "edit"), said(capacity="2", version="2"))
    assert enrolment_of("p3@example.org", full).status == "offered"
    assert taken(full) == 2


def test_a_duplicate_moves_every_date_by_as_much_and_keeps_its_time_on_the_wall(desk, winter, tess):
    save(
        Meeting(
            cohort_id=winter.id, uid="one", starts_at=datetime(2027, 1, 5, 18, tzinfo=UTC), minutes=75, where="Hall"
        )
    )
    winter.opens_on, winter.pace = {"01-the-facade": "2027-01-03"}, "dates"
    save(winter)
    first = winter.starts_on
    page = desk.get(at("winter", "duplicate")).text
    assert "The same cohort, later" in page
    days = 24 * 7
    answer = desk.send(
        at("winter", "duplicate"), {"name": "Summer", "slug": "summer", "starts_on": str(first + timedelta(days=days))}
    )
    assert answer.location == at("summer", "setup")
    made, old = fresh("summer"), fresh("winter")
    assert (made.starts_on - old.starts_on).days == (made.ends_on - old.ends_on).days == days
    # Summer time in between: an hour earlier by UTC, the same on the wall.
    meeting = db.session.scalars(select(Meeting).where(Meeting.cohort_id == made.id)).one()
    assert (meeting.starts_at, meeting.where) == (datetime(2027, 6, 22, 17, tzinfo=UTC), "Hall")
    assert meeting.uid != "one"
    assert made.opens_on == {"01-the-facade": str(date(2027, 1, 3) + timedelta(days=days))}
    assert made.taken == 0
    assert db.session.get(CohortTrainer, (made.id, tess.id))


def test_a_lesson_can_have_a_day_of_its_own_and_an_empty_field_takes_it_back(desk, winter):
    first, second = library().modules[0].lessons[:2]
    sent = {"pace": "dates", "day_1": "2027-01-12", "day_1_2": "2027-01-19"}
    desk.send(at("winter", "edit"), said(**sent))
    assert fresh("winter").opens_on == {library().modules[0].folder: "2027-01-12", second.id: "2027-01-19"}
    page = desk.get(at("winter", "edit")).text
    assert re.search(r'<input[^>]*name="day_1_2"[^>]*value="2027-01-19"', page)
    assert first.title in page
    desk.send(at("winter", "edit"), said(**{**sent, "day_1_2": ""}, version="2"))
    assert fresh("winter").opens_on == {library().modules[0].folder: "2027-01-12"}


def test_a_lessons_day_that_is_none_is_told_beside_it_and_what_was_typed_is_kept(desk, winter):
    answer = desk.send(at("winter", "edit"), said(pace="dates", day_1_2="tomorrow", name="Kept as typed"))
    assert answer.status_code == 422
    assert 'id="day_1_2-wrong"' in answer.text
    assert "Kept as typed" in answer.text
    assert fresh("winter").opens_on == {}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("not-yet", "Sign-up has not opened yet"),
        ("open", "left</h3>"),
        ("full", "All twelve seats are taken"),
        ("closed", "Sign-up has closed"),
        ("running", "takes nobody new"),
        ("running-open", "you can still join"),
        ("running-full", "The course has begun, and all twelve seats are taken"),
        ("called-off", "has been called off"),
        ("over", "This cohort is over"),
    ],
)
@pytest.mark.parametrize("facts", [{}, {"taken": 12}, {"late_joiners": True}, {"starts_on": TODAY, "ends_on": TODAY}])
def test_the_page_can_be_looked_at_in_every_state_whatever_is_true_now(desk, tess, key, words, facts):
    open_cohort("winter", trainers=(tess,), **facts)
    page = desk.get(at("winter", f"preview?state={key}")).text
    assert words in page
    assert ('name="email"' in page) == (key in {"open", "full", "running-open", "running-full"})


def test_closed_sign_up_takes_nobody_new_and_still_offers_a_seat_to_who_waits(desk, tess, client):
    full = open_cohort("full", trainers=(tess,), capacity=1)
    place = enrol(person("has@example.org"), full)
    enrol(person("next@example.org"), full, "waiting", line=1)
    desk.send(at("full", "close"))
    page = client.get("/cohorts/full").text
    assert "The trainer closed it on" in page
    assert 'name="email"' not in page
    desk.send(at("full", f"learners/{place.id}/withdraw"), {"why": "ill"})
    assert enrolment_of("next@example.org", full).status == "offered"
    desk.send(at("full", "reopen"))
    assert "All twelve" not in client.get("/cohorts/full").text
    assert 'name="email"' in client.get("/cohorts/full").text


def test_a_cohort_is_called_off_only_after_a_tick_and_can_be_taken_back(desk, winter, client):
    assert desk.send(at("winter", "archive")).status_code == 422
    assert desk.send(at("winter", "archive"), {"sure": "y"}).status_code == 303
    assert "This cohort has been called off" in client.get("/cohorts/winter").text
    assert "One put away" in desk.get("/trainer/cohorts/").text
    desk.send(at("winter", "reopen"))
    assert "Twelve seats left" in client.get("/cohorts/winter").text


def test_several_trainers_run_a_cohort_and_it_is_never_without_one(desk, winter, tess, browser_of):
    tom = person("tom@example.org", name="Tom", is_trainer=True)
    person("ada@example.org")
    other = browser_of(tom)
    assert other.get(at("winter", "setup")).status_code == 404
    assert "No trainer has this address" in desk.send(at("winter", "trainers"), {"email": "ada@example.org"}).text
    assert desk.send(at("winter", "trainers"), {"email": "Tom@example.org"}).status_code == 303
    assert desk.send(at("winter", "trainers"), {"email": "tom@example.org"}).status_code == 303
    assert other.get(at("winter", "setup")).status_code == 200
    assert other.send(at("winter", f"trainers/{tess.id}/remove")).status_code == 303
    assert desk.get(at("winter", "setup")).status_code == 404
    alone = other.send(at("winter", f"trainers/{tom.id}/remove"), follow_redirects=True)
    assert "never without a trainer" in alone.text


def test_meetings_are_added_moved_and_cancelled_and_calendars_can_follow(desk, winter, client):
    added = {"starts_at": "2027-01-12T19:00", "minutes": "75", "where": "Harbour hall"}
    assert desk.send(at("winter", "meetings"), added).status_code == 303
    meeting = db.session.scalars(select(Meeting)).one()
    assert meeting.starts_at == datetime(2027, 1, 12, 18, tzinfo=UTC)
    assert "Harbour hall" in client.get("/cohorts/winter").text
    desk.send(at("winter", f"meetings/{meeting.id}"), {**added, "starts_at": "2027-01-13T19:00"})
    desk.send(at("winter", f"meetings/{meeting.id}/cancel"))
    db.session.rollback()
    db.session.refresh(meeting)
    assert (meeting.sequence, meeting.starts_at.day) == (2, 13)
    assert meeting.cancelled_at == NOON
    assert "Harbour hall" not in client.get("/cohorts/winter").text
    gap = {**added, "starts_at": "2027-03-28T02:15"}
    assert "there is no 02:15" in desk.send(at("winter", "meetings"), gap).text


@pytest.mark.parametrize("page", ["setup", "edit", "duplicate", "preview", "invitations", "import"])
def test_a_page_of_the_desk_asks_the_database_four_times_at_most(desk, winter, queries, page):
    for number in range(5):
        enrol(person(f"p{number}@example.org"), winter)
    desk.get(at("winter", page))
    queries.clear()
    assert desk.get(at("winter", page)).status_code == 200
    assert len(queries) <= 4
