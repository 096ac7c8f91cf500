"""A trainer's own text on a cohort's page: plain paragraphs, and links to such addresses only as were confirmed.

Nothing in it is markup. An address is a link only where somebody has looked at it and said that it shall be one.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST = 4_000
_ADDRESS = re.compile(r"https?://[^\s<>\"“”„]+", re.I)
_TAIL = ".,;:!?)]}’'»"


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph; `address` is where they lead, "" for nowhere."""

    text: str
    address: str = ""


Paragraph = tuple[Piece, ...]


def links_in(text: str) -> tuple[str, ...]:
    """Every address in the text that can be a link, once each, in their order."""
    return tuple(dict.fromkeys(address for found in _ADDRESS.finditer(text) if (address := sound(found[0]))))


def sound(found: str) -> str:
    """The address without the punctuation of its sentence; "" if it is none that a page should lead to.

    A name or a password before the host only serves to deceive, and a host in foreign letters may look like another.
    """
    address = found.rstrip(_TAIL)
    try:
        parts = urlsplit(address)
        named = "@" in parts.netloc or not (parts.hostname or "").isascii() or "." not in (parts.hostname or "")
        return "" if named or parts.port == 0 else address
    except ValueError:
        return ""


def paragraphs(text: str, confirmed: Collection[str]) -> tuple[Paragraph, ...]:
    """The text as paragraphs; blank lines part them, single line breaks are kept in the words."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return tuple(pieces(block, confirmed) for block in blocks if block)


def pieces(block: str, confirmed: Collection[str]) -> Paragraph:
    """A paragraph with its confirmed addresses as links."""
    found, place = list[Piece](), 0
    for match in _ADDRESS.finditer(block):
        address = sound(match[0])
        if address and address in confirmed:
            found += [Piece(block[place : match.start()]), Piece(address, address)]
            place = match.start() + len(address)
    found.append(Piece(block[place:]))
    return tuple(piece for piece in found if piece.text)
