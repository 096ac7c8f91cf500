"""Exact arithmetic for money: nothing is rounded before it is shown.

Sums and products are decimals wide enough to hold every digit; what must be divided (means, lines, scaled months) is
a fraction until the end. So a break-even that falls on exactly nought is found, and no order of rows changes a figure.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction

# Holds the product of an amount and three shares at the widest a file may give (66 digits), summed over any ledger.
EXACT = Context(prec=100, rounding=ROUND_HALF_EVEN)


def decimal_of(fraction: Fraction) -> Decimal:
    """The fraction as a decimal of 100 digits: exact wherever a decimal can be."""
    return EXACT.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))


def fixed(value: Decimal | float | None, places: int) -> str | None:
    """Plain digits with so many decimals, rounded half to even, never "-0.00"; None stays None."""
    if value is None:
        return None
    with localcontext(EXACT):
        rounded = Decimal(value).quantize(Decimal(1).scaleb(-places))
    return f"{abs(rounded) if rounded == 0 else rounded:f}"


def plain(value: Decimal, places: int = 0) -> str:
    """Every digit of a finite decimal and no exponent; padded with noughts to at least so many decimals."""
    digits = f"{value:f}"
    whole, _, decimals = digits.partition(".")
    return f"{whole}.{decimals.ljust(places, '0')}" if places or decimals else whole
