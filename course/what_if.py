"""What an account would say if its shares were other ones. A supposition: it is shown, marked, and kept nowhere."""

from dataclasses import dataclass, replace
from decimal import Decimal

from course.ledger import Receipt
from course.roi import Account, account

ONE = Decimal(1)


@dataclass(frozen=True)
class Supposed:
    """Shares 0…1 to suppose: due to the training, and how sure.

    receipt_id: the receipt that has exactly these; None: no receipt has more than these, and what is unknown stays so.
    ValueError for a share outside 0…1.
    """

    attribution: Decimal = ONE
    confidence: Decimal = ONE
    receipt_id: int | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.attribution <= 1 and 0 <= self.confidence <= 1):
            raise ValueError("a share lies between 0 and 1")


def what_if(whole: Account, supposed: Supposed) -> Account:
    """The account with the supposed shares; everything else, the margins too, stays as it is."""
    receipts = tuple(_with_shares(receipt, supposed) for receipt in whole.ledger.receipts)
    return account(replace(whole.ledger, receipts=receipts))


def _with_shares(receipt: Receipt, supposed: Supposed) -> Receipt:
    if supposed.receipt_id is None:
        return replace(
            receipt,
            attribution=_at_most(receipt.attribution, supposed.attribution),
            confidence=_at_most(receipt.confidence, supposed.confidence),
        )
    if receipt.id != supposed.receipt_id:
        return receipt
    return replace(receipt, attribution=supposed.attribution, confidence=supposed.confidence)


def _at_most(share: Decimal | None, most: Decimal) -> Decimal | None:
    return None if share is None else min(share, most)
