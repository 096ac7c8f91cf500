"""What a lesson leads to and shows: links, pictures, and HTML that would be taken out. Each lapse with its line."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from course.fences import SPECIAL, fences_of
from course.lesson import Lesson, Prose
from course.markup import PAGES, render_lesson

_REFERENCE = re.compile(
    r"(?P<image>!?)\[(?P<text>[^\[\]]*)\]\(\s*<?(?P<target>[^\s)>]*)|^ {0,3}\[[^\[\]]+\]:\s*(?P<defined>\S+)", re.M
)
_OUTSIDE = ("https://", "http://", "mailto:")
_TAG = re.compile(r"</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:[\s/][^<>]*)?)>|<(?P<script>script)\b", re.I)
_CODE = re.compile(r"(?<!`)(?P<mark>`{1,3})(?!`)[^`\n]*(?P=mark)(?!`)")
_KEPT = re.compile("abbr|b|br|cite|code|del|em|i|ins|kbd|q|s|small|strong|sub|sup")
"""HTML within a line that is shown as it is written."""

Lapses = Iterator[tuple[int, str]]


@dataclass(frozen=True)
class Surroundings:
    """What a lesson may refer to: ids of lessons, file names in img/, ids of constructs.

    `places` gives the anchors in a lesson's page, None for a lesson that can't be read now.
    """

    lesson_ids: Collection[str]
    images: Collection[str]
    constructs: Collection[str]
    places: Callable[[str], Collection[str] | None]


def references(lesson: Lesson, around: Surroundings) -> Lapses:
    """Links that lead nowhere, pictures that aren't there or not in words, HTML that won't be shown."""
    text = without_code(lesson.source)
    for found in _REFERENCE.finditer(text):
        target = found["target"] or found["defined"] or ""
        line = line_at(text, found.start())
        if found["image"]:
            yield from ((line, what) for what in _image(found["text"], target, around))
        else:
            yield from ((line, what) for what in _link(lesson, target, around))
    for found in _TAG.finditer(text):
        if what := _html(found):
            yield line_at(text, found.start()), what


def places_of(lesson: Lesson) -> frozenset[str]:
    """The anchors in a lesson's page: its headings, and its blocks by kind and id."""
    blocks = {f"{block.kind}-{block.id}" for block in lesson.blocks if not isinstance(block, Prose)}
    return frozenset(blocks | {heading.id for heading in render_lesson(lesson).headings})


def _link(lesson: Lesson, target: str, around: Surroundings) -> Iterator[str]:
    address, _, anchor = target.partition("#")
    kind, _, name = (address or f"lesson:{lesson.id}").partition(":")
    if kind == "page":
        if anchor or name not in PAGES:
            yield f"the link `{target}` leads to no page; write page: and one of {', '.join(PAGES)}"
    elif kind != "lesson":
        if not target.startswith(_OUTSIDE):
            yield f"the link `{target}` leads nowhere; write lesson:<id> or an address with https://"
    elif name not in around.lesson_ids:
        yield f"the link leads to lesson `{name}`, which isn't there; correct the id"
    elif anchor and (places := around.places(name)) is not None and anchor not in places:
        yield f"lesson `{name}` has no place `#{anchor}`; leave it out or take the heading as it stands there"


def _image(alt: str, target: str, around: Surroundings) -> Iterator[str]:
    if not alt.strip():
        yield f"the picture `{target}` has no words for those who can't see it; write them in its brackets"
    folder, _, name = target.partition("/")
    if "://" in target or target.startswith("//"):
        yield f"the picture `{target}` comes from elsewhere and won't be shown; put it into img/"
    elif folder != "img" or name not in around.images:
        yield f"the picture `{target}` isn't there; put it into img/ and write img/<file name>"


def _html(found: re.Match[str]) -> str | None:
    name = (found["name"] or found["script"]).lower()
    if name == "img":
        return "a picture is written ![what it shows](img/<file name>); replace this HTML"
    if not _KEPT.fullmatch(name):
        return f"`<{name}>` is taken out before the lesson is shown; write it in Markdown, or as `code` if it is meant"
    if (found["rest"] or "").strip(" /\n") and name != "abbr":
        return f"`<{name}>` is shown without what stands beside its name; leave that out"
    return None


def without_code(text: str) -> str:
    """The text with code blanked, so that everything else keeps its place."""
    lines = text.split("\n")
    for fence in fences_of(lines, 1):
        if fence.word not in SPECIAL:
            last = len(lines) if fence.end is None else fence.end
            lines[fence.line - 1 : last] = [" " * len(line) for line in lines[fence.line - 1 : last]]
    return _CODE.sub(lambda found: " " * len(found[0]), "\n".join(lines))


def line_at(text: str, position: int) -> int:
    """The line of a place in the text, from 1."""
    return text.count("\n", 0, position) + 1
