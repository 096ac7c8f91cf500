"""The parts of a lesson file, each with its line: front matter, prose, fenced blocks.

Found by our own eyes and not by a Markdown extension, which would swallow a block's faults and knows no lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from course.fault import Fault, Faults

SPECIAL = ("recall", "exercise", "example")
"""The words after a fence that make its text a block of the course. Any other fence is ordinary Markdown."""

_OPENING = re.compile(r"^ {0,3}(?P<mark>`{3,}|~{3,})[ \t]*(?P<word>[^`\s]*)[^`]*$")


@dataclass(frozen=True)
class Part:
    """A run of lines of the file: `kind` is "prose" or one of SPECIAL, `line` the line on which `text` begins."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Fence:
    """A fenced block: the line that opens it and the line that closes it, or None if the file ends first."""

    mark: str
    word: str
    line: int
    end: int | None = None


def front_matter(source: str, *, path: str) -> tuple[Part, Part] | Fault:
    """The text between the two +++ lines, and all that follows. Fault if the file doesn't begin with them."""
    lines = source.split("\n")
    if lines[0].rstrip() != "+++":
        return Fault(path, 1, "the file must begin with +++, its front matter in TOML, and +++ again; write them")
    end = next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() == "+++"), None)
    if end is None:
        return Fault(path, 1, "the front matter doesn't end; close it with a line that is only +++")
    return Part("front matter", "\n".join(lines[1 : end - 1]) + "\n", 2), Part("prose", "\n".join(lines[end:]), end + 1)


def split(body: Part, *, path: str) -> tuple[tuple[Part, ...], Faults]:
    """The body as prose and special blocks in order, and what is wrong with its fences. Blank prose is left out."""
    lines = body.text.split("\n")
    fences = list(fences_of(lines, body.line))
    beyond, at, parts = body.line + len(lines), body.line, []

    def between(first: int, last: int) -> str:
        return "\n".join(lines[first - body.line : last - body.line])

    for fence in fences:
        if fence.word not in SPECIAL:
            continue
        parts.append(_prose(between(at, fence.line), at))
        if fence.end is not None:
            parts.append(Part(fence.word, between(fence.line + 1, fence.end) + "\n", fence.line + 1))
        at = beyond if fence.end is None else fence.end + 1
    parts.append(_prose(between(at, beyond), at))
    written = tuple(part for part in parts if part.kind != "prose" or part.text)
    return written, tuple(fault for fence in fences for fault in _faults(fence, path))


def _prose(text: str, line: int) -> Part:
    """Prose from its first line that isn't blank; without text if there is none."""
    begun = text[len(text) - len(text.lstrip()) :]
    blank = text[: len(text) - len(begun)]
    # Spaces before the first word belong to it: they may make it code.
    indent = blank.rpartition("\n")[2] if begun else ""
    return Part("prose", indent + begun, line + blank.count("\n"))


def fences_of(lines: list[str], first: int) -> Iterator[Fence]:
    """Every fence in these lines, the first of which has the number `first`. What stands inside one opens none."""
    fence: Fence | None = None
    for number, line in enumerate(lines, first):
        if fence is None:
            found = _OPENING.match(line)
            fence = Fence(found["mark"], found["word"], number) if found else None
        elif _closes(line, fence):
            yield Fence(fence.mark, fence.word, fence.line, number)
            fence = None
    if fence:
        yield fence


def _closes(line: str, fence: Fence) -> bool:
    mark = line.strip()
    return len(mark) >= len(fence.mark) and set(mark) == {fence.mark[0]} and not line.startswith("    ")


def _faults(fence: Fence, path: str) -> Iterator[Fault]:
    if fence.end is None:
        yield Fault(path, fence.line, f"this fence isn't closed; end its block with a line that is only {fence.mark}")
    if fence.word not in SPECIAL and (meant := get_close_matches(fence.word.lower(), SPECIAL, n=1, cutoff=0.75)):
        yield Fault(path, fence.line, f"`{fence.word}` is no block of the course; write `{meant[0]}`")
