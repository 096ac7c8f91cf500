"""Markdown to HTML. The only module that knows `markdown` and `nh3`.

Only content files come here, never what a learner types: Python-Markdown takes seconds over hostile text, and people's
words are plain text in this house. What comes out has no script, no style, no class, and no picture from elsewhere.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor

from course.headings import Heading as Heading  # part of what a rendered lesson is
from course.headings import Headings
from course.lesson import Example, Exercise, Lesson, LessonBlock, Prose, Recall, Scores, Version
from course.source import too_much

LESSON_ADDRESS = "/course/{}"
"""Where `lesson:<id>` leads."""

OTHER_PAGES = frozenset({"glossary", "search"})
"""What stands at such an address and is no lesson: ids that none may have."""

PAGES = {
    "number": "/number/",
    "self-assessment": "/self-assessment/",
    "review": "/review/",
    "practice": "/practice/",
    "people": "/people/",
    "return": "/roi/",
    "gate": "/gate/",
}
"""Where `page:<name>` leads: the learner's own pages, at addresses that stay."""

IMAGE_ADDRESS = "/course/img/{}"
"""Where `img/<name>` is served from."""

# fmt: off
_TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "pre", "hr", "br",
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "small", "strong", "sub", "sup",
    "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img",
}
# fmt: on
_ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align", "scope"},
    **{heading: {"id"} for heading in ("h2", "h3", "h4", "h5", "h6")},
}
_LESSON = re.compile(r"lesson:(?P<id>[a-z0-9-]+)(?P<anchor>#[a-z0-9-]+)?")
_IMAGE = re.compile(r"img/(?P<name>[A-Za-z0-9][\w.-]*)")
# `![words](img/name.svg){480x402}`: with its size known before it has come, a picture moves no text.
_SIZE = re.compile(r"\{(?P<width>\d{1,4})x(?P<height>\d{1,4})\}")
# Straight quotes become curly; dashes and dots are typed as they are meant.
_QUOTES = {"smart_quotes": True, "smart_dashes": False, "smart_ellipses": False}
_FIGURES = re.compile(r"(?<=\d) (?=\d{3}(?!\d)|%)")
_ONE_PARAGRAPH = re.compile(r"<p>(?P<inside>(?:(?!</?p>).)*)</p>", re.S)


class Html(str):
    """HTML that was cleaned here. A template prints it as it is; joined to other text it is plain text again."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class RenderedVersion:
    """One version of a worked example."""

    label: Html
    text: Html
    reason: Html
    scores: Scores | None


@dataclass(frozen=True)
class RenderedBlock:
    """A block of a lesson and the HTML of each of its texts.

    Prose has `html["prose"]`, a recall ask, answer and why, an exercise task, log and good, an example `versions`.
    What is one line of plain text (a title, a plan) is read from `block`.
    """

    block: LessonBlock
    html: Mapping[str, Html]
    versions: tuple[RenderedVersion, ...] = ()

    @property
    def kind(self) -> str:
        """prose, example, recall or exercise."""
        return self.block.kind


@dataclass(frozen=True)
class RenderedLesson:
    """A lesson as HTML, block by block, and its headings in order."""

    blocks: tuple[RenderedBlock, ...]
    headings: tuple[Heading, ...]


@lru_cache(maxsize=2048)
def render(text: str) -> Html:
    """The HTML of a short Markdown text. Its headings carry no ids: only the prose of a lesson is a place to resume."""
    return _converted(text, None)


@lru_cache(maxsize=2048)
def render_line(text: str) -> Html:
    """The HTML of a Markdown text of one paragraph, without the paragraph around it; else as `render` gives it."""
    html = render(text)
    alone = _ONE_PARAGRAPH.fullmatch(html.strip())
    return Html(alone["inside"]) if alone else html


@lru_cache(maxsize=256)
def render_lesson(lesson: Lesson) -> RenderedLesson:
    """Every block of the lesson as HTML, once per content: a lesson costs some 15 ms, its second reading nothing."""
    headings = Headings()
    blocks = tuple(_rendered(block, headings) for block in lesson.blocks)
    return RenderedLesson(blocks, tuple(headings.found))


def _rendered(block: LessonBlock, headings: Headings) -> RenderedBlock:
    match block:
        case Prose():
            return RenderedBlock(block, {"prose": _converted(block.markdown, headings)})
        case Example():
            return RenderedBlock(block, {}, tuple(_version(version) for version in block.versions))
        case Recall():
            return RenderedBlock(block, {name: render(getattr(block, name)) for name in ("ask", "answer", "why")})
        case Exercise():
            return RenderedBlock(block, {name: render(getattr(block, name)) for name in ("task", "log", "good")})


def _version(version: Version) -> RenderedVersion:
    return RenderedVersion(
        label=render_line(version.label),
        text=render(version.text),
        reason=render(version.reason),
        scores=version.scores,
    )


class _Shaping(Treeprocessor):
    """Headings from level 2, with ids; links that leave the site say so; pictures take their size.

    Sees what inline Markdown has become.
    """

    headings: Headings | None = None

    def run(self, root: Element) -> None:
        for element in root.iter():
            _keep_figures_together(element)
            if re.fullmatch("h[1-6]", element.tag):
                self._shape_heading(element)
            elif element.tag == "a" and element.get("href", "").startswith(("http://", "https://")):
                element.set("rel", "noopener")
            elif element.tag == "img" and (size := _SIZE.match(element.tail or "")):
                element.tail = (element.tail or "")[size.end() :]
                element.attrib.update(size.groupdict())

    def _shape_heading(self, element: Element) -> None:
        element.tag = "h2" if element.tag == "h1" else element.tag
        if self.headings is not None:
            # Between STX and ETX stand the parser's own place-holders.
            text = re.sub("\x02[^\x03]*\x03", "", "".join(element.itertext())).strip()
            element.set("id", self.headings.add(text, int(element.tag[1])).id)


def _keep_figures_together(element: Element) -> None:
    """The thousands of a number stay on one line, and a number with its per cent. Code is left as typed."""
    if element.text and element.tag != "code":
        element.text = _FIGURES.sub("\u00a0", element.text)
    if element.tail:
        element.tail = _FIGURES.sub("\u00a0", element.tail)


class _Parser(threading.local):
    """One parser a thread: building it costs as much as a page, and it can't be shared."""

    def __init__(self) -> None:
        self.markdown = Markdown(
            extensions=[TableExtension(use_align_attribute=True), FencedCodeExtension(), SmartyExtension(**_QUOTES)]
        )
        self.shaping = _Shaping(self.markdown)
        self.markdown.treeprocessors.register(self.shaping, "shaping", -1)


_parser = _Parser()


def _converted(text: str, headings: Headings | None) -> Html:
    if refusal := too_much(text):
        raise ValueError(refusal)
    _parser.shaping.headings = headings
    html = _parser.markdown.reset().convert(text)
    return Html(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=_address,
            url_schemes={"http", "https", "mailto", "lesson", "page"},
            link_rel=None,
        )
    )


def _address(tag: str, attribute: str, value: str) -> str | None:
    """The value an attribute may keep: links and pictures of ours get their address, foreign pictures none."""
    if (tag, attribute) == ("img", "src"):
        image = _IMAGE.fullmatch(value)
        return IMAGE_ADDRESS.format(image["name"]) if image else None
    if (tag, attribute) == ("a", "href") and (lesson := _LESSON.fullmatch(value)):
        return LESSON_ADDRESS.format(lesson["id"]) + (lesson["anchor"] or "")
    if (tag, attribute) == ("a", "href") and value.startswith("page:"):
        return PAGES.get(value.removeprefix("page:"))
    return value
