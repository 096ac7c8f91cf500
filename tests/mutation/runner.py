"""Runs the tests once to learn which of them enter what, then for each mutant those that could notice it."""

import os
import pickle
import signal
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.living import Living, constants_of
from tests.mutation.mutants import Mutant, Place

# Seconds that a child may take: one that hangs has not been noticed by a test.
PATIENCE = 1200


class Runner:
    """A pytest plugin. Its process makes the databases and no more; what is learnt and each mutant live in children."""

    def __init__(self, tried: list[Mutant], out: Path) -> None:
        self.tried, self.out = tried, out
        self.survivors: list[Mutant] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        living = Living({mutant.path for mutant in self.tried})
        self.concerned = {mutant: places_of(living, mutant) for mutant in self.tried}
        # The databases are made in the parent, with one test, and the children go on with them.
        warm = next(item for item in session.items if "test_permissions.py" in item.nodeid)
        if fault := failure(warm, warm):
            pytest.exit(fault, returncode=2)
        forget_connections()
        self.session, self.warm = session, warm
        self.entered, self.took = self.learned(living)
        for number, mutant in enumerate(self.tried, 1):
            told = self.judged(living, mutant)
            self.survivors += [mutant] if told.startswith("SURVIVED") else []
            self.say(f"{number}/{len(self.tried)} {told} {mutant.name}")
        return True

    def say(self, line: str) -> None:
        with self.out.open("a") as out:
            out.write(line + "\n")

    def learned(self, living: Living) -> tuple[dict[Place, list[int]], dict[int, float]]:
        """Which tests enter which functions, and how many seconds each takes.

        Learnt by a child: what tests leave behind would hang those after it.
        """
        with tempfile.NamedTemporaryFile() as kept:
            if in_a_child(lambda: self.learn(living, Path(kept.name)), self.say):
                pytest.exit("A test fails before anything is taken away: mend that first.", returncode=2)
            found: tuple[dict[Place, list[int]], dict[int, float]] = pickle.loads(Path(kept.name).read_bytes())
        return found

    def learn(self, living: Living, kept: Path) -> int:
        """Run every test and keep which functions it entered; 1 if one fails."""
        now, entered, took = set[Place](), defaultdict[Place, list[int]](list), dict[int, float]()
        living.watch({place for places in self.concerned.values() for place in places}, now.add)
        began = time.perf_counter()
        for number, item, fault in self.run(range(len(self.session.items))):
            if fault:
                self.say(f"{item.nodeid} fails:\n{fault}")
                return 1
            took[number], began = time.perf_counter() - began, time.perf_counter()
            for place in now:
                entered[place].append(number)
            now.clear()
        kept.write_bytes(pickle.dumps((dict(entered), took)))
        return 0

    def judged(self, living: Living, mutant: Mutant) -> str:
        """Whether a test of those that enter it fails once the check is gone."""
        numbers = {number for place in self.concerned[mutant] for number in self.entered.get(place, ())}
        likeliest = sorted(numbers, key=lambda number: (self.far(mutant, number), self.took[number]))

        def live() -> int:
            living.change(mutant)
            return int(any(fault for _, _, fault in self.run(likeliest)))

        code = in_a_child(live, self.say)
        return f"{ {0: 'SURVIVED', 1: 'killed'}.get(code, f'SURVIVED ({code})') } of {len(numbers)}"

    def far(self, mutant: Mutant, number: int) -> bool:
        """Whether a test is of another folder than the mutant: those beside it notice soonest."""
        return mutant.path.parent.name != Path(self.session.items[number].path).parent.name

    def run(self, numbers: Sequence[int]) -> Iterator[tuple[int, Any, str]]:
        """Run these tests one after the other; each with what it says that fails."""
        items = [self.session.items[number] for number in numbers]
        if not items:
            return
        # What stood ready for the first of all makes room for what these need.
        self.session._setupstate.teardown_exact(items[0])
        for number, item, after in zip(numbers, items, [*items[1:], self.warm], strict=True):
            yield number, item, failure(item, after)


def places_of(living: Living, mutant: Mutant) -> list[Place]:
    """The functions through which a test meets the mutant."""
    return [mutant.function] if mutant.function else list(living.users_of(constants_of(mutant)))


def in_a_child(live: Callable[[], int], say: Callable[[str], None]) -> int:
    """What a forked process answers; 3 if it breaks off, which it says why."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            signal.alarm(PATIENCE)
            code = live()
        except BaseException:
            say(traceback.format_exc())
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def failure(item: Any, next_item: Any) -> str:
    """What a test says that fails; "" for one that passes."""
    reports = runtestprotocol(item, log=False, nextitem=next_item)
    return "\n".join(report.longreprtext or "failed" for report in reports if report.failed)


def forget_connections() -> None:
    """A child must not inherit an open database."""
    from app.db import db

    for engines in list(db._app_engines.values()):
        for engine in engines.values():
            engine.dispose()
