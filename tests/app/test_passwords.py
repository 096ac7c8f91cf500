"""Which passwords are refused, and why; length is what counts."""

import pytest

from app.access import hash_password
from app.passwords import (
    TOO_COMMON,
    TOO_LONG,
    TOO_NEAR,
    TOO_PADDED,
    TOO_PLAIN,
    TOO_SHORT,
    common_words,
    weakness,
    well_known,
)

ADDRESS = "ada.lovell@example.org"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", TOO_SHORT),
        ("eleven char", TOO_SHORT),
        ("x" * 60 + "y" * 69, TOO_LONG),
        (ADDRESS, TOO_NEAR),
        ("Ada.Lovell@Example.ORG1", TOO_NEAR),
        ("ada.lovell123", TOO_NEAR),
        ("connect before you count", TOO_NEAR),
        ("Connect-before-you-count!", TOO_NEAR),
        ("            ", TOO_PLAIN),
        ("aaaaaaaaaaaa", TOO_PLAIN),
        ("121212121212", TOO_PLAIN),
        ("tiger2tiger2", TOO_PLAIN),
        ("abcdefghijkl", TOO_PLAIN),
        ("qwertyuiopas", TOO_PLAIN),
        ("098765432109", TOO_PLAIN),
        ("password1234", TOO_COMMON),
        ("Password1234!", TOO_COMMON),
        ("P@ssw0rd1234", TOO_COMMON),
        ("I love you so much", TOO_COMMON),
        ("Correct horse battery staple", TOO_COMMON),
        ("Tigger90217654", TOO_PADDED),
        ("90217654 tigger", TOO_PADDED),
        ("!!2024-Jennifer-2024!!", TOO_PADDED),
        ("dr@gon77777777", TOO_PADDED),
        ("gravelkettles77", None),
        ("tigger kettles 77", None),
        ("zx9182736450", None),
        ("tiny gravel kettles", None),
        ("zwölf große Äpfel", None),
        ("пять новых слов", None),
        ("password of a gravel kettle", None),
    ],
)
def test_a_password_is_refused_for_what_is_tried_first(password: str, words: str | None) -> None:
    assert weakness(password, address=ADDRESS) == words


@pytest.mark.parametrize("length", [12, 128])
def test_the_bounds_of_the_length_are_allowed(length: int) -> None:
    assert (
        weakness("gravel kettles and twelve pumps under one roof "[:length].ljust(length, "7"), address=ADDRESS) is None
    )


def test_a_short_name_before_the_at_forbids_no_letters() -> None:
    assert weakness("tiny gravel kettles", address="a@example.org") is None


def test_every_line_of_the_list_could_be_chosen_and_is_refused() -> None:
    assert len(well_known()) >= 400
    for password in well_known():
        assert len(password) >= 12
        assert weakness(password, address=ADDRESS)


def test_no_common_word_becomes_good_by_figures_around_it() -> None:
    assert len(common_words()) > 20_000
    let_through = [word for word in common_words() if not weakness(f"{word}902176543210", address=ADDRESS)]
    assert not let_through


def test_a_password_is_kept_as_argon2id_with_the_costs_that_owasp_asks_for() -> None:
    assert hash_password("tiny gravel kettles").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hash_password("tiny gravel kettles") != hash_password("tiny gravel kettles")
