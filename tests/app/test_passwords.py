"""Which passwords are refused, and why; length is what counts."""

import pytest

from app.passwords import TOO_COMMON, TOO_LONG, TOO_NEAR, TOO_PLAIN, TOO_SHORT, weakness, well_known

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
    assert len(well_known()) >= 100
    for password in well_known():
        assert len(password) >= 12
        assert weakness(password, address=ADDRESS)
