"""A learner's calendar: what keeps its identity through changes, and what is taken out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from course.diary import Happening, Since, Version, opening, promised
from course.library import load
from tests.test_house import ROOT

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DUE = date(2026, 12, 1)


def version(id: int = 1, **given: Any) -> Version:
    facts = {"text": f"wording {id}", "due": DUE, "settled": False, "stands": True, "sequence": 0, "changed": NOON}
    return Version(id=id, **{**facts, **given})


def shown(*versions: Version, words: bool = True) -> list[Happening]:
    return list(promised(versions, uid="p-{}", words=words))


def test_a_promise_stands_on_its_day_in_words_only_if_they_are_wanted() -> None:
    assert [(each.uid, each.summary, each.begins, each.cancelled) for each in shown(version())] == [
        ("p-1", "wording 1", DUE, False)
    ]
    assert [each.summary for each in shown(version(), words=False)] == ["A promise is due"]


def test_a_corrected_promise_keeps_its_identity_and_its_sequence_grows() -> None:
    first, second = version(1, stands=False, sequence=1), version(2, before=1, due=date(2026, 12, 5))
    third = version(3, before=2, changed=NOON + timedelta(days=1))
    (one,) = shown(version(1, sequence=1))
    (two,) = shown(first, second)
    (three,) = shown(first, version(2, before=1, stands=False), third)
    assert [each.uid for each in (one, two, three)] == ["p-1"] * 3
    assert [each.sequence for each in (one, two, three)] == [1, 2, 3]
    assert (two.begins, three.begins, three.changed) == (date(2026, 12, 5), DUE, NOON + timedelta(days=1))


def test_what_was_settled_or_taken_back_is_cancelled() -> None:
    kept, gone, stands = shown(version(1, settled=True, sequence=1), version(2, stands=False), version(3))
    assert [each.cancelled for each in (kept, gone, stands)] == [True, True, False]
    assert gone.sequence == 1


def test_a_module_opens_as_one_and_a_lesson_with_a_day_of_its_own_apart() -> None:
    library = load(ROOT / "lessons")
    module = library.modules[1]
    days = {lesson.id: date(2026, 12, 1) for lesson in module.lessons}
    late = module.lessons[-1]
    since = Since(uid="c-{}", sequence=4, changed=NOON)
    (whole,) = opening(library, days, since)
    assert (whole.uid, whole.begins, whole.sequence) == (f"c-{module.folder}", date(2026, 12, 1), 4)
    both = list(opening(library, {**days, late.id: date(2026, 12, 9)}, since))
    assert [(each.uid, each.begins) for each in both] == [
        (f"c-{module.folder}", date(2026, 12, 1)),
        (f"c-{late.id}", date(2026, 12, 9)),
    ]
