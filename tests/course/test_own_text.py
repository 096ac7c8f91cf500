from hypothesis import given
from hypothesis import strategies as st

from course.own_text import Piece, links_in, paragraphs

TEXT = "We meet at the harbour.\nBring a list.\n\nSee https://example.org/hall, then (https://example.org/map)."


def test_blank_lines_part_paragraphs_and_nothing_leads_anywhere_until_it_is_confirmed():
    assert paragraphs(TEXT, ()) == (
        (Piece("We meet at the harbour.\nBring a list."),),
        (Piece("See https://example.org/hall, then (https://example.org/map)."),),
    )


def test_only_confirmed_addresses_are_links_without_the_punctuation_of_their_sentence():
    assert links_in(TEXT) == ("https://example.org/hall", "https://example.org/map")
    found = paragraphs(TEXT, {"https://example.org/map"})[1]
    assert found == (
        Piece("See https://example.org/hall, then ("),
        Piece("https://example.org/map", "https://example.org/map"),
        Piece(")."),
    )


def test_what_could_deceive_or_act_is_no_link():
    for address in (
        "javascript:alert(1)",
        "https://bank.example@evil.example/",
        "https://exаmple.org/",  # a Cyrillic letter
        "https://localhost/",
        "http://[::1/",
        "data:text/html,x",
        "//example.org",
    ):
        assert links_in(f"Look: {address} there") == ()
        assert paragraphs(address, {address}) == ((Piece(address),),)


def test_markup_stays_what_was_typed():
    assert paragraphs("<b>*bold*</b> & [a](https://example.org/x)", ()) == (
        (Piece("<b>*bold*</b> & [a](https://example.org/x)"),),
    )


@given(st.text(max_size=200), st.booleans())
def test_no_word_is_lost_or_doubled(text, confirm):
    given_back = "".join(piece.text for block in paragraphs(text, links_in(text) if confirm else ()) for piece in block)
    assert "".join(given_back.split()) == "".join(text.split())
