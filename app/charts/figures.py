"""What a chart takes as a figure, and how it prints the difference of two."""

from collections.abc import Callable
from decimal import Decimal

from app.filters import MINUS

Number = int | float | Decimal

Money = Callable[[Number], str]
"""Prints an amount of nought or more, in whatever unit the caller counts: minor units, euros, hours."""


def signed(value: Number, money: Money) -> str:
    """An amount with + or − before it; neither before what is printed as nought."""
    text = money(-value if value < 0 else value)
    if text == money(0):
        return text
    return (MINUS if value < 0 else "+") + text


def less(value: Number, other: Number) -> Number:
    """The difference, exact unless one of the two is a float already."""
    if isinstance(value, float) or isinstance(other, float):
        return float(value) - float(other)
    return value - other
