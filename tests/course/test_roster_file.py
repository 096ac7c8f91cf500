import codecs

import pytest

from course.csv_text import read_table
from course.roster_file import roster_in

HEAD = "name,email,goal\n"


def faults(text):
    found = roster_in(read_table(text if isinstance(text, bytes) else text.encode()))
    return [(fault.row, fault.column) for fault in found.faults], [fault.message for fault in found.faults]


def test_a_sound_file_names_its_people_in_their_order():
    found = roster_in(read_table(b"E-mail;Full name\nADA+course@Example.org; Ada \nben@example.org;Ben\n"))
    assert not found.faults
    assert [(one.row, one.name, one.email, one.goal) for one in found.entrants] == [
        (2, "Ada", "ada+course@example.org", ""),
        (3, "Ben", "ben@example.org", ""),
    ]


NASTY = [
    (codecs.BOM_UTF16_LE + "name,email\nAda,\n".encode("utf-16-le"), (2, 2), "missing"),
    ("name,email\nJosé,jose\n".encode("cp1252"), (2, 2), "has no @"),
    ("name,email\nA\0da,ada@example.org\n", (2, 1), "NUL"),
    ('name,email\n"Ada,ada@example.org\nBen,ben@example.org\n', (2, 1), "not closed"),
    ("name,email\n" + "x" * 200_000 + ",ada@example.org\n", (2, 1), "200000 characters"),
    ("name,email,Email\nAda,a@example.org,b@example.org\n", (1, 3), "twice"),
    ("name,email\nAda\nBen,ben@example.org,x,y\n", (3, 0), "four cells"),
    ("name;email\nAda;ada@example.org;\n", (2, 0), "three cells"),
    ("name,email\nAda,ad\u200ba@example.org\n", (2, 2), "zero width space"),
    ("name,email\nAda,\u0430da@example.org\n", (2, 2), "cyrillic small letter a"),
    ("name,email\nAda,ada@example.org\nName,Email\n", (3, 0), "once more"),
    ("name,email\n" + "a,b\n" * 1_000_000, (0, 0), "more than 2000 rows"),
    ("name,email,role\nAda,ada@example.org,trainer\n", (1, 3), "No file gives anybody a role"),
    ("name,email\nAda\u202e,ada@example.org\n", (2, 1), "invisible"),
    ("name,email\nAda,ada@example.org\nAda,ADA@example.org\n", (3, 2), "row 2 already"),
    ("name,email,phone\nAda,ada@example.org,1\n", (1, 3), "Take the column “phone” out"),
    ("name,mail,e-mail\nAda,ada@example.org,\n", (1, 3), "second column"),
    ("name\nAda\n", (1, 0), "no column called “e-mail”"),
    ("a,b\n1,2\n", (1, 0), "no column called “name”"),
    (HEAD + "N" * 81 + ",ada@example.org,\n", (2, 1), "more than 80"),
    (HEAD + "Ada,ada@example.org," + "g" * 201 + "\n", (2, 3), "more than 200"),
    (HEAD + 'Ada,ada@example.org,"one\ntwo"\n', (2, 3), "one line"),
    (HEAD + "Ada," + "a" * 250 + "@example.org,\n", (2, 2), "too long"),
    (HEAD + ",ada@example.org,\n", (2, 1), "name is missing"),
    (b"", (0, 0), "nothing in it"),
]


@pytest.mark.parametrize(("text", "place", "words"), NASTY)
def test_each_nasty_file_is_told_of_by_row_and_column(text, place, words):
    places, messages = faults(text)
    assert any(at == place and words in message for at, message in zip(places, messages, strict=True)), messages


def test_of_several_faults_each_is_told():
    places, _ = faults(HEAD + ",nobody,\nBen,ben@example.org,\n,ben@example.org,\n")
    assert places == [(2, 1), (2, 2), (4, 1), (4, 2)]
