from datetime import date
from decimal import Decimal

import pytest

from course.exact import fixed
from course.ledger import Receipt
from course.lifetime import client_life, first_now_value, five_payment_value, own_retention

M = Decimal(12_000) * Decimal(".60")
KEPT = Decimal(".84")


def test_the_value_shown_stops_after_five_payments():
    assert fixed(five_payment_value(M, KEPT), 2) == "22551.39"


def test_the_value_without_an_end_is_higher():
    assert fixed(first_now_value(M, KEPT), 2) == "30461.54"


def test_with_everybody_staying_and_no_discount_five_payments_are_five():
    assert five_payment_value(Decimal(100), Decimal(1), discount_rate=Decimal(0)) == 500


def test_a_client_who_never_stays_pays_once():
    assert five_payment_value(Decimal(100), Decimal(0)) == first_now_value(Decimal(100), Decimal(0)) == 100


def test_with_everybody_staying_and_no_discount_a_lifetime_has_no_bound():
    with pytest.raises(ValueError, match="no bound"):
        first_now_value(Decimal(100), Decimal(1), discount_rate=Decimal(0))


@pytest.mark.parametrize(("renewed", "n", "found"), [(0, 0, ".84"), (5, 5, ".92"), (0, 5, ".42"), (94, 95, ".982")])
def test_ones_own_retention_leans_on_the_default_while_there_is_little_of_it(renewed, n, found):
    assert own_retention(renewed=renewed, n=n, default=KEPT) == Decimal(found)


def test_more_renewals_than_clients_are_refused():
    with pytest.raises(ValueError, match="3 of 2 can't have renewed"):
        own_retention(renewed=3, n=2, default=KEPT)


def order(person, day, amount="1000", margin=".6"):
    return Receipt(day, person, Decimal(amount), Decimal(margin))


def test_a_client_is_worth_what_clients_left_in_a_year_as_long_as_they_stay():
    receipts = [
        order("K-07", date(2026, 2, 1), "12000"),
        order("K-07", date(2025, 2, 1)),
        order("Left", date(2025, 3, 1)),
    ]
    found = client_life(receipts, date(2026, 12, 31), default=Decimal(".84"))
    assert (found.clients, found.yearly_margin) == (1, 7200)
    assert (found.renewed.successes, found.renewed.n) == (1, 2)
    assert round(found.retention, 9) == round((1 + 5 * Decimal(".84")) / 7, 9)


def test_without_anything_of_ones_own_it_is_the_published_value():
    found = client_life([order("K-07", date(2026, 2, 1), "12000")], date(2026, 12, 31), default=Decimal(".84"))
    assert (round(found.five_payments, 2), round(found.first_now, 2)) == (Decimal("22551.39"), Decimal("30461.54"))


def test_a_few_months_are_not_made_a_year_of():
    found = client_life([order("K-07", date(2026, 12, 1))], date(2026, 12, 31), default=Decimal(".84"))
    assert found.yearly_margin == 600


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_with_nobody_paying_in_the_last_year_there_is_nothing_to_say(day):
    assert client_life([order("K-07", day)], date(2026, 12, 31), default=Decimal(".84")) is None
