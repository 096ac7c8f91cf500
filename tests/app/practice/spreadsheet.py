"""A spreadsheet's arithmetic, as far as the workbook of an account uses it: what its formulas come to by themselves.

It reads the file alone and looks at no value stored beside a formula.
"""

import calendar
import io
import math
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

TOKEN = re.compile(r'\s*("(?:[^"]|"")*"|\d+\.?\d*|\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?|[A-Za-z_]+|<=|>=|<>|.)')
REFERENCE = re.compile(r"\$?[A-Z]{1,2}\$?\d+")


class Sheets:
    """A workbook whose formulas are reckoned when they are asked for."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content))
        self.known: dict[tuple[str, int, int], Any] = {}

    def named(self, name: str) -> Any:
        """What a named cell comes to, or the values of a named column."""
        sheet, _, area = self.book.defined_names[name].attr_text.partition("!")
        values = self.area(sheet.strip("'"), area.replace("$", ""))
        return values if ":" in area else values[0]

    def area(self, sheet: str, area: str) -> list[Any]:
        left, top, right, bottom = range_boundaries(area)
        return [self.cell(sheet, row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]

    def cell(self, sheet: str, row: int, column: int) -> Any:
        place = (sheet, row, column)
        if place not in self.known:
            value = self.book[sheet].cell(row, column).value
            if isinstance(value, datetime):
                value = value.date()
            formula = isinstance(value, str) and self.book[sheet].cell(row, column).data_type == "f"
            self.known[place] = Formula(self, sheet, value[1:]).value() if formula else value
        return self.known[place]


class Formula:
    """One formula, read from left to right."""

    def __init__(self, sheets: Sheets, sheet: str, text: str) -> None:
        self.sheets, self.sheet = sheets, sheet
        self.tokens = [*TOKEN.findall(text), ""]
        self.at = 0

    def value(self) -> Any:
        found = self.comparison()
        assert self.tokens[self.at] == "", self.tokens[self.at :]
        return found

    def taken(self, *wanted: str) -> str:
        """The next token if it is one of these, which is then behind us."""
        token = self.tokens[self.at]
        if token not in wanted:
            return ""
        self.at += 1
        return token

    def comparison(self) -> Any:
        left = self.sum()
        while sign := self.taken("=", "<>", "<", "<=", ">", ">="):
            left = COMPARISONS[sign](left, self.sum())
        return left

    def sum(self) -> Any:
        left = self.product()
        while sign := self.taken("+", "-"):
            right = self.product()
            left = number(left) + number(right) if sign == "+" else number(left) - number(right)
        return left

    def product(self) -> Any:
        left = self.power()
        while sign := self.taken("*", "/"):
            right = number(self.power())
            left = number(left) * right if sign == "*" else ratio(number(left), right)
        return left

    def power(self) -> Any:
        left = self.atom()
        while self.taken("^"):
            left = number(left) ** number(self.atom())
        return left

    def atom(self) -> Any:
        token = self.tokens[self.at]
        self.at += 1
        if token == "-":
            return -number(self.atom())
        if token == "(":
            found = self.comparison()
            assert self.taken(")")
            return found
        return self.call(token) if self.taken("(") else self.operand(token)

    def operand(self, token: str) -> Any:
        if token[0] == '"':
            return token[1:-1]
        if token[0].isdigit():
            return float(token)
        area = token.replace("$", "")
        if ":" in area:
            return self.sheets.area(self.sheet, area)
        return self.sheets.area(self.sheet, area)[0] if REFERENCE.fullmatch(area) else self.sheets.named(token)

    def call(self, name: str) -> Any:
        found = []
        while not self.taken(")"):
            found.append(self.comparison())
            self.taken(",")
        return FUNCTIONS[name](*found)


def number(value: Any) -> float:
    """A value in a sum: an empty cell is nought, text is no number, as an error is in a branch that is not taken."""
    return 0.0 if value is None else math.nan if isinstance(value, (str, list)) else float(value)


def ratio(left: float, right: float) -> float:
    return left / right if right else math.nan


def mean(*values: Any) -> float:
    found = numbers(*values)
    return ratio(sum(found), len(found))


def numbers(*values: Any) -> list[float]:
    """The numbers among values and ranges: a spreadsheet passes over what is empty or text."""
    flat: Iterator[Any] = (one for value in values for one in (value if isinstance(value, list) else [value]))
    return [float(one) for one in flat if isinstance(one, (int, float)) and not isinstance(one, bool)]


def equal(left: Any, right: Any) -> bool:
    return left == right or (left is None and right in ("", 0)) or (right is None and left in ("", 0))


def month_end(day: date, months: float) -> date:
    assert months == 0
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def sum_where(values: list[Any], keys: list[Any], key: float) -> float:
    return sum(numbers([value for value, found in zip(values, keys, strict=True) if found == key]))


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": equal,
    "<>": lambda left, right: not equal(left, right),
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": lambda *values: sum(numbers(*values)),
    "COUNT": lambda *values: len(numbers(*values)),
    "AVERAGE": mean,
    "MAX": lambda *values: max(numbers(*values), default=0.0),
    "MIN": lambda *values: min(numbers(*values), default=0.0),
    "IF": lambda test, yes, no: yes if test else no,
    "OR": lambda *values: any(values),
    "ROUND": lambda value, places: round(number(value), int(places)),
    "SUMIFS": sum_where,
    "YEAR": lambda day: day.year,
    "MONTH": lambda day: day.month,
    "DAY": lambda day: day.day,
    "EOMONTH": month_end,
}
