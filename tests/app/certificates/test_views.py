"""A learner's certificate: what is missing, the choice of a page, its sheet, and the page at its address."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.certificates import actions
from app.cohorts.consents import CERTIFICATE
from app.db import db
from app.models import Audit, Certificate, Consent
from tests.app.certificates.conftest import earn
from tests.app.reports.making import title, words
from tests.cast import NOON, cost, entry, receipt, relationship
from tests.certificates import certificate

HERE = "/certificate/"


def row():
    db.session.rollback()
    return db.session.scalars(select(Certificate)).one()


def address(made):
    return f"/certificates/{made.token}"


def show(browser, made, **sent):
    return browser.send(f"/certificate/{made.id}/show", {"agreed": "y", **sent})


def sheet(browser, made):
    answer = browser.get(f"/certificate/{made.id}/certificate.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    read = PdfReader(io.BytesIO(answer.data))
    assert len(read.pages) == 1
    return read, " ".join(read.pages[0].extract_text().replace("\u00a0", " ").split())


def test_a_learner_reads_what_is_missing_in_three_queries(cast, browser_of, queries):
    earn(cast.ada_enrolled, modules=6, talks=12)
    ada = browser_of(cast.ada)
    ada.get(HERE)
    queries.clear()
    page = ada.get(HERE)
    assert len(queries) <= 4, queries
    assert title(page) == "Two modules to go for a certificate"
    assert "Six of nine modules are read to the end and mastered; eight must be." in words(page)
    assert "Twelve conversations logged since the course began; 20 are needed." in words(page)
    assert "Three lessons to finish, none of nine recall questions right, no entry in the field yet." in words(page)


def test_whoever_has_earned_it_is_told_to_ask(ready, browser_of):
    page = browser_of(ready.ada).get(HERE)
    assert title(page) == "Nothing is missing any more"
    assert "Your trainer can issue it now." in words(page)


def test_today_says_that_one_is_issued_until_the_learner_has_chosen(cast, browser_of):
    ada = browser_of(cast.ada)
    assert "certificate" not in words(ada.get("/today"))
    made = certificate(cast.ada_enrolled)
    assert "A certificate is issued to you" in words(ada.get("/today"))
    assert title(ada.get(HERE)) == "A certificate is issued to you"
    ada.send(f"/certificate/{made.id}/hide", {})
    assert "certificate" not in words(ada.get("/today"))
    assert title(ada.get(HERE)) == "You hold a certificate"
    assert "A certificate" not in words(browser_of(cast.ben).get("/today"))


def test_there_is_no_page_until_the_learner_agrees_and_none_once_they_take_it_off(cast, client, browser_of):
    made, ada = certificate(cast.ada_enrolled), browser_of(cast.ada)
    nothing = client.get("/certificates/nothing-like-it")
    assert nothing.status_code == 404
    assert client.get(address(made)).data == nothing.data
    assert show(ada, made).status_code == 303
    page = client.get(address(made))
    assert page.status_code == 200
    assert title(page) == "Ada logged 24 conversations, 11 of them connecting"
    ada.send(f"/certificate/{made.id}/hide", {})
    gone = client.get(address(made))
    assert (gone.status_code, gone.data) == (404, nothing.data)
    assert show(ada, made).status_code == 303
    assert client.get(address(made)).status_code == 200


def test_showing_and_hiding_are_consents_and_lines_of_the_audit(cast, browser_of):
    made, ada = certificate(cast.ada_enrolled), browser_of(cast.ada)
    show(ada, made)
    ada.send(f"/certificate/{made.id}/hide", {})
    ada.send(f"/certificate/{made.id}/hide", {})
    said = db.session.execute(select(Consent.kind, Consent.given, Consent.text_hash).order_by(Consent.id)).all()
    assert [tuple(one) for one in said] == [
        ("certificate", True, CERTIFICATE.text_hash),
        ("certificate", False, CERTIFICATE.text_hash),
    ]
    whats = db.session.scalars(select(Audit.what).order_by(Audit.id)).all()
    assert whats == ["showed a certificate", "hid a certificate"]
    assert CERTIFICATE.sentence in ada.get("/settings/consents").text


def test_without_the_tick_it_gets_no_page_and_the_page_says_why(cast, browser_of):
    made, ada = certificate(cast.ada_enrolled), browser_of(cast.ada)
    refused = ada.send(f"/certificate/{made.id}/show", {"says_gate": "y"})
    assert refused.status_code == 422
    assert "Tick it to put your certificate on a page, or leave it be." in words(refused)
    assert row().shown_at is None


def test_the_public_page_says_name_cohort_dates_and_evidence_and_asks_not_to_be_listed(cast, client, queries):
    here = address(certificate(cast.ada_enrolled, shown_at=NOON))
    client.get(here)
    queries.clear()
    page = client.get(here)
    assert len(queries) == 1
    assert '<meta name="robots" content="noindex">' in page.text
    for said in (
        "Valid when this page was opened, 24 November 2026, 12:00 UTC.",
        "Autumn, 20 October to 22 December 2026",
        "Two of nine read to the end and mastered",
        "Not part of this certificate; nothing is said of it",
        "24 November 2026, by Tess",
        "What was asked for that day.",
        "rated by the learner",
    ):
        assert said in words(page).replace("\u00a0", " ")


def test_it_tells_of_no_money_no_alias_and_no_note(ready, client, browser_of):
    about = relationship(ready.ada, "Canary Wharf")
    entry(ready.ada, about, note="canary note", step="canary step")
    receipt(ready.ada, 777_700, what="canary receipt")
    cost(ready.ada, 777_700, what="canary cost")
    ada, tess = browser_of(ready.ada), browser_of(ready.tess)
    tess.send(f"/trainer/cohorts/autumn/certificates/{ready.ada_enrolled.id}/issue", {})
    show(ada, row())
    texts = (client.get(address(row())).text, sheet(ada, row())[1], ada.get(f"/certificate/{row().id}/badge.jwt").text)
    for text in texts:
        assert "anary" not in text
        assert "777" not in text
        assert "example.org" not in text


def test_taken_back_it_says_so_with_the_day_and_without_name_or_reason(cast, client, browser_of, at):
    made = certificate(cast.ada_enrolled, shown_at=NOON, revoked_at=NOON, revoked_why="The wrong name")
    page = client.get(address(made))
    assert page.status_code == 200
    assert title(page) == "This certificate no longer holds"
    assert "Taken back on 24 November 2026" in words(page).replace("\u00a0", " ")
    assert "Ada" not in page.text
    assert "wrong name" not in page.text
    ada = browser_of(cast.ada)
    mine = ada.get(HERE)
    assert title(mine) == "Your certificate was taken back"
    assert "because: The wrong name" in words(mine)
    assert ada.get(f"/certificate/{made.id}/certificate.pdf").status_code == 404
    assert show(ada, made).status_code == 303
    assert row().answered_at is None
    ada.send(f"/certificate/{made.id}/hide", {})
    assert client.get(address(made)).status_code == 404


def test_taken_back_before_it_had_a_page_it_never_gets_one(cast, client, browser_of):
    made = certificate(cast.ada_enrolled, revoked_at=NOON)
    show(browser_of(cast.ada), made)
    assert row().shown_at is None
    assert client.get(address(made)).status_code == 404


@pytest.mark.parametrize("gate_open", [True, False])
@pytest.mark.parametrize("ticked", [True, False])
def test_the_gate_is_said_only_where_it_was_open_and_the_learner_says_so(cast, client, browser_of, gate_open, ticked):
    made, ada = certificate(cast.ada_enrolled, gate_open=gate_open), browser_of(cast.ada)
    assert ("Say also that my readiness gate was open" in words(ada.get(HERE))) is gate_open
    show(ada, made, **({"says_gate": "y"} if ticked else {}))
    said = "all seven tests held" in words(client.get(address(made)))
    assert said is (gate_open and ticked)
    assert ("all seven tests held" in sheet(ada, made)[1]) is said


def test_the_sheet_is_tagged_and_its_code_and_address_are_there_only_with_a_page(cast, browser_of):
    made, ada = certificate(cast.ada_enrolled), browser_of(cast.ada)
    _, hidden = sheet(ada, made)
    assert made.token not in hidden
    assert "The learner shows this certificate on no page." in hidden
    show(ada, made)
    read, said = sheet(ada, made)
    assert made.token in said.replace(" ", "")
    assert read.metadata.title == "Certificate of evidence: Ada"
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert sheet(ada, made)[0].pages[0].extract_text() == read.pages[0].extract_text()
    for fact in ("Ada logged 24 conversations, 11 of them connecting", "The facade; The promise", "by Tess"):
        assert fact in said


def test_another_learner_neither_reads_nor_changes_it(cast, browser_of):
    made, cleo = certificate(cast.ada_enrolled), browser_of(cast.cleo)
    for what in ("certificate.pdf", "badge.jwt"):
        assert cleo.get(f"/certificate/{made.id}/{what}").status_code == 404
    assert show(cleo, made).status_code == 404
    assert cleo.send(f"/certificate/{made.id}/hide", {}).status_code == 404
    assert (row().shown_at, row().answered_at) == (None, None)


def test_the_act_itself_finds_nothing_of_somebody_else(cast):
    made = certificate(cast.ada_enrolled, shown_at=NOON)
    for act in (actions.hide, lambda person, id: actions.show(person, id, says_gate=False)):
        with pytest.raises(actions.NotTheirs):
            act(cast.cleo, made.id)
    assert row().shown_at == NOON


def test_the_address_is_256_random_bits_and_a_letter_less_is_nothing(ready, client, browser_of):
    tess = browser_of(ready.tess)
    tess.send(f"/trainer/cohorts/autumn/certificates/{ready.ada_enrolled.id}/issue", {})
    token = row().token
    assert len(token) == 43
    show(browser_of(ready.ada), row())
    assert client.get(f"/certificates/{token}").status_code == 200
    for wrong in (token[:-1], token + "A", token.swapcase(), "%00", "0"):
        assert client.get(f"/certificates/{wrong}").status_code == 404


def test_who_left_keeps_the_certificate_and_is_told_that_there_is_no_other(cast, client, browser_of):
    cast.ada_enrolled.status = "withdrawn"
    db.session.commit()
    ada = browser_of(cast.ada)
    assert "a certificate is issued to whoever has a seat" in words(ada.get(HERE))
    made = certificate(cast.ada_enrolled, shown_at=NOON, answered_at=NOON)
    assert title(ada.get(HERE)) == "You hold a certificate"
    assert client.get(address(made)).status_code == 200
