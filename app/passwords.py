"""Which passwords are too easy. Length is what counts; the rest refuses what those who break in try first."""

import gzip
from functools import cache
from pathlib import Path

# Long ones are safe ones; the end is there because hashing costs by the byte.
SHORTEST, LONGEST = 12, 128
COURSE = "connect before you count"
# What a keyboard or an alphabet gives in one stroke, there and back.
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789" * 13,
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)
SHAPES = str.maketrans("@4031!$57", "aaoeiisst")

TOO_SHORT = f"Use {SHORTEST} characters or more. Four words in a row will do."
TOO_LONG = f"Keep it to {LONGEST} characters."
TOO_NEAR = "Choose something other than your address or the course’s name: they are the first thing anybody would try."
TOO_PLAIN = "This one follows a pattern that is tried first. Take words that have nothing to do with each other."
TOO_PADDED = "A common word with figures around it is tried early. Take words that have nothing to do with each other."
TOO_COMMON = "Many people use this one, so it is tried first. Take words that have nothing to do with each other."


def weakness(password: str, *, address: str) -> str | None:
    """What is wrong with a password, in words for its owner; None if nothing is."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    bare = bared(password)
    if any(is_mostly(bare, bared(name)) for name in (address, address.partition("@")[0], COURSE)):
        return TOO_NEAR
    if follows_a_pattern(password.casefold()) or follows_a_pattern(bare):
        return TOO_PLAIN
    words = bare.strip("@!$")
    if {bare, words, shaped(bare), shaped(words)} & well_known():
        return TOO_COMMON
    return TOO_PADDED if {stem(bare), stem(bare).translate(SHAPES)} & common_words() else None


def bared(text: str) -> str:
    """Letters and figures only, in small letters; look-alike signs stay for `shaped`."""
    return "".join(char for char in text.casefold() if char.isalnum() or char in "@!$")


def shaped(bare: str) -> str:
    """With figures and signs that stand for letters read as those: p@ssw0rd is password."""
    ending = len(bare) - len(bare.rstrip("0123456789!$@"))
    stem, tail = (bare[:-ending], bare[-ending:]) if ending else (bare, "")
    return stem.translate(SHAPES) + tail


def stem(bare: str) -> str:
    """What is left without the figures and signs at both ends: what is put there is tried soonest."""
    return bare.strip("0123456789@!$")


def is_mostly(bare: str, name: str) -> bool:
    """Whether little is left of a password once a name is taken out of it."""
    return len(name) >= 4 and name in bare and len(bare.replace(name, "")) < 4


def follows_a_pattern(text: str) -> bool:
    """Few different characters, one piece repeated, or a run along a keyboard or an alphabet."""
    if len(set(text)) < 5 or text in (text + text)[1:-1]:
        return True
    return any(text in row or text in row[::-1] for row in ROWS)


@cache
def common_words() -> frozenset[str]:
    """The words that common passwords are made of, read once. Packed: many are no reading matter."""
    packed = (Path(__file__).parent / "well_known_words.txt.gz").read_bytes()
    return frozenset(line for line in gzip.decompress(packed).decode().splitlines() if not line.startswith("#"))


@cache
def well_known() -> frozenset[str]:
    """The shipped list, read once."""
    lines = (Path(__file__).parent / "well_known_passwords.txt").read_text().splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
