"""What an edited lesson has otherwise than a reader knows it, passage by passage, with what stood there before.

A passage is a paragraph, a heading, a list, a table: what stands on its own in the rendered text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import Enum
from functools import lru_cache

from course.lesson import Lesson, LessonBlock, Prose
from course.markup import Html, RenderedBlock, render, render_lesson

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?: [a-z-]+=\"[^\"]*\")*>")
_VOID = {"br", "hr", "img"}
_NOTHING = Html("")
_ALIKE = 0.4
"""Share of words that two passages have in common before one is called a new wording of the other."""
_MOST_PAIRS = 2_500
"""Comparisons made within one changed stretch; beyond, passages are paired in their order."""


class Mark(Enum):
    """What became of a passage. The value is how a page says it."""

    SAME = ""
    CHANGED = "Changed since you finished"
    NEW = "New since you finished"
    GONE = "Taken out since you finished"


@dataclass(frozen=True)
class Stretch:
    """One passage as it stands, "" if it was taken out, and as it stood before, "" if that is the same or nothing."""

    html: Html
    mark: Mark = Mark.SAME
    before: Html = _NOTHING


@dataclass(frozen=True)
class Revision:
    """A lesson beside its earlier version.

    `prose` holds the passages of each run of prose by its place among the blocks of the new text. `blocks` holds, by
    kind and id ("recall-polite-no"), what an example, a recall or the exercise was, None for a new one; what reads as
    it did is not in it. `claim` is the former claim, "" if it stands.
    """

    prose: Mapping[int, tuple[Stretch, ...]]
    blocks: Mapping[str, RenderedBlock | None] = field(default_factory=dict)
    claim: str = ""


@lru_cache(maxsize=128)
def revision(before: Lesson, after: Lesson) -> Revision:
    """What `after` has otherwise than `before`. Kept: many learners finished the same version."""
    return Revision(
        prose=prose_of(before, after),
        blocks=dict(blocks_of(before, after)),
        claim=before.claim if before.claim != after.claim else "",
    )


@lru_cache(maxsize=128)
def unrevised(lesson: Lesson) -> Revision:
    """A lesson of which no other version matters: its passages without a mark."""
    blocks = enumerate(render_lesson(lesson).blocks)
    return Revision({n: tuple(map(Stretch, passages(b.html["prose"]))) for n, b in blocks if b.kind == "prose"})


def prose_of(before: Lesson, after: Lesson) -> dict[int, tuple[Stretch, ...]]:
    """The passages of each run of prose, compared over the whole lesson: one that moved behind an example isn't new."""
    was = [passage for block in before.prose for passage in passages(render(block.markdown))]
    shown: list[Html] = []
    bare: list[Html] = []
    homes: list[int] = []
    for place, block in enumerate(render_lesson(after).blocks):
        if isinstance(block.block, Prose):
            shown += passages(block.html["prose"])
            # Without the ids of headings, which say nothing to a reader.
            bare += passages(render(block.block.markdown))
            homes += [place] * (len(shown) - len(homes))
    found: dict[int, list[Stretch]] = {home: [] for home in homes}
    for at, stretch in compared(was, bare, shown):
        if homes:
            found[homes[min(at, len(homes) - 1)]].append(stretch)
    return {home: tuple(stretches) for home, stretches in found.items()}


def blocks_of(before: Lesson, after: Lesson) -> Iterator[tuple[str, RenderedBlock | None]]:
    was = {name_of(rendered.block): rendered for rendered in render_lesson(before).blocks}
    # A lesson has one exercise, whatever it is called.
    was[name_of(after.exercise)] = was[name_of(before.exercise)]
    for block in after.blocks:
        old = was.get(name := name_of(block))
        if name and not (old and same(old.block, block)):
            yield name, old


def name_of(block: LessonBlock) -> str:
    """What a block is called in its page, such as "recall-polite-no"; prose has no name."""
    return "" if isinstance(block, Prose) else f"{block.kind}-{block.id}"


def same(one: LessonBlock, other: LessonBlock) -> bool:
    """Whether two blocks read the same, whatever they are called."""
    return one.model_dump(exclude={"id"}) == other.model_dump(exclude={"id"})


def passages(html: Html) -> list[Html]:
    """The elements that rendered Markdown is made of, each whole: what `course.markup` gives is well-formed."""
    depth = begun = 0
    found = []
    for tag in _TAG.finditer(html):
        if tag["name"] not in _VOID:
            depth += -1 if tag["end"] else 1
        if depth == 0:
            found.append(html[begun : tag.end()])
            begun = tag.end()
    found.append(html[begun:])
    return [Html(piece.strip()) for piece in found if piece.strip()]


def compared(was: Sequence[Html], bare: Sequence[Html], shown: Sequence[Html]) -> Iterator[tuple[int, Stretch]]:
    """Each passage with its mark and its place in the new text; `shown` is `bare` as the page has it."""
    for kind, i, i_end, j, j_end in SequenceMatcher(None, was, bare, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ((n, Stretch(shown[n])) for n in range(j, j_end))
        else:
            yield from rewritten(was[i:i_end], bare[j:j_end], at=j, shown=shown)


def rewritten(
    was: Sequence[Html], bare: Sequence[Html], *, at: int, shown: Sequence[Html]
) -> Iterator[tuple[int, Stretch]]:
    """A stretch in which every passage differs: which is a new wording of which, in their order."""
    told = 0
    for n, passage in enumerate(bare):
        match = next((m for m in range(told, len(was)) if alike(was[m], passage, (len(was), len(bare)))), None)
        if match is None:
            yield at + n, Stretch(shown[at + n], Mark.NEW)
            continue
        yield from ((at + n, Stretch(_NOTHING, Mark.GONE, gone)) for gone in was[told:match])
        yield at + n, Stretch(shown[at + n], Mark.CHANGED, was[match])
        told = match + 1
    last = max(0, at + len(bare) - 1)
    yield from ((last, Stretch(_NOTHING, Mark.GONE, gone)) for gone in was[told:])


def alike(one: Html, other: Html, of: tuple[int, int]) -> bool:
    """Whether one passage is the other in other words: the same kind of element, and enough words in common."""
    if one.partition(">")[0].partition(" ")[0] != other.partition(">")[0].partition(" ")[0]:
        return False
    if of == (1, 1) or of[0] * of[1] > _MOST_PAIRS:
        return True
    mine, theirs = set(_TAG.sub(" ", one).split()), set(_TAG.sub(" ", other).split())
    return len(mine & theirs) >= _ALIKE * max(1, min(len(mine), len(theirs)))
