"""What somebody looks for, as words; and what was found, cut to a few lines with those words marked.

Words are made the same here for what is typed and for what is kept, so that nothing typed is syntax of a database.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

LONGEST = 200
"""Characters of a question that are read."""

MOST_WORDS = 12
LONGEST_WORD = 40
FORMS = 40
"""Words that a beginning of one stands for, at most: the commonest."""

SHORTEST_BEGINNING = 3
EXCERPT = 300
"""Characters of a passage that are shown, about."""

_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_HALF_ENDING = re.compile(r"[a-z]s")
_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.?!:]['\"”’]?\s+")

Word = tuple[str, ...]
"""One word looked for, in each form that counts as it, the typed one first."""


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without marks, apostrophes and punctuation: "Don't" is dont.

    Two letters that end in s are left out, such as us: one engine takes the s for an ending, the other does not.
    """
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return [word for word in _WORD.findall(_APOSTROPHE.sub("", bare).casefold()) if not _HALF_ENDING.fullmatch(word)]


# Said in nearly every passage, so that they tell none from another. They count where nothing else is asked.
_SMALL = frozenset(
    words_of(
        "a about am an and any are at be been but by can did do does for from had has have he her him his how i if "
        "in it its me my no not of on or our she so than that the their them then there they this to up was we "
        "were what when where which who whom whose why will with you your"
    )
)


def sought(typed: str, vocabulary: Mapping[str, int]) -> tuple[Word, ...]:
    """What to look for: the words that tell passages apart, or all if there are none; the last may be a beginning."""
    # Marks and joined letters can make many characters of one: cut before and after.
    words = [word[:LONGEST_WORD] for word in words_of(typed[:LONGEST])][:MOST_WORDS]
    telling = [word for word in words if word not in _SMALL] or words
    if not telling:
        return ()
    last = telling[-1] if telling[-1] == words[-1] else ""
    return tuple(_forms(word, vocabulary) if word == last else (word,) for word in dict.fromkeys(telling))


def _forms(beginning: str, vocabulary: Mapping[str, int]) -> Word:
    """The word itself, and what it may be the beginning of."""
    if len(beginning) < SHORTEST_BEGINNING or beginning in _SMALL:
        return (beginning,)
    begun = [word for word in vocabulary if word.startswith(beginning) and word != beginning]
    return (beginning, *sorted(begun, key=lambda word: (-vocabulary[word], word))[: FORMS - 1])


def meant(typed: str, vocabulary: Mapping[str, int]) -> str:
    """The question with each unknown word put right as far as a known one is near; "" if that changes nothing."""
    words = words_of(typed[:LONGEST])[:MOST_WORDS]
    better = [word if word in vocabulary else _nearest(word, vocabulary) for word in words]
    return " ".join(better) if better != words else ""


def _nearest(word: str, vocabulary: Mapping[str, int]) -> str:
    near = [other for other in vocabulary if other[0] == word[0] and abs(len(other) - len(word)) < 3]
    return next(iter(get_close_matches(word, near, n=1, cutoff=0.75)), word)


# Every word of every passage that is shown is asked here, thousands a page, and they are always the same ones.
_words_of_token = lru_cache(maxsize=1 << 14)(words_of)


@dataclass(frozen=True)
class Piece:
    """A run of a text, marked if it was looked for."""

    text: str
    marked: bool = False


def marked(text: str, found: frozenset[str]) -> tuple[Piece, ...]:
    """The whole text, with each word marked that is among the `found` ones (as `words_of` gives them)."""
    pieces, end = [], 0
    for token in _TOKEN.finditer(text):
        if not found.isdisjoint(_words_of_token(token[0])):
            pieces += [Piece(text[end : token.start()]), Piece(token[0], marked=True)]
            end = token.end()
    return tuple(piece for piece in (*pieces, Piece(text[end:])) if piece.text)


def excerpt(text: str, found: frozenset[str]) -> tuple[Piece, ...]:
    """The part of a text that holds most of the `found` words, marked; it begins with a sentence where one is near."""
    if len(text) <= EXCERPT * 5 // 4:
        return marked(text, found)
    hits = [(token.start(), _words_of_token(token[0])) for token in _TOKEN.finditer(text)]
    marks = [(at, word) for at, words in hits for word in words if word in found]
    start = _beginning(text, _densest(marks))
    end = _ending(text, start + EXCERPT)
    cut = marked(text[start:end], found)
    before, after = (Piece("… "),) if start else (), (Piece(" …"),) if end < len(text) else ()
    return (*before, *cut, *after)


def _densest(marks: list[tuple[int, str]]) -> int:
    """Where the stretch begins that holds most different marks, then most marks, then comes first."""
    room = EXCERPT * 2 // 3

    def worth(start: int) -> tuple[int, int, int]:
        within = [word for at, word in marks if start <= at < start + room]
        return len(set(within)), len(within), -start

    return max((at for at, _ in marks), key=worth, default=0)


def _beginning(text: str, at: int) -> int:
    """The start of the sentence around `at` if that is near, else of a word shortly before."""
    if at < EXCERPT // 3:
        return 0
    ends = [found.end() for found in _SENTENCE_END.finditer(text, at - EXCERPT // 3, at)]
    return ends[0] if ends else text.rfind(" ", at - EXCERPT // 3, at - EXCERPT // 6) + 1 or at


def _ending(text: str, at: int) -> int:
    """The end of a word shortly before `at`, or of the text."""
    if len(text) <= at:
        return len(text)
    end = text.rfind(" ", at - EXCERPT // 3, at)
    return at if end < 0 else end
