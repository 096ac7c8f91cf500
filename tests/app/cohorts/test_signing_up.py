from hashlib import sha256

import pytest
from sqlalchemy import func, select

from app.db import db
from app.models import Attempt, Cohort, Consent, Enrolment, Person, Token
from tests.app.cohorts.signing import enrolment_of, mails, sound, taken, use_link
from tests.cast import NOON, enrol, open_cohort, person


@pytest.fixture
def winter(app):
    return open_cohort("winter", name="Winter, evenings")


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_new_address_gets_a_seat_held_for_a_day_and_one_mail(client, winter):
    answer = client.send("/cohorts/winter", sound())
    assert (answer.status_code, answer.location) == (303, "/cohorts/winter/thanks")
    enrolment = enrolment_of("nadia@example.org", winter)
    assert (enrolment.status, enrolment.line) == ("offered", None)
    assert (enrolment.offered_until - NOON).total_seconds() == 24 * 3600
    assert enrolment.goal == "Two old clients talk to me"
    assert taken(winter) == 1
    assert [mail.recipient for mail in mails()] == ["nadia@example.org"]


def test_a_new_person_has_the_cohorts_zone_and_currency_and_no_password(client, app):
    there = open_cohort("lima", time_zone="America/Lima", currency="PEN")
    client.send("/cohorts/lima", sound())
    made = enrolment_of("nadia@example.org", there).person
    assert (made.time_zone, made.currency, made.password_hash, made.confirmed_at) == ("America/Lima", "PEN", None, None)


def test_who_comes_after_the_last_seat_waits_at_the_end_of_the_line(client, app):
    full = open_cohort("full", capacity=1, taken=1)
    enrol(person("first@example.org"), full, "waiting", line=7)
    client.send("/cohorts/full", sound())
    enrolment = enrolment_of("nadia@example.org", full)
    assert (enrolment.status, enrolment.line, enrolment.offered_until) == ("waiting", 8, None)
    assert taken(full) == 1


def test_both_answers_to_both_questions_are_kept_with_the_words_that_were_shown(client, winter):
    client.send("/cohorts/winter", sound(news="y"))
    use_link(client, mails()[0])
    shown = {
        "process": "You may process my name and address to run this cohort. What happens to them",
        "news": "Tell me about later cohorts, at most twice a year. Not needed for a seat.",
    }
    kept = {row.kind: row for row in db.session.scalars(select(Consent))}
    assert kept.keys() == shown.keys()
    for kind, words in shown.items():
        assert (kept[kind].given, kept[kind].version, kept[kind].method) == (True, "2026-11", "signup form")
        assert kept[kind].text_hash == sha256(words.encode()).hexdigest()


def test_news_that_was_not_ticked_is_kept_as_not_wanted(client, winter):
    client.send("/cohorts/winter", sound())
    use_link(client, mails()[0])
    assert dict(db.session.execute(select(Consent.kind, Consent.given)).all()) == {"process": True, "news": False}


def test_the_consents_on_the_page_are_the_ones_whose_hash_is_kept_and_none_is_ticked_before(client, winter):
    page = client.get("/cohorts/winter").text
    assert "You may process my name and address to run this cohort." in page
    assert "Tell me about later cohorts, at most twice a year." in page
    assert "checked" not in page


def test_an_address_in_capitals_is_the_same_person(client, winter):
    client.send("/cohorts/winter", sound(" Nadia@Example.ORG "))
    client.send("/cohorts/winter", sound("nadia@example.org"))
    assert count(Person) == count(Enrolment) == 1
    assert taken(winter) == 1


def test_the_same_form_sent_twice_takes_one_seat_and_sends_one_mail(client, winter):
    once = sound(once="the same key")
    first, second = client.send("/cohorts/winter", once), client.send("/cohorts/winter", once)
    assert first.location == second.location == "/cohorts/winter/thanks"
    assert (count(Person), taken(winter), len(mails())) == (1, 1, 1)


def test_signing_up_again_changes_nothing_and_brings_a_fresh_link(client, winter, at):
    client.send("/cohorts/winter", sound())
    until = enrolment_of("nadia@example.org", winter).offered_until
    client.send("/cohorts/winter", sound(name="Somebody else", goal="Other"))
    enrolment = enrolment_of("nadia@example.org", winter)
    assert (enrolment.offered_until, enrolment.goal, enrolment.person.name) == (
        until,
        "Two old clients talk to me",
        "Nadia",
    )
    assert taken(winter) == 1
    assert count(Consent) == 0
    assert [token.expires_at for token in db.session.scalars(select(Token))] == [until, until]
    assert len({mail.body for mail in mails()}) == 2


WRONG = [
    ({"name": ""}, "Your name is missing."),
    ({"name": "   "}, "Your name is missing."),
    ({"name": "N" * 81}, "Keep the name to 80 characters."),
    ({"name": "Nadia\nBcc: all@example.org"}, "Keep it to one line."),
    ({"name": "Na\u200bdia"}, "There is an invisible character in it"),
    ({"name": "\u202eaidaN"}, "There is an invisible character in it"),
    ({"email": ""}, "The e-mail address is missing."),
    ({"email": "nadia"}, "“nadia” has no @."),
    ({"email": "marit@osei"}, "“marit@osei” has no ending such as .com or .nl."),
    ({"email": "a b@example.org"}, "No mail can go to “a b@example.org”."),
    ({"email": "a@example.org\nBcc: b@example.org"}, "No mail can go to"),
    ({"email": "a@x.test"}, "No mail can go to"),
    ({"email": "nаdia@example.org"}, "cyrillic small letter a"),
    ({"email": "nadia@exаmple.org"}, "cyrillic small letter a"),
    ({"email": "na\u200bdia@example.org"}, "zero width space"),
    ({"email": "n" * 250 + "@example.org"}, "too long for any mail server"),
    ({"goal": "g" * 201}, "Keep it to one line of 200 characters."),
    ({"goal": "one\ntwo"}, "Keep it to one line."),
    ({"time": ""}, "Tick it if you can give it two hours a week: a seat asks for them."),
    ({"processing": ""}, "Without it we can’t write to you"),
]


@pytest.mark.parametrize(("wrong", "words"), WRONG)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_taken(client, winter, wrong, words):
    form = {**sound(), **wrong}
    answer = client.send("/cohorts/winter", {name: value for name, value in form.items() if value})
    assert answer.status_code == 422
    assert answer.text.count(words) == 2
    assert "Everything you typed is still here." in answer.text
    assert "Two old clients talk to me" in answer.text or "goal" in wrong
    assert (count(Person), count(Enrolment), count(Attempt), taken(winter)) == (0, 0, 0, 0)


def test_hostile_text_comes_back_as_text(client, winter):
    answer = client.send("/cohorts/winter", sound("x", name='<script>alert(1)</script>"{{7*7}}'))
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&#34;{{7*7}}" in answer.text


def test_a_name_in_any_script_is_kept_as_it_is_typed(client, winter):
    client.send("/cohorts/winter", sound(name="نازنین می‌خواهد"))
    assert enrolment_of("nadia@example.org", winter).person.name == "نازنین می‌خواهد"


def test_a_stale_token_keeps_what_was_typed_and_takes_no_seat(client, winter):
    answer = client.send("/cohorts/winter", sound(csrf_token="stale"))
    assert answer.status_code == 422
    assert "This page had been open for too long." in answer.text
    assert 'value="nadia@example.org"' in answer.text
    assert taken(winter) == 0


def test_only_the_declared_fields_are_bound(client, winter):
    client.send("/cohorts/winter", sound(is_operator="y", status="confirmed", line="1", password_hash="x"))
    enrolment = enrolment_of("nadia@example.org", winter)
    assert (enrolment.status, enrolment.person.is_operator, enrolment.person.password_hash) == ("offered", False, None)


def test_after_five_tries_with_an_address_no_more_mail_goes_to_it_for_a_while(client, winter):
    answers = [client.send("/cohorts/winter", sound()).status_code for _ in range(7)]
    assert answers == [303] * 5 + [429] * 2
    assert len(mails()) == 5
    assert db.session.scalar(select(func.count()).where(Attempt.kind == "sign up")) == 7


def test_the_form_of_somebody_who_is_signed_in_knows_them(browser_of, cast):
    open_cohort("winter")
    page = browser_of(cast.ada).get("/cohorts/winter").text
    assert 'value="ada@example.org"' in page
    assert 'value="Ada"' in page


def test_an_unknown_cohort_is_not_found_whatever_is_sent(client, app):
    assert client.get("/cohorts/nowhere").status_code == 404
    assert client.send("/cohorts/nowhere", sound()).status_code == 404
    assert client.get("/cohorts/nowhere/thanks").status_code == 404


def test_a_cohort_that_is_deleted_while_somebody_types_is_not_there_and_writes_nothing(client, winter):
    token = client.csrf()
    assert client.get("/cohorts/winter").status_code == 200
    db.session.delete(db.session.get(Cohort, winter.id))
    db.session.commit()
    answer = client.post("/cohorts/winter", data={**sound(), "csrf_token": token})
    assert answer.status_code == 404
    assert (count(Person), count(Enrolment), mails()) == (0, 0, [])


def test_a_cohort_that_is_called_off_while_somebody_types_says_so_and_takes_nobody(client, winter):
    token = client.csrf()
    assert client.get("/cohorts/winter").status_code == 200
    winter.archived_at = NOON
    db.session.commit()
    answer = client.post("/cohorts/winter", data={**sound(), "csrf_token": token})
    assert answer.status_code == 409
    assert "called off" in answer.text
    assert (count(Enrolment), mails()) == (0, [])
