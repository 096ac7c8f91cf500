"""What an address may hold, and the addresses that every page prints."""

from functools import lru_cache
from typing import Any

from flask import Flask, current_app, url_for
from werkzeug.routing import IntegerConverter, Map


class RowId(IntegerConverter):
    """An id in an address. A larger number than any id is not found, instead of too large for the database."""

    # As it is printed, and in no other digits: one thing has one address.
    regex = "[1-9][0-9]*"

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=2**31 - 1)


# Parts that come from the course's files: as few as there are lessons, and the same for everybody.
CONTENT = frozenset({"lesson_id", "recall_id"})
# No row has such a number, so none stands in an address by chance.
FIRST_MARK = 2**31 - 100


@lru_cache(maxsize=2_000)
def fixed(endpoint: str, **content: Any) -> str:
    """An address that is the same for everybody, and for good: the site stands at the root of its host."""
    return url_for(endpoint, **content)


@lru_cache(maxsize=500)
def with_gaps(endpoint: str, *names: str) -> str:
    """An address of numbers, such as a row's, with a gap for each: where they stand in it is the same for all rows."""
    marks: dict[str, Any] = {name: FIRST_MARK + place for place, name in enumerate(names)}
    found = url_for(endpoint, **marks)
    for name, mark in marks.items():
        found = found.replace(str(mark), f"%({name})d")
    return found


def address(endpoint: str, **values: Any) -> str:
    """What templates call `url_for`: a page prints up to a hundred addresses, and to build one takes 20 µs."""
    if endpoint.startswith("."):
        return url_for(endpoint, **values)
    if values.keys() <= CONTENT:
        return fixed(endpoint, **values)
    if all(type(value) is int for value in values.values()):
        return with_gaps(endpoint, *values) % values
    return url_for(endpoint, **values)


def absolute(endpoint: str, **values: Any) -> str:
    """A page's whole address: made from the settings, never from what a request calls itself."""
    return f"{current_app.config['BASE_URL']}{url_for(endpoint, **values)}"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["url_for"] = address
    app.jinja_env.globals["absolute"] = absolute
