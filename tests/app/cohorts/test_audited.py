"""What a trainer does with people and with figures of a cohort leaves a line, in the audit or in the log."""

import json

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Audit, CohortTrainer
from tests.app.cohorts.desk import at
from tests.cast import cohort, enrol, person, save


def lines():
    db.session.rollback()
    return [(row.what, row.person_id, row.whom_id, row.about) for row in db.session.scalars(select(Audit))]


def test_naming_a_trainer_and_taking_one_off_leave_a_line(cast, browser_of):
    tess = browser_of(cast.tess)
    other = person("una@example.org", name="Una", is_trainer=True)
    tess.send(at("autumn", "trainers"), {"email": other.email})
    tess.send(at("autumn", f"trainers/{other.id}/remove"))
    named = ("trainer named", cast.tess.id, other.id, "autumn")
    assert lines() == [named, ("trainer taken off", cast.tess.id, other.id, "autumn")]


def test_moving_a_place_leaves_a_line_with_whose_it_is(cast, browser_of):
    second = cohort("second")
    save(CohortTrainer(cohort_id=second.id, person_id=cast.tess.id))
    mover = person("mover@example.org")
    place = enrol(mover, cast.autumn)
    sent = {"to": str(second.id), "why": "They asked"}
    assert browser_of(cast.tess).send(at("autumn", f"learners/{place.id}/move"), sent).status_code == 303
    assert lines() == [("moved to a cohort", cast.tess.id, mover.id, "second")]


@pytest.mark.parametrize("file", ["progress?format=csv", "progress?format=xlsx", "roi.pdf", "roi.xlsx"])
def test_a_file_of_a_cohort_stands_in_the_log_of_security_events(cast, browser_of, caplog, file):
    assert browser_of(cast.tess).get(at("autumn", file)).status_code == 200
    told = [json.loads(row.message) for row in caplog.records if row.name == "connect.security"]
    (taken,) = [each for each in told if each["event"] == "file of a cohort taken"]
    assert (taken["person"], taken["cohort"]) == (cast.tess.id, "autumn")
