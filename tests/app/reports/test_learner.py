"""One learner as their trainer may see them: counts with what they rest on, and of what is not shown, why."""

import pytest

from app.db import db
from app.models import Contact, Enrolment, Intangible, Shared
from tests.app.reports.making import account, seated, table, title, words
from tests.cast import TODAY, entry, relationship

SECRET = "canary of one learner"


def url(enrolment):
    return f"/trainer/cohorts/long/learners/{enrolment.id}/progress"


def figures(page, name):
    return {row[0]: row[1:] for row in table(page, f"What is counted of {name}")}


@pytest.fixture
def one(long):
    return seated(long, 3)[1]


def test_a_learner_who_did_nothing_has_a_reason_beside_every_dash(cast, one, browser_of):
    page = browser_of(cast.tess).get(url(one))
    assert title(page).endswith("has not begun")
    found = figures(page, "Learner 001")
    assert found["Connecting rate"] == ["–", "No entry with a person yet."]
    assert found["Recall"] == ["–", "No question has come back yet."]
    assert found["Self-rated change"] == ["–", "No two self-assessments yet. Never called learning."]
    assert found["Read"][0].startswith("0 of ")


def test_counts_stand_with_what_they_rest_on(cast, one, browser_of, queries):
    tended = relationship(one.person)
    for scores in ("22222", "22222", "00000", "11111"):
        entry(one.person, tended, scores)
    tess = browser_of(cast.tess)
    queries.clear()
    page = tess.get(url(one))
    assert len(queries) <= 8
    assert figures(page, "Learner 001")["Connecting rate"] == [
        "50 %",
        "2 of 4 rated entries; likely between 15 and 85 %.",
    ]
    assert "was last seen today" in title(page)


def test_no_text_no_alias_and_no_money_of_theirs_is_there_and_that_is_explained(cast, one, browser_of):
    tended = relationship(one.person, SECRET)
    entry(one.person, tended, "22222", note=SECRET, step=SECRET)
    account(one, cost=54_321, benefit=98_765)
    db.session.add(Intangible(person_id=one.person_id, day=TODAY, text=SECRET))
    db.session.commit()
    page = browser_of(cast.tess).get(url(one))
    assert SECRET not in page.text
    assert not any(amount in page.text for amount in ("54", "98 765", "€"))
    said = words(page)
    assert "What one learner put in or got back is shown to nobody else" in said
    assert "You read one only where they show that one." in said


def test_what_is_shown_leads_to_the_inbox_until_it_is_taken_back(cast, one, browser_of):
    logged = entry(one.person, relationship(one.person), "22222", note=SECRET)
    shared = Shared(enrolment_id=one.id, entry_id=logged.id)
    db.session.add(shared)
    db.session.commit()
    tess = browser_of(cast.tess)
    page = tess.get(url(one))
    assert f'href="/trainer/inbox/{shared.id}"' in page.text
    assert "Not answered yet." in words(page)
    assert SECRET not in page.text
    shared.withdrawn_at = shared.shared_at
    db.session.commit()
    assert f"/trainer/inbox/{shared.id}" not in tess.get(url(one)).text


def test_talks_stand_by_their_day(cast, one, browser_of):
    db.session.add(
        Contact(enrolment_id=one.id, trainer_id=cast.tess.id, kind="spoke", day=TODAY, until=TODAY, note="Rang.")
    )
    db.session.commit()
    assert "Rang." in words(browser_of(cast.tess).get(url(one)))


def test_of_who_left_and_of_who_learns_elsewhere_there_is_no_page(cast, one, browser_of):
    tess = browser_of(cast.tess)
    assert tess.get(f"/trainer/cohorts/long/learners/{cast.cleo_enrolled.id}/progress").status_code == 404
    db.session.get_one(Enrolment, one.id).status = "withdrawn"
    db.session.commit()
    assert tess.get(url(one)).status_code == 404
    assert browser_of(cast.tom).get(url(one)).status_code == 404
