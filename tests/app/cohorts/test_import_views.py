import io

import pytest
from sqlalchemy import func, select

from app.db import db
from app.models import Change, Consent, Enrolment, Person
from tests.app.cohorts.desk import at
from tests.app.cohorts.signing import enrolment_of, link_in, mails, taken
from tests.cast import NOON, enrol, open_cohort, person, save

HERE = at("winter", "import")
SOUND = "name,email,goal\nAda,ada@example.org,Two talks\nBen,ben@example.org,\n"


def rows():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Enrolment))


def checked(page):
    return page.text.split('name="checked" value="')[1].split('"')[0]


def bring(desk, text, **given):
    """Look a text through, then bring it."""
    seal = checked(desk.send(HERE, {"text": text}))
    return desk.send(HERE, {"text": text, "checked": seal, **given})


def test_a_roster_is_looked_through_first_and_taken_only_then(desk, winter):
    looked = desk.send(HERE, {"text": SOUND})
    assert looked.status_code == 200
    assert "Two people can be put down" in looked.text
    assert "UTF-8, cells parted by commas, 2 rows" in looked.text
    assert rows() == 0
    done = bring(desk, SOUND)
    assert (done.status_code, done.location) == (303, at("winter"))
    assert enrolment_of("ada@example.org", winter).goal == "Two talks"
    assert (rows(), taken(winter)) == (2, 2)
    assert db.session.scalars(select(Change.what)).all() == ["imported"] * 2
    assert {mail.subject for mail in mails()} == {"A seat in Winter is kept for you"}


def test_what_changed_since_it_was_looked_through_is_looked_through_again(desk, winter):
    seal = checked(desk.send(HERE, {"text": SOUND}))
    answer = desk.send(HERE, {"text": SOUND + "Cleo,cleo@example.org,\n", "checked": seal})
    assert answer.status_code == 200
    assert "Three people can be put down" in answer.text
    assert rows() == 0


def test_one_fault_lets_nobody_in_and_the_text_can_be_mended_where_it_stands(desk, winter):
    answer = desk.send(HERE, {"text": SOUND.replace("ben@example.org", "ben")})
    assert answer.status_code == 422
    assert "One thing to put right" in answer.text
    assert '<td class="num">3</td><td class="typed">email</td>' in answer.text
    assert "has no @" in answer.text
    assert "Ada,ada@example.org,Two talks" in answer.text
    assert rows() == 0
    assert bring(desk, SOUND).status_code == 303
    assert rows() == 2


FILES = [
    ("utf-16", "José;jose@example.org", "UTF-16, cells parted by semicolons"),
    ("cp1252", "José;jose@example.org", "Windows-1252, cells parted by semicolons"),
    ("utf-8-sig", "José\tjose@example.org", "UTF-8, cells parted by tabs"),
]


@pytest.mark.parametrize(("encoding", "row", "words"), FILES)
def test_a_file_says_how_it_was_understood_and_its_text_is_what_is_taken(desk, winter, encoding, row, words):
    head = "name;email\n" if ";" in row else "name\temail\n"
    file = (io.BytesIO(f"{head}{row}\n".encode(encoding)), "people.csv")
    looked = desk.send(HERE, {"file": file}, content_type="multipart/form-data")
    assert words in looked.text
    text = f"{head}{row}\n"
    assert row in looked.text
    assert desk.send(HERE, {"text": text, "checked": checked(looked)}).status_code == 303
    assert db.session.scalar(select(Person.name).where(Person.email == "jose@example.org")) == "José"


HOSTILE = [
    ("name,email,role\nAda,ada@example.org,trainer\n", "No file gives anybody a role"),
    ("name,email\nAda,\u0430da@example.org\n", "cyrillic small letter a"),
    ("name,email\nAda,ad\u200ba@example.org\n", "zero width space"),
    ("name,email\nAda,ada@example.org\nname,email\n", "The header stands here once more"),
    ('name,email\n"Ada,ada@example.org\n', "not closed"),
    ("name,email\n" + "x" * 200_000 + ",ada@example.org\n", "200000 characters"),
    ("name,email\n<script>alert(1)</script>,nobody\n", "has no @"),
]


@pytest.mark.parametrize(("text", "words"), HOSTILE)
def test_a_nasty_file_lets_nobody_in_and_acts_on_nothing(desk, winter, text, words):
    answer = desk.send(HERE, {"text": text})
    assert answer.status_code == 422
    assert words in answer.text
    assert "<script>alert" not in answer.text
    assert rows() == 0


def test_a_file_with_a_nul_is_told_of(desk, winter):
    file = (io.BytesIO(b"name,email\nA\0da,ada@example.org\n"), "people.csv")
    assert "NUL" in desk.send(HERE, {"file": file}, content_type="multipart/form-data").text


def test_a_million_rows_are_refused(desk, winter):
    four_megabytes = {"CONTENT_LENGTH": str(4_000_000)}
    assert desk.send(HERE, {"text": SOUND}, environ_overrides=four_megabytes).status_code == 413
    answer = desk.send(HERE, {"text": "name,email\n" + "a,b\n" * 100_000})
    assert "more than 2000 rows" in answer.text
    assert rows() == 0


def test_who_is_there_already_is_recognised_and_the_rest_waits_once_the_seats_are_gone(desk, tess):
    full = open_cohort("winter", trainers=(tess,), capacity=2)
    enrol(person("here@example.org"), full)
    off = person("off@example.org")
    off.disabled_at = NOON
    save(off)
    text = "name,email\nHere,HERE@example.org\nOff,off@example.org\nAda,ada@example.org\nBen,ben@example.org\n"
    looked = desk.send(HERE, {"text": text})
    assert "here@example.org: nothing changes for them." in looked.text
    assert "off@example.org: left out." in looked.text
    assert bring(desk, text).status_code == 303
    assert enrolment_of("ada@example.org", full).status == "offered"
    assert enrolment_of("ben@example.org", full).status == "waiting"
    assert taken(full) == 2
    assert bring(desk, text).status_code == 303
    assert rows() == 3


def test_whoever_was_put_down_is_asked_what_others_are_asked_and_can_decline(desk, winter, client):
    bring(desk, SOUND)
    link = link_in(mails("ada@example.org")[0])
    page = client.get(link).text
    assert "You may process my name and address to run this cohort." in page
    refused = client.send(link, {"password": "tiny gravel kettles"})
    assert refused.status_code == 422
    assert client.send(link, {"password": "tiny gravel kettles", "processing": "y"}).status_code == 303
    assert enrolment_of("ada@example.org", winter).status == "confirmed"
    assert db.session.execute(select(Consent.kind, Consent.given, Consent.method)).all() == [
        ("process", True, "welcome page")
    ]
    other = link_in(mails("ben@example.org")[0])
    assert client.send(f"{other}/decline").status_code == 303
    assert taken(winter) == 1
    assert db.session.scalar(select(Person.id).where(Person.email == "ben@example.org")) is None


def test_a_cohort_that_takes_nobody_takes_no_roster(desk, tess, at):
    open_cohort("winter", trainers=(tess,), archived_at=NOON)
    answer = bring(desk, SOUND)
    assert answer.status_code == 409
    assert "The cohort takes nobody now" in answer.text
    assert rows() == 0
