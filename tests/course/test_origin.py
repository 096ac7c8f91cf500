"""Where the last ten paid invoices came from, said in one sentence."""

import pytest

from course.origin import ORIGINS, THROUGH_PEOPLE, origins_found

WHOSE = "came from people you knew or who were brought to you."


@pytest.mark.parametrize(
    ("origins", "words"),
    [
        (["knew"] * 5 + ["introduced", "returned"] + ["outreach"] * 3, f"Seven of your last ten paid invoices {WHOSE}"),
        (["advert"] * 4, f"None of your last four paid invoices {WHOSE}"),
        (["returned"] * 3, f"All of your last three paid invoices {WHOSE}"),
        (["knew"], f"Your one paid invoice {WHOSE}"),
        (["found_me"], "Your one paid invoice came from somebody new to you."),
        (
            ["knew", None, "advert", None],
            f"Of two of your last four paid invoices you said where it came from: one {WHOSE}",
        ),
        ([None, "knew"], f"Of one of your last two paid invoices you said where it came from: one {WHOSE}"),
        (["advert", None], f"Of one of your last two paid invoices you said where it came from: none {WHOSE}"),
        (["outreach"] * 10 + ["knew"] * 5, f"None of your last ten paid invoices {WHOSE}"),
        ([], ""),
        ([None] * 10 + ["knew"], ""),
    ],
)
def test_the_finding_is_over_the_last_ten_and_says_what_is_missing(origins, words):
    assert origins_found(origins) == words


def test_what_comes_through_people_is_one_of_the_origins():
    assert set(ORIGINS) > THROUGH_PEOPLE
