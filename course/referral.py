"""Who a receipt is owed to: the credit view of a chain of referrals. Method §4.10.

A receipt is booked once, on the payer; the credit only splits it for reading and is never added to anything.
"""

from decimal import Decimal, localcontext

from course.exact import EXACT

REFERRER_SHARE = Decimal(".5")  # A rule of this course, not a finding.


def credits_of(amount: Decimal, generations: int, *, share: Decimal = REFERRER_SHARE) -> tuple[Decimal, ...]:
    """The receipt split up its chain: payer, nearest referrer, …, first referrer. They add up to it exactly.

    generations: referrers in the chain, 0 for a client who came unreferred; share: what each passes on, 0…1.
    ValueError for a negative number of generations or another share.
    """
    if generations < 0 or not 0 <= share <= 1:
        raise ValueError("a chain has no fewer than no referrers, and each passes on a share from 0 to 1")
    with localcontext(EXACT):
        kept = []
        for _ in range(generations):
            kept.append(amount - amount * share)
            amount *= share
        return (*kept, amount)
