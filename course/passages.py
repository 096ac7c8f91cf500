"""The course as passages: what a search finds, in plain words, each with the place in its page where it stands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from course.glossary import Term
from course.lesson import Example, Exercise, Lesson, LessonBlock, Prose, Recall
from course.markup import RenderedBlock, render_lesson
from course.search import words_of

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_WITHIN_A_LINE = {"a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "q", "s", "small", "strong", "sub"}


@dataclass(frozen=True)
class Passage:
    """What stands under one heading, as plain text on one line.

    `anchor` is its place in the page, "" the top; `heading` is the lesson's title where nothing nearer is, and "" for a
    recall question, which has none.
    """

    anchor: str
    heading: str
    text: str


def passages_of(lesson: Lesson) -> tuple[Passage, ...]:
    """Everything of a lesson that may be found, in its order. Answers are not: finding one would spoil its question."""
    parts = [passage for block in render_lesson(lesson).blocks for passage in _passages(block)]
    opening = parts.pop(0).text if parts and not parts[0].anchor else ""
    found = [Passage("", lesson.title, f"{opening} {lesson.claim}".strip())]
    for part in parts:
        # Prose without a heading of its own, such as the last line, stands where what comes before it does.
        found.append(part if part.anchor else Passage(found[-1].anchor, lesson.title, part.text))
    return tuple(found)


def passage_of(term: Term) -> Passage:
    """A term of the glossary, to be found by its word and its meaning."""
    return Passage(term.anchor, term.word, term.meaning)


@lru_cache(maxsize=4)
def vocabulary(lessons: tuple[Lesson, ...], terms: tuple[Term, ...]) -> Mapping[str, int]:
    """Every word that a search can find, and how often it stands there, from the texts as written."""
    counts: Counter[str] = Counter()
    for text in (*_texts(lessons), *(text for term in terms for text in (term.word, term.meaning))):
        counts.update(words_of(text))
    return counts


def _texts(lessons: Iterable[Lesson]) -> Iterator[str]:
    for lesson in lessons:
        yield from (lesson.title, lesson.claim)
        for block in lesson.blocks:
            yield from _written(block)


def _written(block: LessonBlock) -> tuple[str, ...]:
    """The texts of a block that may be found, in Markdown."""
    match block:
        case Prose():
            return (block.markdown,)
        case Recall():
            return (block.ask,)
        case Exercise():
            return (block.title, block.task, block.log, block.good)
        case Example():
            versions = (text for version in block.versions for text in (version.label, version.text, version.reason))
            return (block.title, *versions)


def _passages(rendered: RenderedBlock) -> list[Passage]:
    block, html = rendered.block, rendered.html
    match block:
        case Prose():
            return _sections(html["prose"])
        case Recall():
            return [Passage(f"recall-{block.id}", "", _plain(html["ask"]))]
        case Exercise():
            return [Passage(f"exercise-{block.id}", block.title, _plain(html["task"], html["log"], html["good"]))]
        case Example():
            texts = (text for version in rendered.versions for text in (version.label, version.text, version.reason))
            return [Passage(f"example-{block.id}", block.title, _plain(*texts))]


def _sections(html: str) -> list[Passage]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [
        Passage(anchor, _one_line(heading), text) for anchor, heading, body in reader.parts if (text := _one_line(body))
    ]


def _plain(*html: str) -> str:
    return " ".join(passage.text for part in html for passage in _sections(part))


def _one_line(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())


class _Reader(HTMLParser):
    """Cuts HTML at its headings. Each part: the heading's id, its words, the words below it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self.parts.append((dict(attrs).get("id") or "", [], []))
            self.in_heading = True
        elif tag not in _WITHIN_A_LINE:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.in_heading = False
        elif tag not in _WITHIN_A_LINE:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        _, heading, body = self.parts[-1]
        (heading if self.in_heading else body).append(data)
