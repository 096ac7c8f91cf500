"""TOML with its lines: tables read, checked against a model, each fault on the line it belongs to."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from course.fault import Fault, Faults

Model = TypeVar("Model", bound=BaseModel)
Steps = Sequence[str | int]

MOST = 100
"""Faults named in one table. Who has more has pasted the wrong thing, and finding each line takes time."""

_WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_LONG_TEXT = re.compile(r'"""(?s:.*?)"""' r"|'''(?s:.*?)'''")

# The time tomllib takes for a.a.a… grows with its square: a minute for 100 kB.
_DEEP_KEY = re.compile(r"(?:[\w\"'-]{1,80}+[ \t]*+\.[ \t]*+){30}")
_HEADER = re.compile(r"^[ \t]*\[{1,2}[ \t]*(?P<name>[\w.-]+)[ \t]*\]{1,2}[ \t]*(?:#.*)?$", re.M)

_SAID = {
    "missing": "the key {name} is missing; add it",
    "extra_forbidden": "the key {name} isn't known here; remove it or correct its spelling",
    "string_type": "{name} must be text in quotes",
    "int_type": "{name} must be a whole number",
    "string_too_short": "{name} is empty; write it",
    "too_short": "{name} must have at least {min_length} of its kind, not {actual_length}",
    "too_long": "{name} must have at most {max_length} of its kind, not {actual_length}",
    "greater_than_equal": "{name} must be {ge} or more",
    "less_than_equal": "{name} must be {le} or less",
    "string_too_long": "{name} is longer than {max_length} characters; shorten it",
    "tuple_type": "{name} must be a list: [ … ]",
    "model_type": "{name} must be a table with keys of its own",
    "string_pattern_mismatch": "{name} must be small letters, digits and single hyphens, such as `polite-no`",
}


def checked(text: str, model: type[Model], *, path: str, line: int, home: int | None = None) -> Model | Faults:
    """The table that `text` holds, as a `model`, or every fault found in it.

    `line` is the line of the file on which `text` begins. A fault that belongs to no line of the text, such as a
    missing key, is put on `home`, the line that opens the table (default: `line`); models get it as context `line`.
    """
    home = line if home is None else home
    data = _table(text, path=path, line=line)
    if isinstance(data, Fault):
        return (data,)
    try:
        return model.model_validate(data, context={"line": home})
    except ValidationError as wrong:
        masked = _LONG_TEXT.sub(lambda found: "\n" * found[0].count("\n"), text)
        errors = wrong.errors(include_url=False, include_input=False)
        meant = [error for error in errors if not _follows(error, errors)]
        faults = [_fault(error, masked, path=path, line=line, home=home) for error in meant[:MOST]]
        if len(meant) > MOST:
            faults.append(
                Fault(path, home, f"there are {len(meant) - MOST} faults more in this table; mend these first")
            )
        return tuple(faults)


def line_of(text: str, steps: Steps) -> int | None:
    """The line, from 1, of the key at the end of `steps`, else of the table nearest to it; None if neither is there."""
    start, end, table, nearest = 0, len(text), "", None
    for step, after in zip(steps, [*steps, ""][1:], strict=True):
        if isinstance(step, int):
            continue
        table = f"{table}.{step}".lstrip(".")
        headers = list(_HEADER.finditer(text, start, end))
        own = [header for header in headers if header["name"] == table][after if isinstance(after, int) else 0 :]
        if own:
            found, start = own[0], own[0].end()
            beyond = (other.start() for other in headers if other.start() > start and not _within(other["name"], table))
            end = next(beyond, end)
        else:
            end = headers[0].start() if headers else end
            key = re.compile(rf"^[ \t]*\"?{re.escape(step)}\"?[ \t]*=", re.M).search(text, start, end)
            if key is None:
                break
            found, start = key, key.end()
        nearest = text.count("\n", 0, found.start()) + 1
    return nearest


def _within(name: str, table: str) -> bool:
    return name.startswith(f"{table}.")


def _table(text: str, *, path: str, line: int) -> Mapping[str, Any] | Fault:
    too_deep = Fault(path, line, "the TOML is nested too deeply; write it flat")
    if _DEEP_KEY.search(text):
        return too_deep
    try:
        return tomllib.loads(text)
    except RecursionError:
        return too_deep
    except ValueError as error:
        what, offset = str(error), 0
        where = _WHERE.search(what)
        if where:
            what = what[: where.start()]
            offset = int(where["line"] or text.rstrip("\n").count("\n") + 1) - 1
        return Fault(path, line + offset, f"this isn't TOML: {what[:1].lower()}{what[1:]}; mend it here or just above")


def _follows(error: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """Whether a list is only too short because a table in it has faults of its own."""
    place = error["loc"]
    return error["type"] == "too_short" and any(_inside(other["loc"], place) for other in errors)


def _inside(steps: Steps, place: Steps) -> bool:
    return len(steps) > len(place) and steps[: len(place)] == place


def _fault(error: ErrorDetails, text: str, *, path: str, line: int, home: int) -> Fault:
    steps = error["loc"]
    found = line_of(text, steps)
    name = f"`{'.'.join(_counted(step) for step in steps)}`"
    said = _SAID.get(error["type"])
    own_words = f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    what = said.format(name=name, **error.get("ctx", {})) if said else own_words
    return Fault(path, home if found is None else line + found - 1, what)


def _counted(step: str | int) -> str:
    return str(step + 1) if isinstance(step, int) else step
