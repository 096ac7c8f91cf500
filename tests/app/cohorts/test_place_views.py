from sqlalchemy import select

from app.db import db
from app.models import Enrolment
from tests.app.cohorts.desk import at
from tests.app.cohorts.signing import enrolment_of, mails, taken
from tests.cast import NOON, enrol, open_cohort, person, save


def test_a_learner_is_withdrawn_and_given_back_with_reasons_that_stay(desk, winter):
    ada = person("ada@example.org", name="Ada")
    place = enrol(ada, winter)
    here = at("winter", f"learners/{place.id}")
    assert desk.send(f"{here}/withdraw").status_code == 422
    assert desk.send(f"{here}/withdraw", {"why": "asked to"}).status_code == 303
    left = enrolment_of("ada@example.org", winter)
    assert (left.status, left.ending, taken(winter)) == ("withdrawn", "withdrawn", 0)
    assert desk.send(f"{here}/restore", {"why": "came back"}).status_code == 303
    assert (enrolment_of("ada@example.org", winter).status, taken(winter)) == ("confirmed", 1)
    page = desk.get(here).text
    assert "asked to" in page
    assert "came back" in page
    assert [mail.subject for mail in mails("ada@example.org")] == [
        "Your place in Winter has ended",
        "You have your seat in Winter again",
    ]
    assert desk.send(f"{here}/restore", {"why": "twice"}).status_code == 409


def test_a_seat_is_given_back_only_where_one_is_free(desk, tess):
    full = open_cohort("full", trainers=(tess,), capacity=1)
    left = enrol(person("left@example.org"), full, "withdrawn", confirmed_at=NOON)
    enrol(person("has@example.org"), full)
    answer = desk.send(at("full", f"learners/{left.id}/restore"), {"why": "sorry"})
    assert answer.status_code == 409
    assert "No seat is free." in answer.text
    assert taken(full) == 1


def test_a_learner_moves_with_their_studies_and_the_seat_left_goes_to_the_next(desk, winter, tess):
    spring = open_cohort("spring", trainers=(tess,), capacity=1)
    place = enrol(person("ada@example.org"), winter)
    winter.capacity = 1
    save(winter)
    enrol(person("next@example.org"), winter, "waiting", line=1)
    assert desk.send(at("winter", f"learners/{place.id}/move"), {"to": spring.id, "why": "evenings"}).status_code == 303
    moved = enrolment_of("ada@example.org", spring)
    assert (moved.id, moved.status) == (place.id, "confirmed")
    assert (taken(winter), taken(spring)) == (1, 1)
    assert enrolment_of("next@example.org", winter).status == "offered"
    assert "From Winter to Spring" in desk.get(at("spring", f"learners/{place.id}")).text


def test_nobody_is_moved_into_a_full_cohort_or_one_of_another_trainers_or_one_they_have_been_in(desk, winter, tess):
    full = open_cohort("full", trainers=(tess,), capacity=1, taken=1)
    foreign = open_cohort("foreign")
    been = open_cohort("been", trainers=(tess,))
    ada = person("ada@example.org")
    place = enrol(ada, winter)
    enrol(ada, been, "withdrawn")
    said_why = {"why": "asked to"}
    there = at("winter", f"learners/{place.id}/move")
    assert desk.send(there, {"to": full.id, **said_why}).status_code == 409
    assert desk.send(there, {"to": been.id, **said_why}).status_code == 409
    assert desk.send(there, {"to": foreign.id, **said_why}).status_code == 422
    assert db.session.scalar(select(Enrolment.cohort_id).where(Enrolment.id == place.id)) == winter.id
    assert [taken(cohort) for cohort in (winter, full, been, foreign)] == [1, 1, 0, 0]


def test_the_pages_of_a_place_ask_the_database_four_times_at_most(desk, winter, queries):
    place = enrol(person("ada@example.org"), winter)
    addresses = [at("winter", f"learners/{place.id}{page}") for page in ("", "/move")]
    for address in addresses:
        queries.clear()
        assert desk.get(address).status_code == 200
        assert len(queries) <= 4
