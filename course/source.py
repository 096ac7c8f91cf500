"""Content files as text: what is read at all, and in which form it is compared.

Nothing a file holds may end in a traceback, so what no lesson needs is refused here, before any parser sees it.
"""

import re
import unicodedata
from hashlib import sha256
from pathlib import Path

from course.fault import Fault

FILE_LIMIT = 400_000
"""Bytes of a content file. A long lesson has 15 kB."""

PROSE_LIMIT = 100_000
"""Bytes of Markdown rendered in one piece."""

OPEN_AT_ONCE = 50
"""More brackets open at once than this, and the Markdown parser takes seconds: its time grows with their square."""


def read(file: Path, *, path: str) -> str | Fault:
    """The normalised text of a content file, or the fault that keeps it from being read, under the name `path`."""
    try:
        # A pipe in a file's place would be waited for without end.
        if file.exists() and not file.is_file():
            return Fault(path, 1, "the file can't be read (it is none); put one in its place")
        with file.open("rb") as stream:
            raw = stream.read(FILE_LIMIT + 1)
    except OSError as error:
        return Fault(path, 1, f"the file can't be read ({error.strerror}); check that it exists and may be read")
    if len(raw) > FILE_LIMIT:
        return Fault(path, 1, f"the file is larger than {FILE_LIMIT // 1000} kB; split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Fault(path, line, f"byte {error.start} (0x{raw[error.start]:02x}) isn't UTF-8; save the file as UTF-8")
    return unreadable(text, path=path) or normalise(text)


def unreadable(text: str, *, path: str) -> Fault | None:
    """The fault of a text that holds nothing, or a NUL character; None if it may be parsed."""
    if not text.strip():
        return Fault(path, 1, "the file is empty; write it or remove it")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return Fault(path, line, "there is a NUL character; remove it")
    return None


def normalise(text: str) -> str:
    """The text with \\n line ends, composed characters (NFC) and one line end at its end: equal for equal reading."""
    unix = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", unix).rstrip("\n") + "\n"


def content_hash(text: str) -> str:
    """SHA-256 of the normalised text in hexadecimal: what "the lesson as you finished it" is recognised by."""
    return sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()


def too_much(markdown: str) -> str | None:
    """Why this Markdown must not reach the parser, and how to mend it; None if it may."""
    if len(markdown.encode("utf-8", "surrogatepass")) > PROSE_LIMIT:
        return f"this text is larger than {PROSE_LIMIT // 1000} kB; split it"
    if any(_depth(markdown, pair) > OPEN_AT_ONCE for pair in ("[]", "()")):
        return f"more than {OPEN_AT_ONCE} brackets are open at once; close them"
    return None


def _depth(text: str, pair: str) -> int:
    """How many brackets of a pair are open at once, at most."""
    depth = deepest = 0
    for bracket in re.findall(f"[{re.escape(pair)}]", text):
        depth = depth + 1 if bracket == pair[0] else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest
