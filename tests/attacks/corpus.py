"""The payloads, by family, and a fair share of them for each of many places."""

import json
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

FOLDER = Path(__file__).parent / "payloads"
# Too long for anybody's eyes to keep in a file.
LONG = ("a" * 5_000, "Ж" * 2_000, "<b>" * 1_500, "9" * 4_500, "[" * 3_000, "\u0301" * 1_000, "a " * 50_000)
# Each place gets every so manieth payload, beginning one further than the place before it.
SHARE = 8
REFUSED = "800701"
"""What a template would print that reckoned out the sum in `templates.txt`."""


@cache
def family(name: str) -> tuple[str, ...]:
    """The payloads of one file."""
    return tuple(json.loads(line) for line in (FOLDER / f"{name}.txt").read_text().splitlines())


@cache
def everything() -> tuple[str, ...]:
    """Every payload, the long ones last."""
    return (*(payload for path in sorted(FOLDER.glob("*.txt")) for payload in family(path.stem)), *LONG)


def share(place: int, of: int = SHARE) -> tuple[str, ...]:
    """The payloads for the nth place: `of` neighbouring places meet every one."""
    return everything()[place % of :: of]


def encoded(body: dict[str, str]) -> bytes:
    """A form as it is sent. Halves of letters go out as bytes that are no UTF-8, as a rude client would send them."""
    return urlencode(body, errors="surrogatepass").encode()


def told(payload: str) -> str:
    """A payload in a message, cut where it is long."""
    return ascii(payload[:60])
