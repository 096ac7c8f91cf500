import pytest

from course.search import EXCERPT, FORMS, LONGEST_WORD, MOST_WORDS, Piece, excerpt, marked, meant, sought, words_of

VOCABULARY = {"referral": 9, "referrals": 3, "refer": 1, "promise": 5, "polite": 1, "silence": 4, "us": 2, "use": 7}


def found(*words):
    return frozenset(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't ask; they'll ASK you.", ["dont", "ask", "theyll", "ask", "you"]),
        ("the client’s Café, ½ of 10 000", ["the", "clients", "cafe", "1", "2", "of", "10", "000"]),
        ("two-way (6.25) snake_case", ["two", "way", "6", "25", "snake", "case"]),
        ('"* NEAR( AND OR :* \\ \0 😀 …', ["near", "and", "or"]),
        ("", []),
    ],
)
def test_words_are_small_and_bare(text, words):
    assert words_of(text) == words


def test_small_words_are_left_out_where_others_are_asked_for():
    assert sought("what is the silence of a promise?", VOCABULARY) == (("silence",), ("promise",))


def test_a_question_of_small_words_alone_is_asked_as_it_is():
    assert sought("who is it for", VOCABULARY) == (("who",), ("it",), ("for",))


def test_what_one_engine_takes_for_an_ending_is_no_word():
    assert words_of("Not for us, as it is") == ["not", "for", "it"]
    assert sought("us", VOCABULARY) == ()


def test_the_last_word_may_be_the_beginning_of_one_the_commonest_first():
    assert sought("polite ref", VOCABULARY) == (("polite",), ("ref", "referral", "referrals", "refer"))
    assert sought("ref polite", VOCABULARY)[0] == ("ref",)


def test_two_letters_begin_nothing():
    assert sought("re", VOCABULARY) == (("re",),)


def test_a_beginning_stands_for_a_bounded_number_of_words():
    many = {f"over{number}": 1 for number in range(500)}
    assert len(sought("over", many)[0]) == FORMS


def test_however_much_is_typed_little_is_looked_for():
    assert len(sought("a1 b2 c3 d4 e5 f6 g7 h8 i9 j10 k11 l12 m13 n14", VOCABULARY)) == MOST_WORDS
    assert sought("x" * 10_000, VOCABULARY) == (("x" * LONGEST_WORD,),)
    assert sought("\ufdfa" * 10_000, VOCABULARY)
    assert sought(" ,;.\0\"'*", VOCABULARY) == ()


def test_a_word_is_looked_for_once():
    assert sought("silence, silence and silence", VOCABULARY) == (("silence",),)


def test_a_slip_of_the_pen_is_put_right_by_the_nearest_known_word():
    assert meant("the silense", {**VOCABULARY, "the": 1}) == "the silence"
    assert meant("silence", VOCABULARY) == ""
    assert meant("zebra", VOCABULARY) == ""
    assert meant("", VOCABULARY) == ""


def test_each_word_that_was_found_is_marked_as_it_stands():
    assert marked("Don’t refer Referrals.", found("referrals", "dont")) == (
        Piece("Don’t", marked=True),
        Piece(" refer "),
        Piece("Referrals", marked=True),
        Piece("."),
    )


def test_a_short_passage_is_shown_whole():
    assert excerpt("A short one.", found("absent")) == (Piece("A short one."),)


def test_a_long_passage_is_cut_to_where_most_of_it_was_found():
    far = "Nothing here. " * 40 + "Then comes silence after a promise, kept. " + "Nothing there. " * 40
    pieces = excerpt(far, found("silence", "promise"))
    assert pieces[0] == Piece("… ")
    assert pieces[1].text.startswith("Nothing here. ")
    assert [piece.text for piece in pieces if piece.marked] == ["silence", "promise"]
    assert pieces[-1] == Piece(" …")
    assert len("".join(piece.text for piece in pieces)) < EXCERPT + 10


def test_a_text_of_one_endless_word_is_cut_too():
    pieces = excerpt("x" * 5000 + " silence " + "y" * 5000, found("silence"))
    assert any(piece.marked for piece in pieces)
    assert sum(len(piece.text) for piece in pieces) < 2 * EXCERPT
