from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from course.roi import account
from course.what_if import Supposed, what_if
from tests.course.ledgers import LEDGERS, SHARES, paid, worked


def numbered(ledger):
    """The ledger with its receipts numbered from 1, as the tables number them."""
    return replace(ledger, receipts=tuple(replace(one, id=n) for n, one in enumerate(ledger.receipts, 1)))


def test_without_the_september_receipt_the_methods_learner_stands_below():
    whole = account(numbered(worked()))
    september = max(whole.ledger.receipts, key=lambda receipt: receipt.amount)
    found = what_if(whole, Supposed(Decimal(0), Decimal(0), receipt_id=september.id))
    assert (found.net, found.break_even_month) == (-1890, None)


def test_a_cap_on_every_share_is_met_by_those_above_it_only():
    whole = account(worked())
    found = what_if(whole, Supposed(Decimal(".5"), Decimal(".75")))
    assert [(r.attribution, r.confidence) for r in found.ledger.receipts[-2:]] == [
        (Decimal(".4"), Decimal(".75")),
        (Decimal(".5"), Decimal(".7")),
    ]


def test_what_is_unknown_stays_unknown_under_a_cap_and_is_supposed_for_one_receipt():
    whole = account(numbered(worked(receipts=(paid("100", 3, a=None),))))
    assert what_if(whole, Supposed()).benefit_attributed == 0
    assert what_if(whole, Supposed(Decimal(".5"), receipt_id=1)).benefit_attributed == 50


@given(LEDGERS)
def test_supposing_nothing_changes_nothing(ledger):
    whole = account(ledger)
    assert what_if(whole, Supposed()) == whole


@given(LEDGERS, SHARES, SHARES)
def test_a_cap_never_raises_what_is_attributed(ledger, share, sure):
    whole = account(ledger)
    assert what_if(whole, Supposed(share, sure)).benefit_attributed <= whole.benefit_attributed


@given(LEDGERS, SHARES, SHARES)
def test_a_supposition_about_one_receipt_leaves_the_others_alone(ledger, share, sure):
    whole = account(numbered(ledger))
    found = what_if(whole, Supposed(share, sure, receipt_id=1))
    assert found.ledger.receipts[1:] == whole.ledger.receipts[1:]
    assert found.investment == whole.investment


@pytest.mark.parametrize("share", ["-0.01", "1.01"])
def test_a_share_outside_nought_to_one_is_refused(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        Supposed(Decimal(share))
    with pytest.raises(ValueError, match="between 0 and 1"):
        Supposed(confidence=Decimal(share))
