"""The headings of a lesson: places where reading can resume."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """One heading: its id in the page, its words, its level from 2."""

    id: str
    text: str
    level: int


class Headings:
    """The headings of one lesson so far, each with an id of its own."""

    def __init__(self) -> None:
        self.found: list[Heading] = []
        self._taken: set[str] = set()
        self._times: Counter[str] = Counter()

    def add(self, text: str, level: int) -> Heading:
        """The next heading, in the order of the text. Its id is its slug, numbered from 2 on where that is taken."""
        base = slug(text)
        name = self._next(base)
        while name in self._taken:
            name = self._next(base)
        self._taken.add(name)
        self.found.append(Heading(name, text, level))
        return self.found[-1]

    def _next(self, base: str) -> str:
        self._times[base] += 1
        return base if self._times[base] == 1 else f"{base}-{self._times[base]}"


def slug(text: str) -> str:
    """What a heading is called in an address: small ASCII letters, digits and hyphens; "part" if none are left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "part"
