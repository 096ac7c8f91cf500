"""One request is worked on at a time, none waits behind one that takes long, and none is forgotten."""

import random
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from app import dispatcher
from app.dispatcher import InTurn

SOON = 10.0


class Task:
    """A request that does what it is given, and says that it has begun and ended."""

    def __init__(self, work: Callable[[], object] = lambda: None) -> None:
        self.work = work
        self.began, self.ended = threading.Event(), threading.Event()

    def service(self) -> None:
        self.began.set()
        try:
            self.work()
        finally:
            self.ended.set()

    def cancel(self) -> None:
        self.ended.set()


@pytest.fixture
def threads() -> Iterator[Callable[..., InTurn]]:
    made = []

    def of(count: int = 4) -> InTurn:
        made.append(InTurn())
        made[-1].set_thread_count(count)
        return made[-1]

    yield of
    for each in made:
        assert each.shutdown(timeout=SOON)
        assert not each.threads


@pytest.fixture
def never_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatcher, "LONG", 3600.0)


def test_one_is_worked_on_at_a_time(never_long: None, threads: Callable[..., InTurn]) -> None:
    working, together = threading.Lock(), []

    def work() -> None:
        together.append(not working.acquire(blocking=False))
        # Whoever could begin now would find it taken.
        time.sleep(0)
        working.release()

    turns, tasks = threads(), [Task(work) for _ in range(300)]
    for each in tasks:
        turns.add_task(each)
    assert all(each.ended.wait(SOON) for each in tasks)
    assert not any(together)


def test_who_comes_after_one_that_takes_long_is_answered_beside_it(threads: Callable[..., InTurn]) -> None:
    turns, go_on = threads(), threading.Event()
    long, quick = Task(lambda: go_on.wait(SOON)), [Task() for _ in range(20)]
    turns.add_task(long)
    for each in quick:
        turns.add_task(each)
    assert all(each.ended.wait(SOON) for each in quick)
    assert not long.ended.is_set()
    go_on.set()
    assert long.ended.wait(SOON)


def test_while_one_takes_long_the_others_do_not_wait_for_that_each_time(
    monkeypatch: pytest.MonkeyPatch, threads: Callable[..., InTurn]
) -> None:
    monkeypatch.setattr(dispatcher, "LONG", 0.3)
    turns, go_on = threads(), threading.Event()
    turns.add_task(Task(lambda: go_on.wait(SOON)))
    first = Task()
    turns.add_task(first)
    assert first.ended.wait(SOON)
    began = time.monotonic()
    for _ in range(20):
        each = Task()
        turns.add_task(each)
        assert each.ended.wait(SOON)
    assert time.monotonic() - began < 20 * 0.3
    go_on.set()


def test_all_threads_may_be_held_up_and_go_on_when_they_are_not(threads: Callable[..., InTurn]) -> None:
    turns, go_on = threads(), threading.Event()
    held = [Task(lambda: go_on.wait(SOON)) for _ in range(4)]
    behind = Task()
    for each in (*held, behind):
        turns.add_task(each)
    assert all(each.began.wait(SOON) for each in held)
    assert not behind.began.is_set()
    go_on.set()
    assert behind.ended.wait(SOON)


def test_a_fault_ends_no_thread(threads: Callable[..., InTurn], caplog: pytest.LogCaptureFixture) -> None:
    turns = threads(count=1)
    turns.add_task(Task(lambda: 1 / 0))
    after = Task()
    turns.add_task(after)
    assert after.ended.wait(SOON)
    assert "could not be answered" in caplog.text


def test_none_of_thousands_is_forgotten(monkeypatch: pytest.MonkeyPatch, threads: Callable[..., InTurn]) -> None:
    monkeypatch.setattr(dispatcher, "LONG", 0.002)
    turns, dice = threads(), random.Random(3)
    naps = [dice.choice((0, 0, 0, 0.0005, 0.004)) for _ in range(3000)]
    tasks = [Task(lambda nap=nap: time.sleep(nap)) for nap in naps]  # type: ignore[misc]
    for each in tasks:
        if dice.random() < 0.01:
            time.sleep(0.003)
        turns.add_task(each)
    assert all(each.ended.wait(SOON) for each in tasks)


def test_what_nobody_has_begun_is_cancelled_at_the_end(never_long: None) -> None:
    turns, go_on = InTurn(), threading.Event()
    turns.set_thread_count(2)
    under_way, waiting = Task(lambda: go_on.wait(SOON)), Task()
    turns.add_task(under_way)
    assert under_way.began.wait(SOON)
    turns.add_task(waiting)
    turns.shutdown(timeout=0.1)
    assert waiting.ended.is_set()
    assert not waiting.began.is_set()
    go_on.set()
