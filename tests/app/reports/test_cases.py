"""Cases of a report: chosen by rule, asked for by name of what is shown, told only of those who agreed, revocable."""

import pytest
from sqlalchemy import select

from app.cohorts.case_words import wording_for
from app.db import db
from app.models import AskedCase, Consent, Enrolment
from tests.app.reports.making import account, even, running, seated, words
from tests.cast import TODAY

URL = "/trainer/cohorts/long/roi"
ASK = f"{URL}/cases"


@pytest.fixture
def twelve(long):
    """Twelve learners, of whom the first two came out best and the last two worst."""
    made = seated(long, 12)
    for place, enrolment in enumerate(made):
        account(enrolment, cost=1000, benefit=2000 - 150 * place)
    return made


def asked():
    db.session.rollback()
    rows = db.session.scalars(select(AskedCase).order_by(AskedCase.id))
    return {row.enrolment_id: row for row in rows}


def test_nobody_is_asked_before_the_trainer_asks_and_then_those_of_the_rule(cast, twelve, browser_of):
    tess = browser_of(cast.tess)
    assert "Nobody was asked yet." in words(tess.get(URL))
    assert tess.send(ASK, {}).status_code == 303
    best, worst = twelve[:2], twelve[-2:]
    assert {id: row.side for id, row in asked().items()} == {
        **{each.id: "above" for each in best},
        **{each.id: "below" for each in worst},
    }


def test_until_they_agree_the_trainer_reads_how_many_and_nobody_s_name(cast, twelve, browser_of):
    tess = browser_of(cast.tess)
    tess.send(ASK, {})
    page = tess.get(URL)
    assert "Four cases were chosen, and nobody has agreed to have theirs told so far." in words(page)
    assert "Learner 0" not in page.text


def test_who_agrees_is_told_without_any_money_and_the_others_are_not(cast, twelve, browser_of, queries):
    tess = browser_of(cast.tess)
    tess.send(ASK, {})
    case = asked()[twelve[0].id]
    learner = browser_of(twelve[0].person)
    said = {"agreed": "y", "words": "I rang them again."}
    assert learner.send(f"/cases/{case.id}", said).status_code == 303
    queries.clear()
    page = tess.get(URL)
    assert len(queries) <= 8
    text = words(page)
    assert "Four cases were chosen, and one agreed to have theirs told." in text
    part = text[text.index("Cases") : text.index("How it is reckoned")]
    assert "Learner 000" in part
    assert "more came back than was put in" in part
    assert "I rang them again." in part
    assert "€" not in part
    assert "Learner 001" not in text


def test_the_learner_finds_it_on_today_and_reads_what_would_be_shown_by_name(cast, twelve, browser_of, queries):
    browser_of(cast.tess).send(ASK, {})
    case, learner = asked()[twelve[-1].id].id, browser_of(twelve[-1].person)
    learner.get("/today")
    queries.clear()
    assert f'href="/cases/{case}"' in learner.get("/today").text
    assert len(queries) <= 4
    queries.clear()
    text = words(learner.get(f"/cases/{case}"))
    assert len(queries) <= 4
    assert "my trainer’s report on Long" in text
    assert "No amount of money, no entry, and nobody I talk with." in text
    assert "/cases/" not in browser_of(twelve[5].person).get("/today").text


def test_a_yes_is_taken_back_at_once_and_its_words_are_deleted(cast, twelve, browser_of):
    tess = browser_of(cast.tess)
    tess.send(ASK, {})
    who, case = twelve[0].person, asked()[twelve[0].id]
    learner = browser_of(who)
    learner.send(f"/cases/{case.id}", {"agreed": "y", "words": "I rang them again."})
    learner.send(f"/cases/{case.id}/no", {})
    learner.send(f"/cases/{case.id}/no", {})
    assert "Learner 000" not in tess.get(URL).text
    assert asked()[twelve[0].id].words == ""
    kept = db.session.execute(
        select(Consent.kind, Consent.given, Consent.text_hash).where(Consent.person_id == who.id).order_by(Consent.id)
    ).all()
    same = wording_for("Long").text_hash
    assert [tuple(row) for row in kept] == [("case", True, same), ("case", False, same)]
    assert f'href="/cases/{case.id}"' not in learner.get("/today").text


def test_nothing_is_kept_without_the_tick_and_the_words_stay_on_the_page(cast, twelve, browser_of):
    browser_of(cast.tess).send(ASK, {})
    case, learner = asked()[twelve[0].id], browser_of(twelve[0].person)
    for given in ({"words": "Kept here."}, {"words": "Kept here." + "x" * 600, "agreed": "y"}):
        page = learner.send(f"/cases/{case.id}", given)
        assert page.status_code == 422
        assert "Kept here." in page.text
    assert asked()[twelve[0].id].agreed is None


def test_the_choice_is_made_once_and_later_figures_change_nothing(cast, twelve, browser_of):
    tess = browser_of(cast.tess)
    tess.send(ASK, {})
    first = set(asked())
    account(twelve[5], cost=0, benefit=90_000, baseline=False, reports=False)
    assert tess.send(ASK, {}).status_code == 303
    assert set(asked()) == first


@pytest.mark.parametrize("count", [0, 1, 4])
def test_of_fewer_than_five_nobody_can_be_asked(cast, long, browser_of, count):
    even(long, count)
    tess = browser_of(cast.tess)
    assert "Ask for" not in words(tess.get(URL))
    assert tess.send(ASK, {}).status_code == 303
    assert asked() == {}


def test_nobody_is_asked_before_month_six(cast, browser_of):
    even(running("long", cast.tess, starts_on=TODAY.replace(month=8)), 12)
    tess = browser_of(cast.tess)
    tess.send(ASK, {})
    assert asked() == {}


def test_a_case_is_nobody_else_s_to_open_or_to_answer(cast, twelve, browser_of):
    browser_of(cast.tess).send(ASK, {})
    case = asked()[twelve[0].id]
    for other in (twelve[1].person, cast.tess):
        browser = browser_of(other)
        assert browser.get(f"/cases/{case.id}").status_code == 404
        assert browser.send(f"/cases/{case.id}", {"agreed": "y"}).status_code == 404
        assert browser.send(f"/cases/{case.id}/no", {}).status_code == 404
    assert asked()[twelve[0].id].agreed is None


def test_who_left_the_cohort_is_not_asked(cast, twelve, browser_of):
    row = db.session.get_one(Enrolment, twelve[0].id)
    row.status, row.ended_at = "withdrawn", row.confirmed_at
    db.session.commit()
    browser_of(cast.tess).send(ASK, {})
    assert twelve[0].id not in asked()
