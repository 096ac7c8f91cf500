"""The library: a folder of lessons in their order, and every fault in it.

A running course must not stop for a slip of the pen. A file that can't be parsed is served as it last could be, if the
caller kept that text; otherwise its lesson isn't listed. The faults tell in either case.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from course import assessment as assessments
from course import glossary as glossaries
from course import lesson as lessons
from course import outline as outlines
from course import source as files
from course.assessment import CONSTRUCTS, SelfAssessment
from course.catalogue import LESSON_FILE
from course.catalogue import Library as Library  # what loading gives
from course.catalogue import Module as Module
from course.fault import Fault, Faults, in_order
from course.glossary import Glossary
from course.lesson import Lesson
from course.outline import ModuleOutline, Outline
from course.proofreading import proofread
from course.references import Surroundings, places_of
from course.tables import line_of

IMAGES = "img"
LONGEST_PATH = 200
"""Characters of a lesson's path that can be kept with what was published."""

FORMER = "former"
"""Where `sources` keeps the text of lessons that were taken away. No folder of that name exists."""

_CLAIMED_ID = re.compile(r"^id\s*=\s*[\"'](?P<id>[^\"'\n]+)[\"']", re.M)

Value = TypeVar("Value")


def load(folder: Path, *, last_good: Mapping[str, str] | None = None) -> Library:
    """The library in `folder`. Never raises for what the files hold; paths in faults are relative to `folder`.

    `last_good` is the `sources` of an earlier load: served for a file that no longer parses, and where the ids that
    vanished are known from.
    """
    return _Loading(folder, last_good or {}).library()


def check(folder: Path, *, last_good: Mapping[str, str] | None = None) -> list[Fault]:
    """Every fault of the library in `folder`, by file and line, the paths as seen from where the folder is.

    Ids that vanished are found only with `last_good`, the `sources` of an earlier load: a folder alone can't miss any.
    """
    faults = load(folder, last_good=last_good).faults
    return [replace(fault, path=(folder / fault.path).as_posix()) for fault in faults]


class _Loading:
    """One pass over the folder, gathering what is served and what is wrong."""

    def __init__(self, folder: Path, last_good: Mapping[str, str]) -> None:
        self.folder = folder
        self.last_good = last_good
        self.faults: list[Fault] = []
        self.stale: list[str] = []
        self.sources: dict[str, str] = {}
        self.broken_ids: set[str] = set()

    def library(self) -> Library:
        outline = self._read(outlines.FILE, partial(outlines.parse, path=outlines.FILE))
        assessment = self._read(assessments.FILE, partial(assessments.parse, path=assessments.FILE))
        if outline is None:
            return Library(assessment=assessment, faults=in_order(self.faults), sources=self.sources)
        modules = self._modules(outline)
        present = {lesson.id: lesson for module in modules for lesson in module.lessons}
        former = self._former(present)
        self._check_ids(outline, present, former)
        self._proofread(present.values(), assessment)
        glossary = self._glossary(present)
        return Library(
            title=outline.title,
            promise=outline.promise,
            modules=modules,
            assessment=assessment,
            glossary=glossary,
            free_id=outline.free,
            retired=outline.retired,
            former=former,
            faults=in_order(self.faults),
            stale=tuple(self.stale),
            sources=self.sources,
        )

    def _read(self, path: str, parse: Callable[[str], Value | Faults]) -> Value | None:
        """What a file holds, or what it held when it was last good; its faults are kept."""
        text, claimed = files.read(self.folder / path, path=path), set[str]()
        if isinstance(text, str):
            read = parse(text)
            if not isinstance(read, tuple):
                self.sources[path] = text
                return read
            self.faults.extend(read)
            claimed = {found["id"] for found in _CLAIMED_ID.finditer(text)}
            self.broken_ids |= claimed
        else:
            self.faults.append(text)
        return self._last_good(path, parse, claimed)

    def _last_good(self, path: str, parse: Callable[[str], Value | Faults], claimed: set[str]) -> Value | None:
        """What the file held before; if it was renamed and broken at once, what it held under its old name."""
        for kept in (self.last_good.get(path), *self._moved(claimed)):
            read = None if kept is None else parse(kept)
            if kept is None or read is None or isinstance(read, tuple):
                continue
            if isinstance(read, Lesson) and claimed and read.id not in claimed:
                continue  # another lesson stood here
            self.sources[path] = kept
            self.stale.append(path)
            return read
        return None

    def _moved(self, claimed: set[str]) -> Iterator[str]:
        """Texts known from files that are gone, of lessons whose id a broken file has."""
        for path, text in self.last_good.items():
            if claimed and not (self.folder / path).exists() and claimed & set(_CLAIMED_ID.findall(text)):
                yield text

    def _glossary(self, present: Iterable[str]) -> Glossary | None:
        """The words that are explained. A course may have none; one that had some doesn't lose them in silence."""
        path = glossaries.FILE
        if not (self.folder / path).exists() and path not in self.last_good:
            return None
        glossary = self._read(path, glossaries.parse)
        if glossary and path not in self.stale:
            self.faults += glossaries.proofread(glossary, self.sources[path], {*present, *self.broken_ids})
        return glossary

    def _modules(self, outline: Outline) -> tuple[Module, ...]:
        taken: dict[str, str] = {}
        modules = []
        for number, module in enumerate(outline.modules, 1):
            read = [lesson for path in self._paths(module, number) if (lesson := self._lesson(path))]
            kept = tuple(lesson for lesson in read if self._is_first(lesson, taken))
            modules.append(Module(number, module.folder, module.title, module.promise, kept))
        self._unlisted_folders({module.folder for module in outline.modules})
        return tuple(modules)

    def _lesson(self, path: str) -> Lesson | None:
        return self._read(path, partial(lessons.parse, path=path))

    def _paths(self, module: ModuleOutline, number: int) -> list[str]:
        """The lesson files of a module in their order, also those only known from their last good text."""
        folder = self.folder / module.folder
        if not folder.is_dir():
            what = f"the folder `{module.folder}` isn't there; create it or take the module out"
            self._fault_in_outline(("module", number - 1, "folder"), what)
            return []
        names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
        for name in names:
            if not LESSON_FILE.fullmatch(name):
                what = "a lesson's file is named like 02-follow-the-money.md; rename this one or move it away"
                self.faults.append(Fault(_printable(f"{module.folder}/{name}"), 1, what))
        good = [name for name in names if LESSON_FILE.fullmatch(name)]
        for name in good:
            if len(f"{module.folder}/{name}") > LONGEST_PATH:
                what = f"folder and file have more than {LONGEST_PATH} characters together; shorten one"
                self.faults.append(Fault(f"{module.folder}/{name}", 1, what))
        for earlier, name in pairwise(good):
            if earlier[:2] == name[:2]:
                what = f"the number {name[:2]} is taken by {earlier}; choose another"
                self.faults.append(Fault(f"{module.folder}/{name}", 1, what))
        return [f"{module.folder}/{name}" for name in good]

    def _is_first(self, lesson: Lesson, taken: dict[str, str]) -> bool:
        if taken.setdefault(lesson.id, lesson.path) == lesson.path:
            return True
        what = f"the id `{lesson.id}` is taken by {taken[lesson.id]}; choose another"
        self.faults.append(Fault(lesson.path, line_of(lesson.source, ("id",)) or 1, what))
        self.sources.pop(lesson.path, None)
        return False

    def _unlisted_folders(self, listed: set[str]) -> None:
        folders = [entry.name for entry in self.folder.iterdir() if entry.is_dir()] if self.folder.is_dir() else []
        for name in sorted(folders):
            if name not in {*listed, IMAGES} and not name.startswith("."):
                what = f"the folder `{_printable(name)}` is no module of the course; list it here or move it away"
                self._fault_in_outline((), what)

    def _former(self, present: Mapping[str, Lesson]) -> tuple[Lesson, ...]:
        """Lessons known from last time whose id is nowhere now. Their text is kept, apart from the files there are."""
        changed = {path: text for path, text in self.last_good.items() if self.sources.get(path) != text}
        read = [lessons.parse(text, path=path) for path, text in sorted(changed.items()) if path.endswith(".md")]
        gone = {lesson.id: lesson for lesson in read if isinstance(lesson, Lesson) and lesson.id not in present}
        former = [replace(lesson, path=f"{FORMER}/{lesson.id}.md") for lesson in gone.values()]
        self.sources.update({lesson.path: lesson.source for lesson in former})
        return tuple(former)

    def _check_ids(self, outline: Outline, present: Mapping[str, Lesson], former: Iterable[Lesson]) -> None:
        for lesson_id in outline.retired:
            if lesson_id in present:
                what = f"`{lesson_id}` is retired, yet {present[lesson_id].path} has it; give that lesson a new id"
                self._fault_in_outline(("retired",), what)
        for lesson in former:
            if lesson.id not in outline.retired and lesson.id not in self.broken_ids:
                what = f"the lesson `{lesson.id}` has vanished; bring it back or add its id to `retired`"
                self._fault_in_outline(("retired",), what)

        if outline.free and outline.free not in {*present, *self.broken_ids}:
            what = f"the free lesson `{outline.free}` isn't there; correct the id"
            self._fault_in_outline(("free",), what)

    def _fault_in_outline(self, steps: tuple[str | int, ...], what: str) -> None:
        line = line_of(self.sources[outlines.FILE], steps) or 1
        self.faults.append(Fault(outlines.FILE, line, what))

    def _proofread(self, present: Iterable[Lesson], assessment: SelfAssessment | None) -> None:
        """The lapses of every lesson that is served as it stands on disk."""
        read = list(present)
        by_id = {lesson.id: lesson for lesson in read}
        images = self.folder / IMAGES
        around = Surroundings(
            # A lesson that can't be read has a fault of its own; links to it are no further ones.
            lesson_ids={lesson.id for lesson in read} | self.broken_ids,
            images={image.name for image in images.iterdir()} if images.is_dir() else set(),
            constructs={construct.id for construct in assessment.constructs} if assessment else CONSTRUCTS,
            places=lambda lesson_id: places_of(by_id[lesson_id]) if lesson_id in by_id else None,
        )
        for lesson in read:
            if lesson.path not in self.stale:
                self.faults.extend(proofread(lesson, around))


def _printable(name: str) -> str:
    """A file's name that any output can take: bytes that are no UTF-8 are spelt out."""
    return name.encode("utf-8", "backslashreplace").decode()
