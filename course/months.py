"""Calendar months, each named by its first day."""

from calendar import monthrange
from datetime import date

from course.ledger import MOST_BASELINE_MONTHS, WINDOW_MONTHS


def first_day(day: date) -> date:
    """The first day of the month that a day lies in."""
    return day.replace(day=1)


def month_from(month: date, count: int) -> date:
    """The first day of the month so many months after, or before if negative."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def months_before(start: date, count: int = MOST_BASELINE_MONTHS) -> tuple[date, ...]:
    """The months before the one that holds the start, oldest first."""
    return tuple(month_from(start, -back) for back in range(count, 0, -1))


def months_of_window(start: date, today: date) -> tuple[date, ...]:
    """The months t = 1, 2, … of a window that are over: the first is the one that holds the start, whatever its day."""
    window = (month_from(start, t) for t in range(WINDOW_MONTHS))
    return tuple(month for month in window if month < first_day(today))


def months_ago(day: date, count: int) -> date:
    """The day so many months before; the last of its month where that month is shorter."""
    month = month_from(day, -count)
    return month.replace(day=min(day.day, monthrange(month.year, month.month)[1]))
