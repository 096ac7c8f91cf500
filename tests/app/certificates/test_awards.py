"""A trainer's certificates: by rule, frozen, once at a time, with a line in the audit; for nobody else's learners."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.certificates import trainer_views
from app.db import db
from app.models import Audit, BadgeKey, Certificate, Entry, Mail
from course.certificate import CONVERSATIONS
from tests.app.certificates.conftest import earn
from tests.app.reports.making import seated, title, words
from tests.cast import NOON, TODAY, entry, relationship
from tests.certificates import badge_key, certificate, made_once

DAY = timedelta(days=1)
HERE = "/trainer/cohorts/autumn/certificates"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A key that is made anew at every first certificate would take a third of a second."""
    monkeypatch.setattr(trainer_views, "new_key", lambda secret: made_once(1))


def issue(browser, enrolment, where=HERE):
    return browser.send(f"{where}/{enrolment.id}/issue", {})


def held():
    db.session.rollback()
    return db.session.scalars(select(Certificate).order_by(Certificate.id)).all()


def audited():
    db.session.rollback()
    return [
        (row.person_id, row.whom_id, row.what, row.about)
        for row in db.session.scalars(select(Audit).order_by(Audit.id))
    ]


def test_what_is_earned_is_issued_with_its_figures_frozen_and_a_line_in_the_audit(ready, browser_of):
    tess = browser_of(ready.tess)
    assert "Eight of nine modules, 20 conversations, 5 connecting." in words(tess.get(HERE))
    assert issue(tess, ready.ada_enrolled).status_code == 303
    (made,) = held()
    assert (made.name, made.issuer, made.cohort, made.day) == ("Ada", "Tess", "Autumn", TODAY)
    assert (len(made.modules), made.modules_of, made.conversations, made.connecting) == (8, 9, 20, 5)
    assert (made.gate_open, made.shown_at, made.answered_at) == (False, None, None)
    assert audited() == [(ready.tess.id, ready.ada.id, "issued a certificate", f"certificate {made.id}")]
    entry(ready.ada, relationship(ready.ada, "Heron"), "22222")
    ready.ada.name, ready.autumn.name = "Adelheid", "Fall"
    db.session.commit()
    (later,) = held()
    assert (later.name, later.cohort, later.conversations) == ("Ada", "Autumn", 20)
    assert title(tess.get(HERE)) == "One of two holds a certificate"


def test_the_learner_is_told_by_mail_without_a_secret_and_nobody_of_what_was_refused(ready, browser_of):
    tess = browser_of(ready.tess)
    issue(tess, ready.ada_enrolled)
    issue(tess, ready.ada_enrolled)
    issue(tess, ready.ben_enrolled)
    (told,) = db.session.scalars(select(Mail)).all()
    (made,) = held()
    assert (told.recipient, told.person_id, told.kind) == (ready.ada.email, ready.ada.id, "notice")
    assert told.subject == "Your certificate of evidence is there"
    assert "The trainer of Autumn has issued your certificate" in told.body
    assert told.body.count("https://") + told.body.count("http://") == 1
    assert "/certificate/\n" in told.body
    assert made.token not in f"{told.key} {told.body}"


@pytest.mark.parametrize("short", [{"modules": 7}, {"talks": CONVERSATIONS - 1}])
def test_one_thing_short_is_not_issued_and_the_page_says_which(cast, browser_of, short):
    earn(cast.ada_enrolled, **short)
    tess = browser_of(cast.tess)
    missing = "Seven of nine modules are" if "modules" in short else "19 conversations logged"
    page = tess.get(HERE)
    assert missing in words(page)
    assert "/issue" not in page.text
    refused = issue(tess, cast.ada_enrolled)
    assert refused.status_code == 409
    assert f"Ada has not earned it yet. {missing}" in words(refused)
    assert held() == []


def test_a_day_in_a_seat_earns_nothing(cast, browser_of):
    refused = issue(browser_of(cast.tess), cast.ben_enrolled)
    assert refused.status_code == 409
    assert held() == []


def test_conversations_count_from_the_cohorts_first_day_to_today_and_corrected_ones_once(cast, browser_of):
    earn(cast.ada_enrolled, talks=0)
    about, first = relationship(cast.ada, "Heron"), cast.autumn.starts_on
    for day in (first - DAY, first, TODAY, TODAY + DAY):
        entry(cast.ada, about, "22222", day=day)
    wrong = entry(cast.ada, about, "22222")
    entry(cast.ada, about, "11011", replaces_id=wrong.id)
    entry(cast.ada, None, replaces_id=entry(cast.ada, about, "22222").id, void=True)
    assert "Eight of nine modules, 3 conversations, 2 connecting." in words(browser_of(cast.tess).get(HERE))


def test_the_latest_answer_to_a_question_is_the_one_that_counts(ready, browser_of):
    from app.content import library
    from app.models import Answer

    module = library().modules[0]
    of = {"enrolment_id": ready.ada_enrolled.id, "text": "…", "confidence": "unsure", "content_hash": "h"}
    for lesson in module.lessons:
        db.session.add_all(
            Answer(**of, lesson_id=lesson.id, recall_id=recall.id, correct=False) for recall in lesson.recalls
        )
    db.session.commit()
    assert "Seven of nine modules are" in words(browser_of(ready.tess).get(HERE))


def test_a_second_one_is_refused_until_the_first_is_taken_back_and_then_has_another_address(ready, browser_of):
    tess = browser_of(ready.tess)
    issue(tess, ready.ada_enrolled)
    again = issue(tess, ready.ada_enrolled)
    assert again.status_code == 409
    assert "Ada has a valid one already." in words(again)
    (first,) = held()
    sent = tess.send(f"{HERE}/{first.id}/revoke", {"why": "The wrong name"})
    assert sent.status_code == 303
    page = tess.get(HERE)
    assert "One was taken back on 24 November 2026: The wrong name" in words(page)
    assert "Issue again" in page.text
    assert issue(tess, ready.ada_enrolled).status_code == 303
    old, new = held()
    assert old.revoked_at == NOON
    assert new.revoked_at is None
    assert old.token != new.token
    assert db.session.scalars(select(Audit.why)).all() == ["", "The wrong name", ""]
    assert [what for _, _, what, _ in audited()] == [
        "issued a certificate",
        "took a certificate back",
        "issued a certificate",
    ]


def test_a_reason_is_asked_for_and_what_was_typed_stays(ready, browser_of):
    row = certificate(ready.ada_enrolled)
    tess = browser_of(ready.tess)
    refused = tess.send(f"{HERE}/{row.id}/revoke", {"why": " "})
    assert refused.status_code == 422
    assert "Say why: the learner reads it." in words(refused)
    long = tess.send(f"{HERE}/{row.id}/revoke", {"why": "x" * 281})
    assert long.status_code == 422
    assert "x" * 281 in long.text
    assert held()[0].revoked_at is None
    tess.send(f"{HERE}/{row.id}/revoke", {"why": "First"})
    tess.send(f"{HERE}/{row.id}/revoke", {"why": "Second"})
    assert held()[0].revoked_why == "First"


def test_a_trainer_of_another_cohort_finds_nothing_at_the_exact_address(ready, browser_of):
    row = certificate(ready.ada_enrolled)
    tom = browser_of(ready.tom)
    mine = "/trainer/cohorts/harbour/certificates"
    assert tom.get(HERE).status_code == 404
    for where in (HERE, mine):
        assert issue(tom, ready.ben_enrolled, where).status_code == 404
        assert tom.send(f"{where}/{row.id}/revoke", {"why": "Mine"}).status_code == 404
    assert held()[0].revoked_at is None
    assert "Ada" not in words(tom.get(mine))


def test_who_left_is_listed_only_with_a_certificate_and_gets_no_new_one(ready, browser_of):
    ready.ada_enrolled.status = "withdrawn"
    db.session.commit()
    tess = browser_of(ready.tess)
    assert "Ada" not in words(tess.get(HERE))
    assert issue(tess, ready.ada_enrolled).status_code == 404
    row = certificate(ready.ada_enrolled)
    assert "Certificate of 24 November 2026" in words(tess.get(HERE))
    tess.send(f"{HERE}/{row.id}/revoke", {"why": "A mistake"})
    page = words(tess.get(HERE))
    assert "No longer here. Their certificate was taken back on 24 November 2026: A mistake" in page
    assert issue(tess, ready.ada_enrolled).status_code == 404
    assert len(held()) == 1


def test_the_first_certificate_makes_the_key_and_later_ones_leave_it(ready, browser_of):
    tess = browser_of(ready.tess)
    issue(tess, ready.ada_enrolled)
    assert len(db.session.scalars(select(BadgeKey)).all()) == 1
    earn(ready.ben_enrolled)
    issue(tess, ready.ben_enrolled)
    assert len(held()) == 2
    assert len(db.session.scalars(select(BadgeKey)).all()) == 1


def test_the_gate_is_kept_with_the_certificate_and_shown_to_no_trainer(ready, browser_of, monkeypatch):
    ada = ready.ada.id
    monkeypatch.setattr(trainer_views, "gate_is_open", lambda person_id, day: person_id == ada)
    tess = browser_of(ready.tess)
    issue(tess, ready.ada_enrolled)
    assert held()[0].gate_open
    assert "all seven tests" not in words(tess.get(HERE))


def test_the_page_asks_four_times_whatever_the_number_of_learners_and_pages_them(cast, browser_of, queries):
    enrolments = seated(cast.autumn, 60)
    for enrolment in enrolments[:3]:
        certificate(enrolment)
    tess = browser_of(cast.tess)
    tess.get(HERE)  # The course is read once by each process.
    queries.clear()
    page = tess.get(HERE)
    assert len(queries) <= 4, queries
    assert page.text.count('id="learner-') == 50
    assert title(page) == "Three of 62 hold a certificate"
    assert "Page 1 of 2" in words(page)
    assert tess.get(f"{HERE}?page=2").text.count('id="learner-') == 12
    assert tess.get(f"{HERE}?page=9").status_code == 200


def test_a_cohort_of_nobody_says_who_will_stand_there(cast, browser_of):
    from tests.cast import open_cohort

    open_cohort("winter", trainers=(cast.tess,))
    page = browser_of(cast.tess).get("/trainer/cohorts/winter/certificates")
    assert title(page) == "Nobody holds a certificate yet"
    assert "Nobody has a seat yet." in words(page)


def test_a_hostile_reason_and_name_are_text(ready, browser_of):
    row = certificate(ready.ada_enrolled, name="<b>Ada</b>", shown_at=NOON)
    tess = browser_of(ready.tess)
    tess.send(f"{HERE}/{row.id}/revoke", {"why": "<script>alert(1)</script>"})
    for page in (tess.get(HERE), browser_of(ready.ada).get("/certificate/")):
        assert "<script>alert" not in page.text
        assert "<b>Ada" not in page.text


def test_figures_come_from_the_raw_rows(ready, browser_of):
    """A second reckoning, of the rows alone."""
    rows = db.session.scalars(select(Entry).where(Entry.person_id == ready.ada.id, Entry.relationship_id.is_not(None)))
    points = [(row.personal, row.two_way, row.about_them, row.value, row.next_step) for row in rows]
    connecting = sum(two >= 1 and them >= 1 and sum(line) >= 6 for line in points for two, them in [line[1:3]])
    issue(browser_of(ready.tess), ready.ada_enrolled)
    assert (held()[0].conversations, held()[0].connecting) == (len(points), connecting)


def test_a_key_that_is_there_already_signs_on(ready, browser_of):
    kid = badge_key(2)
    issue(browser_of(ready.tess), ready.ada_enrolled)
    assert db.session.scalars(select(BadgeKey.kid)).all() == [kid]
