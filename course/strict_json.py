"""Read a JSON file that somebody may have edited by hand, and say everything that is wrong with it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import BinaryIO

MOST_BYTES = 16 * 1024 * 1024
MOST_DIGITS = 18  # of a whole number: longer ones are no count and no seed, and slow to read

Place = tuple[str | int, ...]
Faults = Mapping[Place, tuple[str, ...]]  # what is wrong at each place, in words

UNCOUNTABLE = "is not a number to count with: NaN, infinite or too large"


class BadFile(ValueError):
    """A file that can't be counted with. `faults`: one line each, with the path in the file where there is one."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def path_of(place: Place) -> str:
    """How a place in a file is written: costs[3].hours."""
    path = ""
    for step in place:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step.isidentifier() and step.isascii():
            path += f".{step}" if path else step
        else:
            path += f"[{json.dumps(step)}]"
    return path or "the file"


def fault_lines(faults: Faults) -> tuple[str, ...]:
    """The faults as they are printed."""
    return tuple(f"{path_of(place)}: {words}" for place, found in faults.items() for words in found)


def bytes_of(name: str, standard_input: BinaryIO | None) -> bytes:
    """The content of the file, or of standard input for "-". BadFile if it can't be read or is no such file's size."""
    try:
        if name == "-":
            raw = standard_input.read(MOST_BYTES + 1) if standard_input else b""
        else:
            with Path(name).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise BadFile((f"{name}: {_why_unreadable(error)}",)) from error
    if len(raw) > MOST_BYTES:
        raise BadFile((f"{name}: larger than {MOST_BYTES // 1024 // 1024} MB, which no such file is",))
    return raw


def parse(raw: bytes) -> tuple[object, Faults]:
    """The value in a JSON file, and the faults that leave the rest readable: repeated keys, uncountable numbers.

    Such a number reads as infinity or NaN. BadFile if nothing can be read at all.
    """
    try:
        value = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_Object, parse_int=_whole_number, parse_constant=float
        )
    except UnicodeDecodeError as error:
        raise BadFile((f"byte {error.start + 1}: not text in UTF-8, so not a JSON file",)) from error
    except json.JSONDecodeError as error:
        raise BadFile((f"line {error.lineno}, column {error.colno}: not JSON here ({error.msg})",)) from error
    except RecursionError as error:
        raise BadFile(("the file: nested too deeply to be read",)) from error
    faults: dict[Place, tuple[str, ...]] = {}
    for place, words in _faults_in(value):
        faults[place] = (*faults.get(place, ()), words)
    return value, faults


class _Object(dict[str, object]):
    """A JSON object that remembers which of its keys were written more than once."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        # Half a character, which no key of ours holds, would keep the rest from being read.
        pairs = [(key.encode("utf-8", "backslashreplace").decode(), value) for key, value in pairs]
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs) if len(pairs) > len(self) else Counter[str]()
        self.repeated = [key for key, count in times.items() if count > 1]


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) <= MOST_DIGITS else float("inf")


def _faults_in(value: object) -> Iterator[tuple[Place, str]]:
    """Walks without recursion: the parser allows as many levels as the interpreter does calls."""
    waiting: list[tuple[Place, object]] = [((), value)]
    while waiting:
        place, found = waiting.pop()
        if isinstance(found, _Object):
            yield from (((*place, key), "is there more than once") for key in found.repeated)
            waiting.extend(((*place, key), inner) for key, inner in reversed(found.items()))
        elif isinstance(found, list):
            waiting.extend(((*place, index), found[index]) for index in reversed(range(len(found))))
        elif isinstance(found, float) and not isfinite(found):
            yield place, UNCOUNTABLE


def _why_unreadable(error: Exception) -> str:
    reasons: dict[type[Exception], str] = {
        FileNotFoundError: "there is no such file",
        IsADirectoryError: "that is a folder, not a file",
        PermissionError: "you may not read that file",
    }
    return reasons.get(type(error), "that file can't be read")
