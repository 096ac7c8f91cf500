from decimal import Decimal

import pytest

from course.exact import fixed
from course.lifetime import first_now_value, five_payment_value, own_retention

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
