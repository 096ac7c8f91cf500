from sqlalchemy import select

from app.cohorts import consents
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


def test_everybody_reads_their_own_list_only(browser_of, app, client):
    open_cohort("winter")
    client.send("/cohorts/winter", sound("nadia@example.org"))
    page = browser_of(person("ben@example.org")).get(HERE).text
    assert "You were not asked for anything yet" in page
