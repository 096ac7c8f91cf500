from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.share import Share
from course.wording import counted, of, on_day, out_of, sentence, spoken

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(("count", "words"), [(0, "no days"), (1, "one day"), (12, "twelve days"), (13, "13 days")])
def test_a_count_takes_words_up_to_twelve_and_its_noun_follows(count, words):
    assert counted(count, "day") == words


def test_thousands_stand_apart_in_counts_as_in_every_figure():
    assert counted(1000, "entry", "entries") == "1\u00a0000 entries"
    assert of(Share(8648, 13000)) == out_of(Share(8648, 13000)) == "8\u00a0648 of 13\u00a0000"


def test_an_irregular_plural_is_given():
    assert counted(2, "entry", "entries") == "two entries"


@pytest.mark.parametrize(
    ("share", "words"),
    [(Share(2, 7), "two of seven"), (Share(0, 4), "none of four"), (Share(12, 12), "twelve of twelve")],
)
def test_a_small_share_is_said_in_words(share, words):
    assert of(share) == words


def test_words_and_figures_are_not_mixed_in_one_share():
    assert of(Share(6, 13)) == "6 of 13"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share(0, 9), "none"),
        (Share(9, 9), "all"),
        (Share(2, 3), "two in three"),
        (Share(17, 26), "about two in three"),
        (Share(5, 20), "one in four"),
        (Share(1, 21), "fewer than one in ten"),
        (Share(1, 20), "about one in ten"),
        (Share(19, 20), "about nine in ten"),
        (Share(20, 21), "more than nine in ten"),
    ],
)
def test_a_share_is_spoken_as_people_say_it(share, words):
    assert spoken(share) == words


def test_a_share_of_nothing_cannot_be_said():
    with pytest.raises(ValueError, match="share of nothing"):
        spoken(Share(0, 0))


@given(st.integers(1, 500).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n))))
def test_what_is_spoken_is_within_a_twentieth_of_what_was_counted(share):
    words = spoken(share).removeprefix("about ")
    if " in " in words and "than" not in words:
        numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        part, whole = (numbers.index(word) for word in words.split(" in "))
        assert abs(part / whole - share.value) <= 0.05 + 1e-12
    else:
        assert share.value in (0, 1) or min(share.value, 1 - share.value) < 0.05


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 26), "Thursday"),
        (date(2026, 11, 29), "Sunday"),
        (date(2026, 11, 30), "30 November"),
        (date(2026, 11, 20), "20 November"),
        (date(2027, 1, 4), "4 January 2027"),
    ],
)
def test_a_day_is_said_as_one_says_it_today(day, words):
    assert on_day(day, MONDAY) == words


def test_a_sentence_raises_its_first_letter_and_leaves_the_rest():
    assert sentence("she met K-07") == "She met K-07"
    assert sentence("") == ""
