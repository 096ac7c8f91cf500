"""Who is cited in a lesson's text, so that nobody is whom its front matter doesn't list.

A mention is `(Name, Year)` or `Name (Year)` as scholars write it, with further names or "and others" between, or
`[source: …]`. A name is a capitalised word that is no month, weekday or season; a year stands alone or before a comma
("r about .51"). A year elsewhere in a sentence is no mention: "an essay of 2008" may be anything.
"""

import re
from collections.abc import Iterator, Sequence

# Bounded everywhere: a file of nothing but names must not take minutes.
_NAME = r"(?<!\w)[^\W\d_a-zß-ÿ][\w’'.-]{1,40}"
_MORE = rf"(?:(?:,\s+{_NAME}){{0,6}},?\s+(?:and|&)\s+(?:{_NAME}|others|colleagues)|\s+et\s+al\.?)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)[a-z]?"
_INSIDE = re.compile(rf"\s*(?:see\s+|after\s+)?(?P<name>{_NAME}){_MORE},?\s+{_YEAR}\s*(?:[,:].*)?", re.S)
_BEFORE = re.compile(rf"(?P<name>{_NAME}){_MORE}\s+\({_YEAR}(?:[,;:][^()]*)?\)")
_BRACKETS = re.compile(r"\((?P<inside>[^()]{1,300})\)")
_SOURCE = re.compile(r"\[source:(?P<said>[^\[\]]*)\]", re.I)
_NO_NAMES = re.compile(
    "January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|Autumn|Winter"
    "|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Since|In|Until|By|From|Before|After|Christmas|Easter"
)


def unlisted(text: str, sources: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each mention that no source names, with its place in the text: the name and year must both be in one entry."""
    for at, name, year in _mentions(text):
        person = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        if not any(person.search(source) and year in source for source in sources):
            yield at, f"{name}, {year}"
    known = [_plain(source) for source in sources]
    for found in _SOURCE.finditer(text):
        said = _plain(found["said"])
        if not said or not any(said in source for source in known):
            yield found.start(), found["said"].strip() or "nothing"


def _mentions(text: str) -> Iterator[tuple[int, str, str]]:
    for brackets in _BRACKETS.finditer(text):
        at = brackets.start("inside")
        for piece in brackets["inside"].split(";"):
            found = _INSIDE.fullmatch(piece)
            if found and not _NO_NAMES.fullmatch(found["name"]):
                yield at + found.start("name"), _bare(found["name"]), found["year"]
            at += len(piece) + 1
    for found in _BEFORE.finditer(text):
        if not _NO_NAMES.fullmatch(found["name"]):
            yield found.start(), _bare(found["name"]), found["year"]


def _bare(name: str) -> str:
    """The name without its genitive."""
    return re.sub(r"[’']s$", "", name)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
