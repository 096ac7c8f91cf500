from sqlalchemy import select

from app.cohorts import consents
from app.cohorts.actions import set_news
from app.db import db
from app.models import Consent
from tests.app.cohorts.signing import sound
from tests.cast import open_cohort, person

HERE = "/settings/consents"


def said():
    db.session.rollback()
    asked = select(Consent.kind, Consent.given, Consent.method).order_by(Consent.id)
    return [tuple(row) for row in db.session.execute(asked)]


def test_news_is_taken_back_and_given_again_by_rows_that_only_append(client, browser_of, app):
    open_cohort("winter")
    ada = person("nadia@example.org")
    client.send("/cohorts/winter", sound(news="y"))
    browser = browser_of(ada)
    assert "You said yes." in browser.get(HERE).text
    for wanted in ("", "", "y"):
        assert browser.send(HERE, {"wanted": wanted}).status_code == 303
    assert said() == [
        ("process", True, "signup form"),
        ("news", True, "signup form"),
        ("news", False, "settings"),
        ("news", True, "settings"),
    ]
    row = db.session.scalars(select(Consent).order_by(Consent.id.desc())).first()
    assert (row.version, row.text_hash) == (consents.NEWS.version, consents.NEWS.text_hash)


def test_what_somebody_else_said_last_is_not_taken_for_ones_own(cast):
    for who, wanted in ((cast.ben, True), (cast.ada, True), (cast.cleo, False)):
        set_news(who, wanted=wanted)
    kept = db.session.execute(
        select(Consent.person_id, Consent.given).where(Consent.kind == "news").order_by(Consent.id)
    )
    assert [tuple(row) for row in kept] == [(cast.ben.id, True), (cast.ada.id, True)]


def test_everybody_reads_their_own_list_only(browser_of, app, client):
    open_cohort("winter")
    client.send("/cohorts/winter", sound("nadia@example.org"))
    page = browser_of(person("ben@example.org")).get(HERE).text
    assert "You have not been asked for anything yet" in page


def test_each_line_shows_the_very_words_that_were_asked_and_their_fingerprint(client, browser_of, app):
    """Words that were changed since are told of as other words, never shown in the place of those that were read."""
    open_cohort("winter")
    ada = person("nadia@example.org")
    client.send("/cohorts/winter", sound(news="y"))
    db.session.add(
        Consent(person_id=ada.id, kind="news", given=False, version="2019", text_hash="f" * 64, method="paper")
    )
    db.session.commit()
    page = browser_of(ada).get(HERE).text
    assert consents.NEWS.text_hash[:16] in page
    assert "Other words, about: news" in page
    assert "words of 2019" in page
    assert page.index("Other words") < page.index(consents.NEWS.text_hash[:16])
