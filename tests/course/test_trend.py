from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from course.practice import Week
from course.share import Share
from course.trend import clearly_differ, headline

MONDAY = date(2026, 11, 23)


def weeks(*counts):
    """Weeks of so many connecting and contacting entries, oldest first."""
    return tuple(Week(MONDAY - timedelta(weeks=len(counts) - i), *both) for i, both in enumerate(counts, start=1))


def halves(before, after):
    """Twelve weeks whose halves hold these shares."""
    empty = [(0, 0)] * 5
    both = [(share.successes, share.n - share.successes) for share in (before, after)]
    return weeks(both[0], *empty, *empty, both[1])


def test_no_entry_is_said_plainly():
    assert headline(halves(Share(0, 0), Share(0, 0))) == "No rated entry in twelve weeks"


def test_one_entry_is_said_as_one():
    assert headline(halves(Share(0, 0), Share(0, 1))) == "One entry in twelve weeks, and it did not connect"


def test_four_entries_are_too_few_to_speak_of_a_rate():
    assert headline(halves(Share(0, 1), Share(2, 3))) == (
        "Two of four entries connected in twelve weeks: too few to speak of a rate"
    )


def test_five_entries_are_counted_and_not_compared():
    assert headline(halves(Share(0, 4), Share(1, 1))) == "One of five entries connected in twelve weeks"


def test_many_entries_in_one_half_are_not_compared_with_four_in_the_other():
    assert headline(halves(Share(0, 4), Share(20, 20))) == "20 of 24 entries connected in twelve weeks"


def test_a_clear_rise_is_told_with_both_halves():
    assert headline(halves(Share(11, 30), Share(17, 26))) == (
        "About two in three entries connected in the last six weeks; in the six before it was about one in three"
    )


def test_a_clear_fall_is_told_just_as_plainly():
    assert headline(halves(Share(16, 20), Share(5, 20))) == (
        "One in four entries connected in the last six weeks; in the six before it was four in five"
    )


def test_from_none_to_all_needs_no_fraction():
    assert headline(halves(Share(0, 9), Share(9, 9))) == (
        "All entries connected in the last six weeks; in the six before it was none"
    )
    assert headline(halves(Share(9, 9), Share(0, 9))).startswith("None of the entries connected in the last six weeks")


def test_a_difference_that_chance_explains_is_not_told():
    assert headline(halves(Share(8, 30), Share(11, 26))) == (
        "About one in three entries connected in twelve weeks, with no clear change"
    )


def test_a_clear_but_small_difference_is_told_in_counts():
    assert headline(halves(Share(1140, 3000), Share(1270, 3000))) == (
        "1\u00a0270 of 3\u00a0000 entries connected in the last six weeks; "
        "in the six before it was 1\u00a0140 of 3\u00a0000"
    )


def test_the_week_that_has_only_begun_changes_no_finding_by_being_empty():
    full = weeks((3, 3), (3, 3), (3, 3), (3, 3))
    begun = weeks((3, 3), (3, 3), (3, 3), (0, 0))
    assert headline(full) == headline(begun) == "One in two entries connected in four weeks, with no clear change"


def test_two_shares_differ_clearly_only_when_the_interval_of_their_difference_leaves_out_zero():
    # Newcombe's published example: 56 of 70 against 48 of 80, difference .2000, interval .0524 to .3339.
    assert clearly_differ(Share(48, 80), Share(56, 70))
    assert not clearly_differ(Share(9, 10), Share(6, 10))


def test_nothing_differs_from_a_share_of_nothing():
    assert not clearly_differ(Share(0, 0), Share(9, 9))


counts = st.integers(0, 40).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


@given(counts, counts)
def test_a_difference_is_the_same_seen_from_either_side(one, other):
    assert clearly_differ(one, other) == clearly_differ(other, one)


@given(counts, counts)
def test_every_title_is_one_sentence_without_a_full_stop(before, after):
    title = headline(halves(before, after))
    assert title[0] == title[0].upper()
    assert "." not in title
