"""Many at one moment. Every thread is a browser of its own, with its own address and its own connection."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Enrolment, Person
from tests.app.cohorts.signing import enrolment_of, link_in, mails, sound, taken
from tests.cast import NOON, open_cohort


def at_once(app, sends):
    """What each of many browsers is answered that send at the same moment. A send takes a browser."""
    barrier = Barrier(len(sends))
    browsers = [app.test_client() for _ in sends]
    for number, browser in enumerate(browsers):
        browser.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
        browser.csrf()

    def go(pair):
        browser, send = pair
        barrier.wait()
        return send(browser).status_code

    db.session.rollback()
    with ThreadPoolExecutor(len(sends)) as pool:
        return list(pool.map(go, zip(browsers, sends, strict=True)))


def sign_up(email, slug="last"):
    return lambda browser: browser.send(f"/cohorts/{slug}", sound(email))


def test_forty_at_one_moment_for_ten_seats_get_ten_and_a_line_of_thirty(app):
    cohort = open_cohort("last", capacity=14, taken=4)
    answers = at_once(app, [sign_up(f"p{number}@example.org") for number in range(40)])
    assert answers == [303] * 40
    assert taken(cohort) == 14
    rows = db.session.execute(select(Enrolment.status, Enrolment.line).where(Enrolment.cohort_id == cohort.id)).all()
    assert [status for status, _ in rows].count("offered") == 10
    assert sorted(line for status, line in rows if status == "waiting") == list(range(1, 31))
    assert len({mail.recipient for mail in mails()}) == len(mails()) == 40


def test_one_address_from_four_browsers_at_one_moment_is_one_person_with_one_seat(app):
    cohort = open_cohort("last", capacity=5)
    answers = at_once(app, [sign_up("same@example.org")] * 4)
    assert answers == [303] * 4
    assert taken(cohort) == 1
    assert len(db.session.scalars(select(Person)).all()) == 1
    assert len(mails()) == 4


def test_one_address_for_two_cohorts_at_one_moment_is_one_person(app):
    slugs = ("last", "least")
    cohorts = [open_cohort(slug) for slug in slugs]
    assert at_once(app, [sign_up("same@example.org", slug) for slug in slugs]) == [303, 303]
    assert [taken(cohort) for cohort in cohorts] == [1, 1]
    assert len(db.session.scalars(select(Person)).all()) == 1


@pytest.mark.parametrize(("held", "status"), [(0, "confirmed"), (5, "waiting")])
def test_a_link_used_eight_times_at_one_moment_works_once(app, held, status):
    cohort = open_cohort("last", capacity=5, taken=held)
    app.test_client().send("/cohorts/last", sound("nadia@example.org"))
    link = link_in(mails()[0])
    passwords = [f"password number {number}" for number in range(8)]
    answers = at_once(app, [lambda browser, p=p: browser.send(link, {"password": p}) for p in passwords])
    assert sorted(answers) == [303] + [410] * 7
    assert enrolment_of("nadia@example.org", cohort).status == status
    assert taken(cohort) == (held or 1)


def test_who_is_forgotten_in_one_cohort_while_signing_up_for_another_keeps_the_new_seat(app, at):
    last, least = open_cohort("last"), open_cohort("least")
    app.test_client().send("/cohorts/last", sound("same@example.org"))
    at(NOON + timedelta(days=1))
    assert at_once(app, [sign_up("other@example.org"), sign_up("same@example.org", "least")]) == [303, 303]
    assert (taken(last), taken(least)) == (1, 1)
    assert enrolment_of("same@example.org", least).status == "offered"
