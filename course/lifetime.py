"""What a client may be worth over the years: shown beside the return, never part of it. Method §4.9."""

from decimal import Decimal

DISCOUNT_RATE = Decimal(".10")
PAYMENTS_COUNTED = 5  # Later years are too far off to be shown as money.
PRIOR_RENEWALS = 5  # How many observations the default retention weighs.


def five_payment_value(
    yearly_margin: Decimal, retention: Decimal, *, discount_rate: Decimal = DISCOUNT_RATE
) -> Decimal:
    """The value shown: M(1 − q⁵)/(1 − q) with q = ρ/(1 + d), five yearly payments, the first one now."""
    kept = retention / (1 + discount_rate)
    value = Decimal(0)
    for _ in range(PAYMENTS_COUNTED):
        value = yearly_margin + value * kept
    return value


def first_now_value(yearly_margin: Decimal, retention: Decimal, *, discount_rate: Decimal = DISCOUNT_RATE) -> Decimal:
    """The value without an end: M(1 + d)/(1 + d − ρ), the first payment now. ValueError if it has no bound."""
    if retention >= 1 + discount_rate:
        raise ValueError("with nobody leaving and nothing discounted a lifetime has no bound")
    return yearly_margin * (1 + discount_rate) / (1 + discount_rate - retention)


def own_retention(*, renewed: int, n: int, default: Decimal) -> Decimal:
    """The learner's own yearly retention, leaning on the default while n is small: (renewed + 5ρ₀)/(n + 5), 0…1."""
    if not 0 <= renewed <= n:
        raise ValueError(f"{renewed} of {n} can't have renewed")
    return (renewed + PRIOR_RENEWALS * default) / (n + PRIOR_RENEWALS)
