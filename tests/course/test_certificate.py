"""The rule of the certificate on its boundaries: one short of each threshold is short, and said in a sentence."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from course import certificate
from course.certificate import CONNECTING, CONVERSATIONS, Merits, ModuleMerit, merits, modules_needed, rule
from course.progress import Mastery
from course.share import Share

MASTERED = Mastery(Share(8, 10), practised=True)


def module(number: int = 1, *, read: int = 3, mastery: Mastery = MASTERED) -> ModuleMerit:
    return ModuleMerit(number, f"Module {number}", read=read, of=3, mastery=mastery)


def earned(proven: int = 8, of: int = 9) -> Merits:
    """Exactly what is asked for."""
    modules = (module(number + 1, read=3 if number < proven else 2) for number in range(of))
    return Merits(tuple(modules), CONVERSATIONS, CONNECTING)


def test_exactly_what_is_asked_for_earns_it_and_nothing_is_missing() -> None:
    assert earned().earned
    assert earned().missing == ()


@pytest.mark.parametrize(
    ("short", "said"),
    [
        (earned(proven=7), "Seven of nine modules are read to the end and mastered; eight must be."),
        (earned(proven=0), "None of nine modules is read to the end and mastered; eight must be."),
        (
            replace(earned(), conversations=CONVERSATIONS - 1),
            "19 conversations logged since the course began; 20 are needed.",
        ),
        (replace(earned(), connecting=CONNECTING - 1), "Four of the conversations connect; five must."),
        (replace(earned(), connecting=1), "One of the conversations connects; five must."),
        (replace(earned(), connecting=0), "None of the conversations connects; five must."),
    ],
)
def test_one_short_is_short_and_said_in_one_sentence(short: Merits, said: str) -> None:
    assert not short.earned
    assert short.missing == (said,)
    assert short.to_go


def test_what_is_to_go_is_counted_modules_first() -> None:
    assert earned().to_go == ""
    assert earned(proven=7).to_go == "one module"
    assert replace(earned(proven=6), conversations=19).to_go == "two modules"
    assert replace(earned(), conversations=19).to_go == "one conversation"
    assert replace(earned(), connecting=3).to_go == "two connecting conversations"


def test_whoever_has_nothing_reads_all_three() -> None:
    nothing = Merits((module(read=0),), 0, 0)
    assert [line.partition(" ")[0] for line in nothing.missing] == ["None", "No", "None"]


@pytest.mark.parametrize(("count", "needed"), [(0, 0), (1, 1), (4, 4), (5, 4), (6, 5), (9, 8), (10, 8), (11, 9)])
def test_four_fifths_of_the_modules_are_rounded_up(count: int, needed: int) -> None:
    assert modules_needed(count) == needed


def test_without_readable_lessons_nobody_earns_it() -> None:
    assert Merits((), 100, 100).missing == (
        "The lessons can’t be read at the moment, so nothing can be said of the modules.",
    )


def test_a_module_counts_once_it_is_read_recalled_and_practised() -> None:
    assert module().proven
    assert module().missing == ""
    assert module(read=2).missing == "One lesson to finish."
    assert module(mastery=Mastery(Share(7, 10), practised=True)).missing == "Seven of ten recall questions right."
    assert module(mastery=Mastery(Share(8, 10), practised=False)).missing == "No entry in the field yet."
    everything = module(read=0, mastery=Mastery(Share(0, 10), practised=False))
    assert (
        everything.missing == "Three lessons to finish, none of ten recall questions right, no entry in the field yet."
    )
    assert not ModuleMerit(1, "Empty", read=0, of=0, mastery=MASTERED).proven


def course_of(*lessons: str) -> Any:
    made = [SimpleNamespace(id=id, recalls=[SimpleNamespace(id="a"), SimpleNamespace(id="b")]) for id in lessons]
    return SimpleNamespace(number=1, title="The façade", lessons=tuple(made))


def test_merits_are_read_from_the_same_facts_as_the_course_page() -> None:
    right = {("one", "a"), ("one", "b"), ("two", "a"), ("two", "b"), ("elsewhere", "a")}
    facts: dict[str, Any] = {"right": right, "practised": {"two"}, "log": Share(3, 7)}
    found = merits([course_of("one", "two")], finished={"one", "two"}, **facts)
    assert (found.conversations, found.connecting, len(found.proven)) == (7, 3, 1)
    assert not merits([course_of("one", "two")], finished={"one"}, **facts).proven
    assert not merits([course_of("one", "two")], finished={"one", "two"}, **{**facts, "practised": set()}).proven


def test_the_rule_in_words_names_the_thresholds_that_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "At least eight of nine modules" in rule(9)
    assert "At least 20 conversations" in rule(9)
    assert "five or more of them connecting" in rule(9)
    monkeypatch.setattr(certificate, "CONVERSATIONS", 30)
    assert "At least 30 conversations" in rule(9)


def test_more_connecting_than_conversations_is_refused() -> None:
    with pytest.raises(ValueError, match="not a share"):
        Merits((), 1, 2)
