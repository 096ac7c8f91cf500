"""Counts, shares and days as they stand in a sentence: rules that give a reason give it in words."""

from datetime import date
from fractions import Fraction

from course.share import Share

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Parts that people say without a calculator. No share is further than .05 from one of them, or from none or all.
SPOKEN = tuple(sorted({Fraction(a, b) for b in (2, 3, 4, 5) for a in range(1, b)} | {Fraction(1, 10), Fraction(9, 10)}))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def figures(count: int) -> str:
    """A count in figures, thousands apart as everywhere: `8 648`."""
    return f"{count:,}".replace(",", "\u00a0")


def spell(count: int) -> str:
    """A count in words up to twelve, in figures beyond."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else figures(count)


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count and its noun: `no days`, `one day`, `13 days`."""
    return f"{spell(count)} {one if count == 1 else many or one + 's'}"


def out_of(share: Share) -> str:
    """Both counts of a share in figures: `2 of 7`, `8 648 of 13 000`."""
    return f"{figures(share.successes)} of {figures(share.n)}"


def of(share: Share) -> str:
    """Both counts of a share, in words while both are small: `none of four`, `two of seven`, `6 of 14`."""
    if share.n >= len(NUMBERS):
        return out_of(share)
    return f"{spell(share.successes) if share.successes else 'none'} of {spell(share.n)}"


def spoken(share: Share) -> str:
    """A share as people say it: `none`, `one in four`, `about two in three`, `all`. "About" unless it is exact.

    ValueError before the first observation: there is nothing to say then.
    """
    if share.n == 0:
        raise ValueError("A share of nothing cannot be said")
    exact = Fraction(share.successes, share.n)
    if exact in (0, 1):
        return "all" if exact else "none"
    if not Fraction(1, 20) <= exact <= Fraction(19, 20):
        return "more than nine in ten" if exact > Fraction(1, 2) else "fewer than one in ten"
    near = min(SPOKEN, key=lambda part: abs(part - exact))
    return ("" if near == exact else "about ") + f"{spell(near.numerator)} in {spell(near.denominator)}"


def sentence(text: str) -> str:
    """The text with its first letter raised, the rest left alone."""
    return text[:1].upper() + text[1:]


def on_day(day: date, today: date) -> str:
    """A day as one says it today: `today`, `tomorrow`, `Thursday` within the coming week, else `9 September`.

    The year is added when it is another one.
    """
    ahead = (day - today).days
    if ahead in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[ahead + 1]
    if 1 < ahead < 7:
        return WEEKDAYS[day.weekday()]
    return dated(day) if day.year != today.year else f"{day.day} {MONTHS[day.month - 1]}"


def dated(day: date) -> str:
    """A day with its year: `9 September 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
