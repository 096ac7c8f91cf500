"""What the log's form offers and how it reads what it is sent; no database."""

from datetime import date, timedelta

import pytest
from wtforms.validators import ValidationError

from app.practice.fields import alias_text, only_an_alias
from app.practice.forms import coming_days
from course.practice import Rubric


@pytest.mark.parametrize("day", [date(2026, 11, 23) + timedelta(days=n) for n in range(7)])
def test_three_different_days_are_offered_the_soonest_first(day):
    days = [date.fromisoformat(iso) for iso in coming_days(day)]
    assert days == sorted(set(days))
    assert days[0] == day + timedelta(days=1)
    assert sorted(later.weekday() for later in days[1:]) == [0, 4]
    assert days[-1] <= day + timedelta(days=9)


def test_days_are_named_as_one_says_them():
    assert list(coming_days(date(2026, 11, 24)).values()) == ["Tomorrow", "Fri\xa027", "Mon\xa030"]


@pytest.mark.parametrize(
    "alias", ["K-07", "M-3", "P. from the fair", "Zaal 4", "Éva", "2019-11", "李", "Order 20261", "🦊"]
)
def test_an_alias_may_be_anything_only_they_understand(alias):
    class Typed:
        data = alias_text(alias)

    only_an_alias(None, Typed)
    assert Typed.data == alias


@pytest.mark.parametrize(
    "typed", ["jan@brouwer.example", "+31 6 12345678", "(020) 555-12.34", "https://x.example", "www.brouwer.example"]
)
def test_an_address_or_a_number_is_no_alias(typed):
    class Typed:
        data = alias_text(typed)

    with pytest.raises(ValidationError, match="An alias, not"):
        only_an_alias(None, Typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  K \n 07 ", "K 07"), ("K\u200b-07", "K-07"), ("\u200b", ""), ("\u200d", ""), ("e\u0301", "é"), (None, None)],
)
def test_two_aliases_that_look_alike_are_alike(typed, kept):
    assert alias_text(typed) == kept


def test_why_an_exchange_is_contacting_names_the_first_thing_that_lacks():
    from app.practice.wording import why_contacting

    assert why_contacting(Rubric(2, 2, 1, 1, 1)) == ""
    assert why_contacting(Rubric(2, 0, 0, 2, 2)) == "no answer yet"
    assert why_contacting(Rubric(2, 2, 0, 2, 2)) == "nothing of it was about them"
    assert why_contacting(Rubric(1, 1, 1, 1, 1)) == "six of ten make connecting"
