"""The check meets whatever a folder may hold: each fault by file and line, with how to mend it, and counted."""

import time
from pathlib import Path

import pytest

from course.__main__ import main
from tests.course.lesson_files import (
    EXAMPLE,
    EXERCISE,
    front_matter,
    lesson_text,
    library_folder,
    outline_text,
    prose,
    recall,
    write,
)

ALPHA = "01-one/01-alpha.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library_folder(tmp_path / "lessons")


def said(folder, capsys) -> tuple[int, list[str], str]:
    """What the check ends with, the faults it names, and its last line."""
    status = main(["check", str(folder)])
    printed = capsys.readouterr()
    return status, printed.err.splitlines(), printed.out.strip()


def with_prose(words: str) -> str:
    return lesson_text("alpha", text=f"{prose()}\n{words}\n")


HOSTILE = {
    "bad TOML": (lesson_text("alpha").replace("minutes = 7", "minutes = seven"), 7, "this isn't TOML"),
    "unknown key": (lesson_text("alpha").replace("minutes = 7", "minutes = 7\nauthor = 1"), 8, "`author` isn't known"),
    "missing key": (lesson_text("alpha").replace("minutes = 7\n", ""), 1, "`minutes` is missing; add it"),
    "recall without answer": (
        lesson_text("alpha", recalls=recall("first") + recall("second").replace('answer = "Contacting."\n', "")),
        50,
        "the key `answer` is missing; add it",
    ),
    "recall with an empty answer": (
        lesson_text("alpha", recalls=recall("first") + recall("second").replace('"Contacting."', '" "')),
        53,
        "`answer` is empty; write it",
    ),
    "block never closed": (
        lesson_text("alpha", recalls=recall("first") + recall("second").removesuffix("```\n")),
        50,
        "this fence isn't closed; end its block",
    ),
    "block id used twice": (lesson_text("alpha", recalls=recall("first") * 2), 50, "`first` is taken by the block on"),
    "too short": (lesson_text("alpha", text=prose(300)), 1, "have 328 words; bring them to 700 to 1100"),
    "too long": (lesson_text("alpha", text=prose(1300)), 1, "have 1328 words; bring them to"),
    "minutes": (lesson_text("alpha").replace("minutes = 7", "minutes = 30"), 7, "take 5.8; write 6"),
    "heading left out": (with_prose("#### Deep"), 17, "jumps from level 2 to 4; don't leave one out"),
    "dead link": (with_prose("[x](lesson:nowhere)"), 17, "`nowhere`, which isn't there; correct the id"),
    "dead place": (with_prose("[x](lesson:beta#nowhere)"), 17, "has no place `#nowhere`; leave it out"),
    "missing image": (with_prose("![Two](img/none.svg)"), 17, "isn't there; put it into img/"),
    "image without words": (
        with_prose("![](img/there.svg)"),
        17,
        "has no words for those who can't see it; write them",
    ),
    "image from elsewhere": (
        with_prose("![Two](https://example.org/a.png)"),
        17,
        "comes from elsewhere and won't be shown",
    ),
    "script": (with_prose("<script>alert(1)</script>"), 17, "`<script>` is taken out"),
    "event": (with_prose("<b onclick='x()'>b</b>"), 17, "`<b>` is shown without what stands beside its name"),
    "unlisted source": (with_prose("So it is (Burt, 2002)."), 17, "`Burt, 2002` is cited and no source names it"),
    "sum": (lesson_text("alpha", example=EXAMPLE.replace("7 of 10", "9 of 10")), 17, "add up to 7; mend one"),
    "no exercise": (lesson_text("alpha", exercise=""), 1, "exactly one exercise, this one has 0"),
    "no plan": (lesson_text("alpha", exercise=EXERCISE.replace(", then I", ", I")), 34, "write `If …, then I …`"),
    "empty": ("", 1, "the file is empty; write it or remove it"),
    "half UTF-8": (
        lesson_text("alpha").encode()[:300] + b"\xc3\x28" + b"\xff" * 9,
        15,
        "isn't UTF-8; save the file as UTF-8",
    ),
    "5 MB": (b"a" * 5_000_000, 1, "the file is larger than 400 kB; split it"),
    "deep TOML": (
        lesson_text("alpha").replace("minutes = 7", "x = " + "[" * 5_000),
        2,
        "nested too deeply; write it flat",
    ),
    "deep key": (
        lesson_text("alpha").replace("minutes = 7", "a." * 20_000 + "b = 1"),
        2,
        "nested too deeply; write it flat",
    ),
    "brackets": (with_prose("[" * 5_000), 11, "more than 50 brackets are open at once; close them"),
    "id in use": (lesson_text("beta"), 2, "the id `beta` is taken by 01-one/01-alpha.md; choose another"),
    "id too long": (lesson_text("a" * 65), 2, "`id` is longer than 64 characters; shorten it"),
    "id with blanks": (lesson_text("my lesson"), 2, "`id` must be small letters, digits and single hyphens"),
    "id of another page": (lesson_text("glossary"), 2, "another page has the address of `glossary`"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_fault_has_its_line_says_how_to_mend_it_and_is_counted(folder, capsys, name):
    text, line, words = HOSTILE[name]
    write(folder, "img/there.svg", "<svg/>")
    write(folder, ALPHA, text)
    begun = time.process_time()
    status, faults, counted = said(folder, capsys)
    assert time.process_time() - begun < 3
    assert status == 1
    path = "01-one/02-beta.md" if name == "id in use" else ALPHA
    assert any(fault.startswith(f"{folder}/{path}:{line}: ") and words in fault for fault in faults), faults
    assert counted == f"3 lessons, {len(faults)} fault{'' if len(faults) == 1 else 's'}"


def test_a_folder_of_everything_at_once_is_told_in_one_go(folder, capsys):
    for number, (text, _, _) in enumerate(HOSTILE.values(), 10):
        write(folder, f"02-two/{number}-hostile.md", text)
    write(folder, "course.toml", outline_text("02-two", "03-none", retired=("gamma",)))
    status, faults, counted = said(folder, capsys)
    assert status == 1
    assert len({fault.split(":")[0] for fault in faults}) >= len(HOSTILE)
    assert counted == f"{3 + len(HOSTILE)} lessons, {len(faults)} faults"
    assert all(fault.count(";") for fault in faults if "must be" not in fault), "each says how to mend it"


def test_lessons_without_a_fault_end_with_0(folder, capsys):
    write(folder, ALPHA, lesson_text("alpha", head=front_matter("alpha")))
    assert said(folder, capsys) == (0, [], "3 lessons, no faults")
