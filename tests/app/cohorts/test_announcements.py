from datetime import timedelta

import pytest
from sqlalchemy import select

from app.cohorts.announcement_queries import PER_PAGE
from app.db import db
from app.models import Addressee, Announcement, Mail, MailTerms
from tests.app.cohorts.desk import at
from tests.cast import NOON, enrol, person, save

LETTER = {"audience": "seats", "subject": "Another room", "text": "We meet in the blue room.\n\nBring a pen."}


@pytest.fixture
def tess(cast, browser_of):
    return browser_of(cast.tess)


def look(tess, **given):
    return tess.send(at("autumn", "announcements"), {**LETTER, **given})


def seen_in(answer):
    return answer.text.partition('name="seen" value="')[2].partition('"')[0]


def send(tess, **given):
    """Preview a letter and send it."""
    return look(tess, **{**given, "seen": seen_in(look(tess, **given))})


def mails():
    return list(db.session.scalars(select(Mail).where(Mail.kind == "announcement").order_by(Mail.id)))


def test_a_letter_is_seen_as_it_goes_out_and_nothing_is_sent_by_looking(tess, cast):
    answer = look(tess)
    assert answer.status_code == 200
    for words in ("Not sent yet", "We meet in the blue room.", "tess@example.org", "Two people", "Ada, Ben"):
        assert words in answer.text
    assert not mails()
    assert db.session.scalar(select(Announcement.id)) is None


def test_what_was_looked_at_goes_out_once_to_each_with_a_link_that_ends_such_letters(tess, cast):
    answer = send(tess)
    made = db.session.scalars(select(Announcement)).one()
    assert answer.location == at("autumn", f"announcements/{made.id}")
    assert [mail.recipient for mail in mails()] == ["ada@example.org", "ben@example.org"]
    for mail in mails():
        assert mail.subject == "Another room"
        assert "We meet in the blue room.\n\nBring a pen.\n\n" in mail.body
        assert "write to tess@example.org" in mail.body
        assert "/unsubscribe/" in mail.unsubscribe
    page = tess.get(answer.location).text
    assert page.count("Still to go out") == 2
    mails()[0].state, mails()[0].sent_at = "sent", NOON
    assert "Taken by their mail server" in tess.get(answer.location).text


def test_a_word_changed_after_the_look_is_looked_at_again(tess, cast):
    seen = seen_in(look(tess))
    answer = look(tess, seen=seen, text="We meet in the red room.")
    assert answer.status_code == 200
    assert "red room" in answer.text
    assert not mails()


def test_the_same_post_twice_writes_one_letter(tess, cast):
    body = {**LETTER, "seen": seen_in(look(tess)), "once": "the same key", "csrf_token": tess.csrf()}
    answers = [tess.post(at("autumn", "announcements"), data=body) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(mails()) == 2


def test_who_ended_such_letters_gets_no_mail_and_can_read_it_here(tess, cast, browser_of):
    save(MailTerms(person_id=cast.ben.id, announcements=False))
    assert "Not by mail" in look(tess).text
    answer = send(tess)
    assert [mail.recipient for mail in mails()] == ["ada@example.org"]
    assert "Wants no letters by mail" in tess.get(answer.location).text
    assert "Bring a pen." in browser_of(cast.ben).get("/announcements/").text


def test_a_letter_waits_for_the_end_of_somebodys_quiet_hours(tess, cast, at):
    # 22:30 in Amsterdam; Ada's evening is quiet, Ben's never is.
    at(NOON + timedelta(hours=9, minutes=30))
    save(MailTerms(person_id=cast.ada.id, quiet_from=21, quiet_until=7))
    save(MailTerms(person_id=cast.ben.id, quiet_from=0, quiet_until=0))
    send(tess)
    assert [mail.due_at for mail in mails()] == [NOON + timedelta(hours=18), NOON + timedelta(hours=9, minutes=30)]


@pytest.mark.parametrize(
    ("audience", "names"), [("seats", ["Ada", "Ben"]), ("line", ["Wim"]), ("all", ["Ada", "Ben", "Wim"])]
)
def test_each_part_of_the_cohort_is_written_to_and_nobody_unconfirmed_done_or_gone(tess, cast, audience, names):
    autumn = cast.autumn
    enrol(person("wim@example.org"), autumn, "waiting", line=1)
    enrol(person("uma@example.org", confirmed_at=None), autumn, "offered", offered_until=NOON)
    enrol(person("max@example.org", disabled_at=NOON), autumn)
    enrol(person("eva@example.org"), autumn, "withdrawn")
    enrol(person("lea@example.org"), autumn, "completed")
    send(tess, audience=audience)
    assert [mail.recipient.split("@")[0].capitalize() for mail in mails()] == names


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"subject": ""}, "seldom opened"),
        ({"subject": "x" * 121}, "Keep it to 120"),
        ({"subject": "Another room\r\nBcc: all@example.org"}, "one line"),
        ({"text": " \n "}, "what they should know"),
        ({"text": "x" * 4001}, "Keep it to 4000"),
        ({"audience": "everyone"}, "Choose one of the three"),
        ({"audience": "line"}, "Nobody is there to read it"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(tess, cast, given, words):
    answer = look(tess, **given)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Bring a pen." in answer.text or "text" in given
    assert not mails()


def test_markup_in_a_letter_is_text(tess, cast, browser_of):
    send(tess, text="<script>alert(1)</script>")
    page = browser_of(cast.ada).get("/announcements/").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_letter_of_another_cohort_is_not_there(tess, cast, browser_of):
    send(tess)
    made = db.session.scalars(select(Announcement)).one()
    tom = browser_of(cast.tom)
    assert tom.get(at("autumn", f"announcements/{made.id}")).status_code == 404
    assert tom.get(at("harbour", f"announcements/{made.id}")).status_code == 404
    assert tom.send(at("autumn", "announcements"), LETTER).status_code == 404
    assert "Bring a pen" not in browser_of(cast.cleo).get("/announcements/").text


def test_letters_are_paged_and_cost_no_more_however_many(tess, cast, browser_of, queries):
    for number in range(PER_PAGE + 2):
        letter = save(Announcement(cohort_id=cast.autumn.id, audience="all", subject=f"Letter {number}", text="Words"))
        save(Addressee(announcement_id=letter.id, person_id=cast.ada.id, by_mail=True))
    ada = browser_of(cast.ada)
    for browser, address in ((tess, at("autumn", "announcements")), (ada, "/announcements/")):
        queries.clear()
        page = browser.get(address).text
        assert len(queries) <= 4
        assert "Letter 21" in page
        assert "Letter 1<" not in page
        assert "Older" in page
        assert "Letter 1<" in browser.get(f"{address}?page=2").text
        assert browser.get(f"{address}?page=x").status_code == 200
