"""Somebody is found however a learner spelled them, and what is blanked is what matches: not a letter more."""

import tracemalloc
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some
from sqlalchemy import insert, select

from app.db import db
from app.models import Entry, Note
from app.privacy import prospects
from app.privacy.export import AT_ONCE
from tests.cast import NOON, TODAY, Cast, entry, save

WHY = "Letter of 20 November"


def apart(words: str) -> str:
    """The same words, each accent a sign of its own, as some keyboards and file names have them."""
    return unicodedata.normalize("NFD", words)


SPELLINGS = [
    ("Lefevre", "I met Lefèvre.", "I met [removed]."),
    ("Lefèvre", "I met LEFEVRE.", "I met [removed]."),
    ("Lefèvre", apart("Café, Lefèvre, naïve"), apart("Café, [removed], naïve")),
    (apart("Lefèvre"), "Café, Lefèvre, naïve", "Café, [removed], naïve"),
    ("Jose", apart("Asked José, and Ana."), "Asked [removed], and Ana."),
    ("Grosse", "Straße: Frau Große, groß", "Straße: Frau [removed], groß"),
    ("Große", "Fuß und GROSSE und GROẞE", "Fuß und [removed] und [removed]"),
    ("İpek", "ipek, İpek; Ipek", "[removed], [removed]; [removed]"),
    ("Lukasz", "ŁUKASZ and Łukasz", "[removed] and [removed]"),
    ("O'Brien", "O’Brien’s list", "[removed]’s list"),
    ("Marie Lefèvre", "Marie\n Lefevre; Marie\u00a0Lefèvre", "[removed]; [removed]"),
    ("Lefèvre", "Le\u00adfèvre\u200b came", "[removed]\u200b came"),
    ("sss", "ßßß!", "[removed][removed]!"),
    ("Remo", "Remo [removed] remo", "[removed] [removed] [removed]"),
]


@pytest.mark.parametrize(("text", "words", "left"), SPELLINGS)
def test_each_spelling_is_found_and_blanked_and_the_rest_stays_as_it_was(
    cast: Cast, text: str, words: str, left: str
) -> None:
    save(Note(enrolment_id=cast.ada_enrolled.id, lesson_id="l", text=words))
    assert [each.words for each in prospects.find(text, why=WHY)] == [words]
    assert prospects.blank(cast.ada.id, text, why=WHY) == 1
    db.session.expire_all()
    assert db.session.scalars(select(Note.text)).all() == [left]


@pytest.mark.parametrize("words", ["Mueller", "Lef evre", "Groe", "[removed] 7"])
def test_what_is_another_name_is_not_taken_for_it(cast: Cast, words: str) -> None:
    save(Note(enrolment_id=cast.ada_enrolled.id, lesson_id="l", text=words))
    assert [prospects.find(text, why=WHY) for text in ("Müller", "Lefèvre", "Große", "remove")] == [()] * 4


@pytest.mark.parametrize("text", ["\u200b\u200b\u200b\u200b", "\u0301\u0301\u0301", "K\u0301\u0302\u200b"])
def test_signs_that_nobody_sees_are_too_little_to_search_for(cast: Cast, text: str) -> None:
    entry(cast.ada, None, note="She moved to Lyon.")
    with pytest.raises(prospects.TooShort):
        prospects.find(text, why=WHY)


def test_where_the_mark_has_no_room_a_shorter_one_stands_and_no_word_is_cut(cast: Cast) -> None:
    entry(cast.ada, None, note="Ann, " * 55 + "Bruno", step="Ask Ann")
    assert prospects.blank(cast.ada.id, "Ann", why=WHY) == 2
    db.session.expire_all()
    kept = db.session.scalars(select(Entry)).one()
    assert (kept.note, kept.step) == ("…, " * 55 + "Bruno", "Ask [removed]")


NAMES = some.text("aàAeéEßsSıİo\u0301’ﬁk", min_size=1, max_size=6)
WORDS = some.lists(NAMES | some.sampled_from(["[removed]", " ", "…", "Straße"]), max_size=12).map("".join)


@given(NAMES, WORDS)
def test_after_blanking_nothing_is_found_and_what_is_left_was_there_before(text: str, words: str) -> None:
    assume(len(" ".join(prospects.folded(text).split())) >= prospects.SHORTEST)
    sought = prospects.pattern(text)
    taken_out = prospects.stretches(sought, words)
    assert prospects.stretches(sought, prospects.marked(words, taken_out, prospects.REMOVED)) == []
    places = {place for start, end in taken_out for place in range(start, end)}
    assert prospects.marked(words, taken_out, "") == "".join(
        letter for place, letter in enumerate(words) if place not in places
    )
    assert len(prospects.marked(words, taken_out, prospects.NO_ROOM)) <= len(words)


def test_to_search_a_long_log_costs_no_memory(cast: Cast) -> None:
    log = {"person_id": cast.ada.id, "day": TODAY, "minutes": 20, "step": "", "void": False, "created_at": NOON}
    db.session.execute(insert(Entry), [log | {"note": f"{number:0280}"} for number in range(10_000)])
    db.session.commit()
    # Once before, for what is imported and compiled on the way.
    assert prospects.find("Lefèvre", why=WHY) == ()
    tracemalloc.start()
    found = prospects.find("Lefèvre", why=WHY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ()
    # Ten thousand notes are 3 MB.
    assert most < 1_500_000
    # What PostgreSQL's driver holds is not Python's to count: it is asked for some rows at a time.
    asked = [prospects.statement(table, None).get_execution_options() for table in prospects.SEARCHED]
    assert {options.get("yield_per") for options in asked} == {AT_ONCE}
