import random
import re
from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import digest
from app.db import db
from app.models import Audit, Cost, Person, ReportText, SponsorLink, SponsorOpening, SponsorReport
from tests.app.reports.making import account, even, running, seated, table, title, words
from tests.cast import NOON, enrol

DAY = timedelta(days=1)
DESK = "/trainer/cohorts/long/sponsor"


def post(browser, url, **data):
    return browser.send(url, data)


def given(browser, *, desk=DESK, **data):
    """The address behind the link that the trainer is shown this once."""
    page = post(browser, desk, **{"label": "Ms de Wit", "lasts": "90", **data})
    assert page.status_code == 201, words(page)
    found = re.search(r"<textarea[^>]*readonly>([^<]*)</textarea>", page.text)
    return "/report/" + unescape(found[1]).rsplit("/", 1)[1]


def opened(app, url):
    """The report as a browser without an account reads it, after the button."""
    visitor = app.test_client()
    assert post(visitor, url).status_code == 303
    return visitor.get(f"{url}/read")


def test_a_link_asks_first_and_opens_without_an_account(app, cast, long, browser_of):
    even(long, 12)
    url = given(browser_of(cast.tess))
    visitor = app.test_client()
    asks = visitor.get(url)
    assert title(asks) == "A report was given to you"
    assert "€" not in asks.text
    assert visitor.get(f"{url}/read").location == url
    page = opened(app, url)
    assert title(page).startswith("Indicative: the return is 20")
    assert "Report number 1, as of 24 November 2026." in words(page)
    assert "Long · report number 1 · as of 24 November 2026" in words(page)


def test_looking_at_a_link_writes_nothing_and_opening_it_is_counted(app, cast, long, browser_of):
    even(long, 12)
    tess = browser_of(cast.tess)
    url = given(tess)
    app.test_client().get(url)
    assert db.session.scalar(select(func.count(SponsorOpening.id))) == 0
    opened(app, url)
    opened(app, url)
    rows = table(tess.get(DESK), "Links to the report of Long")
    assert rows[0][0] == "Ms de Wit"
    assert rows[0][3] == "2, last 24 Nov"


def test_only_the_fingerprint_of_a_link_is_kept_and_it_is_shown_once(cast, long, browser_of):
    even(long, 12)
    tess = browser_of(cast.tess)
    token = given(tess).rsplit("/", 1)[1]
    assert db.session.scalar(select(SponsorLink.token_hash)) == digest(token)
    assert token not in tess.get(DESK).text


def test_tampered_expired_and_revoked_links_answer_the_same_kind_words(app, cast, long, browser_of, monkeypatch):
    even(long, 12)
    tess = browser_of(cast.tess)
    url, other = given(tess), given(tess, lasts="30")
    visitor = app.test_client()
    assert post(visitor, url).status_code == 303
    link = db.session.scalar(select(SponsorLink).order_by(SponsorLink.id))
    assert post(tess, f"{DESK}/{link.id}/revoke").status_code == 303
    audited = db.session.execute(select(Audit.what, Audit.person_id, Audit.about).order_by(Audit.id)).all()
    assert [tuple(line) for line in audited] == [
        *[("report given out", cast.tess.id, "long")] * 2,
        ("report taken back", cast.tess.id, "long"),
    ]
    monkeypatch.setattr(clock, "now", lambda: NOON + 31 * DAY)
    for gone in (url, f"{url}/read", other, url[:-1], url + "x", "/report/" + "a" * 500):
        page = visitor.get(gone)
        assert page.status_code == 404
        assert title(page) == "This link opens nothing"
    assert post(visitor, url).status_code == 404


def test_a_link_works_until_its_last_moment(app, cast, long, browser_of, monkeypatch):
    even(long, 12)
    url = given(browser_of(cast.tess), lasts="30")
    monkeypatch.setattr(clock, "now", lambda: NOON + 30 * DAY - timedelta(seconds=1))
    assert app.test_client().get(url).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: NOON + 30 * DAY)
    assert app.test_client().get(url).status_code == 404


def test_another_trainers_link_cannot_be_taken_back(cast, long, browser_of):
    even(long, 12)
    given(browser_of(cast.tess))
    link = db.session.scalar(select(SponsorLink.id))
    tom = browser_of(cast.tom)
    for slug in ("long", "harbour"):
        assert post(tom, f"/trainer/cohorts/{slug}/sponsor/{link}/revoke").status_code == 404
    db.session.expire_all()
    assert db.session.scalar(select(SponsorLink.revoked_at)) is None


@pytest.mark.parametrize("count", [0, 1, 4])
def test_no_report_goes_out_of_fewer_than_five(cast, long, browser_of, count):
    even(long, count)
    page = post(browser_of(cast.tess), DESK, label="", lasts="90")
    assert page.status_code == 422
    assert "A report goes out from five learners on" in words(page)
    assert db.session.scalar(select(func.count(SponsorReport.id))) == 0


@pytest.mark.parametrize("lasts", ["", "1", "36500"])
def test_a_link_lasts_one_of_three_spans(cast, long, browser_of, lasts):
    even(long, 12)
    assert post(browser_of(cast.tess), DESK, label="x", lasts=lasts).status_code == 422


def test_the_report_stays_as_it_was_frozen(app, cast, long, browser_of):
    even(long, 12)
    url = given(browser_of(cast.tess))
    before = words(opened(app, url))
    for enrolment in seated(long, 6, status="completed"):
        account(enrolment, cost=9000)
    assert words(opened(app, url)) == before


def figures_of(page):
    return {row[0]: row[1] for row in table(page, "What may be said of the return")}


def test_what_would_tell_of_a_few_stands_in_words(app, cast, long, browser_of):
    for place, enrolment in enumerate(seated(long, 12)):
        account(enrolment, cost=1000, benefit=(1300 if place < 2 else 500) if place < 9 else 0, reports=place < 9)
    page = opened(app, given(browser_of(cast.tess)))
    found = figures_of(page)
    assert found["Reported"] == "All but fewer than five of 12"
    assert found["Got back more than they put in"] == "Fewer than five of 12"
    assert "Share of learners above, likely between" not in found
    assert found["Median return"] == "about −50 %"
    assert found["Without the largest"] == "Not above what was put in"
    said = words(page)
    assert "nine of twelve" not in said.lower()
    assert "9 of 12" not in said


def test_what_came_back_to_fewer_than_five_is_not_told(app, cast, long, browser_of):
    for place, enrolment in enumerate(seated(long, 12)):
        account(enrolment, cost=1000, benefit=5000 if place < 4 else 0)
    page = opened(app, given(browser_of(cast.tess)))
    assert figures_of(page) == {}
    assert title(page) == "Twelve learners, of whom too few have a benefit yet to speak of a return"
    receipts = [row for row in table(page, "Levels 0 to 5") if row[1] == "Receipts noted"]
    assert receipts[0][2:] == ["Not shown", "It would tell of fewer than five people."]


def test_a_young_cohort_goes_out_without_its_return(app, cast, browser_of):
    even(running("long", cast.tess, starts_on=date(2026, 9, 1)), 12)
    page = opened(app, given(browser_of(cast.tess)))
    assert figures_of(page) == {}
    assert "Shown from month six on" in words(page)


def test_where_a_new_report_would_tell_of_a_few_the_earlier_goes_out_again(app, cast, long, browser_of):
    even(long, 12)
    tess = browser_of(cast.tess)
    first = words(opened(app, given(tess)))
    one = db.session.scalars(select(Cost.person_id).order_by(Cost.person_id)).first()
    db.session.add(Cost(person_id=one, day=date(2026, 2, 1), kind="cash", amount=123_400))
    db.session.commit()
    page = post(tess, DESK, label="again", lasts="90")
    assert "An earlier report went out again" in words(page)
    assert "in: investment." in words(page)
    assert words(opened(app, given(tess))) == first
    for who in set(db.session.scalars(select(Cost.person_id))):
        db.session.add(Cost(person_id=who, day=date(2026, 2, 2), kind="cash", amount=100))
    db.session.commit()
    assert "Report number 2" in words(opened(app, given(tess)))


def test_two_cohorts_that_share_all_but_one_learner_do_not_both_go_out(cast, long, browser_of):
    even(long, 7)
    twin = running("twin", cast.tess)
    here = db.session.scalars(select(Cost.person_id).order_by(Cost.person_id)).all()
    for who in here[1:]:
        enrol(db.session.get(Person, who), twin)
    given(browser_of(cast.tess))
    page = post(browser_of(cast.tess), "/trainer/cohorts/twin/sponsor", label="", lasts="90")
    assert page.status_code == 422
    assert "would tell of fewer than five" in words(page)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_two_reports_of_a_life_differ_by_one_to_four_people(app, cast, long, browser_of, seed):
    chance = random.Random(seed)
    even(long, 9)
    tess = browser_of(cast.tess)
    ids = sorted(set(db.session.scalars(select(Cost.person_id))))
    for _ in range(8):
        for who in chance.sample(ids, chance.randrange(1, 8)):
            db.session.add(Cost(person_id=who, day=date(2026, 3, 1), kind="cash", amount=chance.randrange(100, 900)))
        db.session.commit()
        given(tess)
    db.session.expire_all()
    frozen = [report.contributions for report in db.session.scalars(select(SponsorReport))]
    assert len(frozen) > 1
    for place, one in enumerate(frozen):
        for other in frozen[:place]:
            for kind in one:
                differ = [who for who in map(str, ids) if one[kind].get(who) != other[kind].get(who)]
                assert not 0 < len(differ) < 5


def kept(cohort):
    db.session.expire_all()
    return db.session.get(ReportText, cohort.id)


def test_the_paragraph_stands_in_the_report_and_behind_every_link(app, cast, long, browser_of):
    even(long, 12)
    tess = browser_of(cast.tess)
    url = given(tess)
    assert post(tess, f"{DESK}/paragraph", text="They kept <b>coming</b>.", version="0").status_code == 303
    for page in (opened(app, url), tess.get("/trainer/cohorts/long/roi")):
        assert "They kept &lt;b&gt;coming&lt;/b&gt;." in page.text


def test_of_two_saves_the_second_is_told_and_loses_nothing(cast, long, browser_of):
    tess = browser_of(cast.tess)
    assert post(tess, f"{DESK}/paragraph", text="First", version="0").status_code == 303
    page = post(tess, f"{DESK}/paragraph", text="Second", version="0")
    assert page.status_code == 409
    assert "First" in words(page)
    assert "Second</textarea>" in page.text
    assert kept(long).text == "First"
    assert post(tess, f"{DESK}/paragraph", text="Second", version="1").status_code == 303
    assert (kept(long).text, kept(long).version) == ("Second", 2)
    assert post(tess, f"{DESK}/paragraph", text="Third", version="1").status_code == 409


@pytest.mark.parametrize("text", ["x" * 2001, "x" * 100_000])
def test_a_paragraph_that_is_too_long_is_kept_on_the_page(cast, long, browser_of, text):
    page = post(browser_of(cast.tess), f"{DESK}/paragraph", text=text, version="0")
    assert page.status_code == 422
    assert "shorten it to keep it" in words(page)
    assert kept(long) is None


def test_the_desk_asks_the_database_five_times(cast, long, browser_of, queries):
    even(long, 12)
    tess = browser_of(cast.tess)
    for _ in range(3):
        given(tess)
    queries.clear()
    assert tess.get(DESK).status_code == 200
    assert len(queries) <= 4
