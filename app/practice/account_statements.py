"""What an account is read with: the log added up by month, so that thousands of entries come as a few dozen rows.

Entries of a month that took equally long are one row with their number: the account counts each as its file does.
"""

from sqlalchemy import Date, Integer, bindparam, case, func, literal, literal_column, select, union_all

from app.practice.ledger_statements import (
    ENTRY,
    LOGGED,
    NO_AMOUNT,
    NO_MOMENT,
    NO_NUMBER,
    NO_TEXT,
    NOT_CONVERTED,
    STUDIED,
    TYPED,
)
from course.ledger import WINDOW_MONTHS

ONE = literal_column("1", Integer)
LATER = WINDOW_MONTHS + 2

# Each month of the window by its last day, what comes after the window, and what is dated after the account's day.
MONTH = case(
    (ENTRY.day > bindparam("as_of", type_=Date), LATER),
    *((ENTRY.day <= bindparam(f"end_{t}", type_=Date), t) for t in range(WINDOW_MONTHS + 1)),
    else_=WINDOW_MONTHS + 1,
)
IN_MONTHS = LOGGED.with_only_columns(
    ENTRY.person_id, ENTRY.day, ENTRY.minutes, MONTH.label("month"), maintain_column_froms=True
).subquery("in_months")
LOGGED_BY_MONTH = select(
    *(literal("log"), IN_MONTHS.c.person_id, NO_NUMBER, func.max(IN_MONTHS.c.day), NO_MOMENT),
    *(literal("time"), literal(""), NO_AMOUNT, IN_MONTHS.c.minutes, NO_TEXT),
    *(*NOT_CONVERTED, func.count()),
).group_by(IN_MONTHS.c.person_id, IN_MONTHS.c.month, IN_MONTHS.c.minutes)
# Everything put in, with the log by month.
ADDED_UP = union_all(TYPED.add_columns(ONE.label("entries")), LOGGED_BY_MONTH, STUDIED.add_columns(ONE))

AFTER, UNTIL = bindparam("after", type_=Date), bindparam("until", type_=Date)
COSTED = TYPED.selected_columns
# What was put in between two days; the lessons all, for their day is the learner's own.
ONE_BY_ONE = union_all(
    TYPED.where(COSTED.day > AFTER, COSTED.day <= UNTIL), LOGGED.where(ENTRY.day > AFTER, ENTRY.day <= UNTIL), STUDIED
)
