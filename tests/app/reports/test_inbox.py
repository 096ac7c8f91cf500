"""What a learner shows and a trainer answers: revocably, blind, each opening in the audit, for nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.db import db
from app.models import Audit, Enrolment, Feedback, Plan, Shared
from tests.app.reports.making import seated, table, title, words
from tests.cast import NOON, TODAY, entry, relationship, save

DAY = timedelta(days=1)
NOTE = "He named the night shift himself"
RATED = {"personal": "2", "two_way": "2", "about_them": "1", "value": "1", "next_step": "1"}


@pytest.fixture
def hers(cast):
    """An entry of Ada's with words in it, rated 11011 by herself."""
    return entry(cast.ada, relationship(cast.ada, "K-07"), "11011", note=NOTE, step="She rings")


def send(browser, url, **sent):
    return browser.post(url, data={"csrf_token": browser.csrf(), **sent})


def show(browser, hers):
    assert send(browser, f"/practice/{hers.id}/show").status_code == 303
    return db.session.scalars(select(Shared.id).where(Shared.withdrawn_at.is_(None))).one()


def opened(browser, shared):
    assert send(browser, f"/trainer/inbox/{shared}/open").status_code == 303
    return browser.get(f"/trainer/inbox/{shared}")


def audited():
    db.session.rollback()
    return [(row.person_id, row.what, row.about) for row in db.session.scalars(select(Audit).order_by(Audit.id))]


def test_nothing_is_shown_until_it_is_shown_and_then_that_one_alone(cast, hers, browser_of):
    entry(cast.ada, relationship(cast.ada, "Heron"), note="Something else")
    ada, tess = browser_of(cast.ada), browser_of(cast.tess)
    assert title(tess.get("/trainer/inbox/")) == "Nobody is waiting for an answer"
    shared = show(ada, hers)
    assert title(tess.get("/trainer/inbox/")) == "One thing shown waits for your answer"
    page = opened(tess, shared)
    assert NOTE in page.text
    assert "Something else" not in page.text
    assert "K-07" not in page.text


def test_the_text_is_read_only_after_an_opening_and_each_opening_is_in_the_audit(cast, hers, browser_of, at):
    shared, tess = show(browser_of(cast.ada), hers), browser_of(cast.tess)
    url = f"/trainer/inbox/{shared}"
    assert NOTE not in tess.get(url).text
    assert NOTE in opened(tess, shared).text
    assert NOTE in tess.get(url).text
    about = f"shared {shared}"
    reading = (cast.tess.id, "read what was shown", about)
    assert audited() == [(cast.ada.id, "showed", about), reading]
    at(NOON + timedelta(minutes=60))
    assert NOTE not in tess.get(url).text
    assert NOTE in opened(tess, shared).text
    assert audited()[1:] == [reading, reading]


def test_the_learners_own_rating_is_hidden_until_the_trainers_is_kept_which_then_stands(cast, hers, browser_of):
    shared, tess = show(browser_of(cast.ada), hers), browser_of(cast.tess)
    before = opened(tess, shared)
    assert not table(before, "Two ratings of one entry")
    assert "4, contacting" not in words(before)
    assert send(tess, f"/trainer/inbox/{shared}/rate", **RATED).status_code == 303
    page = tess.get(f"/trainer/inbox/{shared}")
    rows = table(page, "Two ratings of one entry")
    assert rows[:2] == [["Personal", "1", "2"], ["Two-way", "1", "2"]]
    assert "4 contacting 7 connecting" in words(page)
    send(tess, f"/trainer/inbox/{shared}/rate", **{**RATED, "personal": "0"})
    assert table(tess.get(f"/trainer/inbox/{shared}"), "Two ratings of one entry")[0] == ["Personal", "1", "2"]


def test_a_rating_with_a_line_missing_is_refused_beside_it_and_keeps_the_others(cast, hers, browser_of):
    shared, tess = show(browser_of(cast.ada), hers), browser_of(cast.tess)
    opened(tess, shared)
    page = send(tess, f"/trainer/inbox/{shared}/rate", **{**RATED, "value": "3"})
    assert page.status_code == 422
    assert "Value: choose 0, 1 or 2." in words(page)
    assert page.text.count("checked") == 4
    assert db.session.scalars(select(Feedback.rated_at)).one() is None


def test_the_learner_sees_received_read_and_answered_on_the_entry_and_the_answer_on_today(cast, hers, browser_of):
    ada, tess = browser_of(cast.ada), browser_of(cast.tess)
    shared = show(ada, hers)
    assert "Received; nobody has opened it yet." in words(ada.get(f"/practice/{hers.id}"))
    opened(tess, shared)
    assert "Read by Tess; not answered yet." in words(ada.get(f"/practice/{hers.id}"))
    assert "An answer from your trainer" not in words(ada.get("/today"))
    send(tess, f"/trainer/inbox/{shared}/rate", **RATED)
    assert "7 connecting" not in words(ada.get("/practice/shown/"))
    send(tess, f"/trainer/inbox/{shared}/answer", comment="Ask <b>when</b>.")
    assert "Answered by Tess." in words(ada.get(f"/practice/{hers.id}"))
    assert "An answer from your trainer" in words(ada.get("/today"))
    page = ada.get("/practice/shown/")
    assert title(page) == "One answer from your trainer"
    assert "Ask <b>when</b>." in words(page)
    assert "4 contacting 7 connecting" in words(page)
    send(ada, f"/practice/shown/{shared}/heard")
    assert "An answer from your trainer" not in words(ada.get("/today"))
    assert "they have read it" in words(tess.get("/trainer/inbox/"))


def test_what_is_withdrawn_while_the_trainer_types_keeps_the_draft_and_says_why(cast, hers, browser_of):
    ada, tess = browser_of(cast.ada), browser_of(cast.tess)
    shared = show(ada, hers)
    opened(tess, shared)
    assert send(ada, f"/practice/shown/{shared}/withdraw").status_code == 303
    answer = send(tess, f"/trainer/inbox/{shared}/answer", comment="Half an answer")
    assert answer.status_code == 303
    page = tess.get(answer.location)
    assert "Ada took this back" in words(page)
    assert "It was taken back while you wrote. Your words are kept here for you, and are not sent." in words(page)
    assert "Half an answer" in words(page)
    assert NOTE not in page.text
    assert "Half an answer" in words(tess.get("/trainer/inbox/"))
    assert "Half an answer" not in ada.get("/practice/shown/").text
    assert audited()[-1] == (cast.ada.id, "withdrew", f"shared {shared}")


def test_what_was_withdrawn_can_neither_be_opened_nor_rated_and_may_be_shown_again(cast, hers, browser_of):
    ada, tess = browser_of(cast.ada), browser_of(cast.tess)
    shared = show(ada, hers)
    opened(tess, shared)
    send(ada, f"/practice/shown/{shared}/withdraw")
    assert NOTE not in opened(tess, shared).text
    send(tess, f"/trainer/inbox/{shared}/rate", **RATED)
    assert db.session.scalars(select(Feedback.rated_at)).one() is None
    assert title(tess.get("/trainer/inbox/")) == "Nobody is waiting for an answer"
    again = show(ada, hers)
    assert again != shared
    assert NOTE in opened(tess, again).text


def test_an_entry_that_is_shown_twice_is_shown_once(cast, hers, browser_of):
    ada = browser_of(cast.ada)
    assert show(ada, hers) == show(ada, hers)


def test_a_correction_is_not_shown_with_the_entry_and_a_taken_back_entry_not_at_all(cast, hers, browser_of):
    ada, tess = browser_of(cast.ada), browser_of(cast.tess)
    shared = show(ada, hers)
    later = entry(cast.ada, relationship(cast.ada, "Heron"), "22222", note="Corrected words", replaces_id=hers.id)
    page = opened(tess, shared)
    assert NOTE in page.text
    assert "Corrected words" not in page.text
    assert "It is shown as it read before you corrected it." in words(ada.get(f"/practice/{later.id}"))
    other = entry(cast.ada, None, note="Never mind")
    save(Shared(enrolment_id=cast.ada_enrolled.id, entry_id=other.id))
    entry(cast.ada, None, replaces_id=other.id, void=True)
    assert title(tess.get("/trainer/inbox/")) == "One thing shown waits for your answer"


def test_an_entry_that_stands_no_more_is_not_shown_and_told_to_be_read_first(cast, hers, browser_of):
    entry(cast.ada, None, replaces_id=hers.id)
    answer = send(browser_of(cast.ada), f"/practice/{hers.id}/show")
    assert answer.location == f"/practice/{hers.id}"
    assert db.session.scalars(select(Shared)).all() == []


def test_a_plan_is_shown_with_what_came_of_it_and_answered_without_a_rating(cast, browser_of):
    facts = {"lesson_id": "ask", "if_text": "he rings", "then_text": "ask", "due_on": TODAY}
    plan = save(Plan(enrolment_id=cast.ada_enrolled.id, outcome="didnt", because="he did not ring", **facts))
    ada, tess = browser_of(cast.ada), browser_of(cast.tess)
    assert send(ada, f"/plans/{plan.id}/show").status_code == 303
    shared = db.session.scalars(select(Shared.id)).one()
    page = opened(tess, shared)
    assert "If he rings, then I ask." in words(page)
    assert "Not done, because he did not ring" in words(page)
    assert "Keep my rating" not in page.text
    assert send(tess, f"/trainer/inbox/{shared}/rate", **RATED).status_code == 404
    assert send(tess, f"/trainer/inbox/{shared}/answer", comment="Ring him.").status_code == 303
    assert "Ring him." in words(ada.get("/practice/shown/"))


@pytest.mark.parametrize("what", ["", "/open", "/rate", "/answer"])
def test_a_trainer_of_another_cohort_finds_nothing_at_the_exact_address(cast, hers, browser_of, what):
    shared, tom = show(browser_of(cast.ada), hers), browser_of(cast.tom)
    url = f"/trainer/inbox/{shared}{what}"
    found = send(tom, url, **RATED, comment="Hm") if what else tom.get(url)
    assert found.status_code == 404
    assert db.session.scalars(select(Feedback)).all() == []
    assert title(tom.get("/trainer/inbox/")) == "Nobody is waiting for an answer"


def test_nobody_rates_or_answers_what_they_have_not_opened(cast, hers, browser_of):
    shared, tess = show(browser_of(cast.ada), hers), browser_of(cast.tess)
    assert send(tess, f"/trainer/inbox/{shared}/rate", **RATED).status_code == 404
    assert send(tess, f"/trainer/inbox/{shared}/answer", comment="Hm").status_code == 404
    assert NOTE not in tess.get(f"/trainer/inbox/{shared}").text


@pytest.mark.parametrize("what", ["withdraw", "heard"])
def test_another_learner_changes_nothing_of_hers(cast, hers, browser_of, what):
    shared, cleo = show(browser_of(cast.ada), hers), browser_of(cast.cleo)
    assert send(cleo, f"/practice/shown/{shared}/{what}").status_code == 404
    assert send(cleo, f"/practice/{hers.id}/show").status_code == 404
    row = db.session.scalars(select(Shared)).one()
    assert (row.withdrawn_at, row.heard_at) == (None, None)


def rated(cast, count, own="11011", given=(2, 2, 1, 1, 1)):
    about = relationship(cast.ada, "Many")
    lines = dict(zip(("personal", "two_way", "about_them", "value", "next_step"), given, strict=True))
    for _ in range(count):
        made = entry(cast.ada, about, own)
        shared = save(Shared(enrolment_id=cast.ada_enrolled.id, entry_id=made.id))
        save(
            Feedback(
                shared_id=shared.id, trainer_id=cast.tess.id, rated_at=NOON, answered_at=NOON, comment="Yes", **lines
            )
        )


def test_agreement_is_said_from_ten_entries_on_to_the_trainer_and_to_the_learner(cast, browser_of):
    rated(cast, 9)
    ada, tess = browser_of(cast.ada), browser_of(cast.tess)
    for browser, url in ((tess, "/trainer/inbox/"), (ada, "/practice/shown/")):
        assert "Nine entries rated by both. From ten on it says here how far the two agree." in words(browser.get(url))
    db.session.execute(delete(Feedback))
    db.session.commit()
    assert "rated by both" not in words(tess.get("/trainer/inbox/"))


def test_ten_pairs_make_kappa_and_how_much_higher_the_learner_rates(cast, browser_of):
    rated(cast, 10)
    # By hand: of the five lines one is the same (next step). Own 1 1 0 1 1, given 2 2 1 1 1.
    # Observed 30 points off; by chance 10·(10·1 + ...): own has ten 0s and forty 1s, given thirty 1s and twenty 2s:
    # (10·(30·1 + 20·2) + 40·(20·1)) / 50 = 30. Kappa 0.
    pages = ((cast.tess, "/trainer/inbox/", "The learner’s"), (cast.ada, "/practice/shown/", "Your"))
    for who, url, whose in pages:
        said = words(browser_of(who).get(url))
        assert "The same rating 20 times of 50, on 10 entries. Weighted kappa 0.00" in said
        assert f"{whose} ratings are 3.0 of ten lower on the mean." in said


@pytest.mark.parametrize("count", [5, 300])
def test_the_inbox_asks_no_more_the_more_there_is_and_shows_25_oldest_first(cast, browser_of, queries, count):
    made = [
        Shared(enrolment_id=each.id, entry_id=entry(db.session.get(Enrolment, each.id).person, None).id)
        for each in seated(cast.autumn, min(count, 30))
    ]
    for place, shared in enumerate(made):
        shared.shared_at = NOON - place * DAY
    db.session.add_all(made)
    db.session.commit()
    tess = browser_of(cast.tess)
    queries.clear()
    page = tess.get("/trainer/inbox/")
    assert len(queries) <= 4
    assert page.text.count("an entry</a>") == min(count, 25)
    said = words(page)
    oldest = min(count, 30) - 1
    assert f"Learner {oldest:03}" in said
    if count > 25:
        assert "Waiting for 29 days" in said
        assert "Waiting since today" not in said
        assert "Waiting since today" in words(tess.get("/trainer/inbox/?page=2"))


def test_the_page_of_one_thing_asks_little(cast, hers, browser_of, queries):
    shared, tess = show(browser_of(cast.ada), hers), browser_of(cast.tess)
    opened(tess, shared)
    queries.clear()
    tess.get(f"/trainer/inbox/{shared}")
    assert len(queries) <= 3


def test_her_own_pages_ask_no_more_for_what_is_shown(cast, hers, browser_of, queries):
    ada = browser_of(cast.ada)
    show(ada, hers)
    for url in (f"/practice/{hers.id}", "/practice/shown/", "/today"):
        queries.clear()
        assert ada.get(url).status_code == 200
        assert len(queries) <= 4, url
