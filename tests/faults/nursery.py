"""Processes that are born quickly, to be killed: servers and migrators.

To import the application takes longer than to kill it. So one process imports it, opens nothing, and forks a child for
each life that is asked for: a process of its own, with its own connections, that serves as `flask serve` does.

Run as a program it reads one JSON object a line and answers each with one.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


QUESTIONS = ("SELECT", "PRAGMA", "SHOW", "SET", "BEGIN")


class Nursery:
    """The process that has imported the application; used from a test, by one thread at a time."""

    def __init__(self, said: Path) -> None:
        """`said` is the file that takes what the children log."""
        # A library's threads don't outlive a fork.
        alone = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        with said.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.nursery"],
                cwd=ROOT,
                env={**os.environ, **alone},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def ask(self, **wish: Any) -> int:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(wish) + "\n")
        self.process.stdin.flush()
        return int(json.loads(self.process.stdout.readline()))

    def serve(self, *, port: int, environment: dict[str, str]) -> int:
        """Begin to serve; the process's id."""
        return self.ask(do="serve", port=port, environment=environment)

    def migrate(self, *, to: str, environment: dict[str, str], die_at: int = 0) -> int:
        """Migrate, and be killed in place of the `die_at`-th statement. The exit code; -9 where it was killed."""
        return self.ask(do="migrate", to=to, die_at=die_at, environment=environment)

    def end(self, pid: int, number: int = signal.SIGKILL) -> int:
        """Send a signal and wait for the end; the exit code, -9 where it was killed."""
        return self.ask(do="end", pid=pid, number=int(number))

    def close(self) -> None:
        """Kill whatever still lives, and go."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def born(life: Callable[[], None], environment: dict[str, str]) -> int:
    """Fork a child that lives this life."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        # Whatever it forks in turn is killed with it.
        os.setpgid(0, 0)
        # The answers on the standard output are the parent's alone.
        os.dup2(2, 1)
        os.environ.update(environment)
        life()
        code = 0
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        os._exit(code)


def serve(port: int) -> None:
    from app import create_app
    from app.server import run

    run(create_app(), host="127.0.0.1", port=port)


def migrate(to: str, die_at: int) -> None:
    """One migrator. Killed just before the statement is sent: all before it were, and nothing after it.

    One past the last statement it is killed before it commits. What only asks is not counted: it changes nothing.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    from app import create_app
    from app.schema import migrate as upgrade

    sent = 0

    def count(_connection: Any, _cursor: Any = None, statement: str = "COMMIT", *_: Any) -> None:
        nonlocal sent
        sent += not statement.lstrip().upper().startswith(QUESTIONS)
        if 0 < die_at <= sent:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    with create_app().app_context():
        upgrade(to=to)


def ended(pid: int) -> int:
    """The exit code of the child, once everybody whom it had forked has ended, too."""
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-pid, 0)
    return code


def inherit_orphans() -> None:
    """Become the parent of those whose parent is killed, so that their end can be waited for."""
    become_subreaper = 36
    ctypes.CDLL(None).prctl(become_subreaper, 1, 0, 0, 0)


def send(pid: int, number: int) -> None:
    """SIGKILL to all that the child is; anything else to the child, which sees to the others."""
    (os.killpg if number == signal.SIGKILL else os.kill)(pid, number)


def answer(wish: dict[str, Any], alive: set[int]) -> int:
    if wish["do"] == "end":
        send(wish["pid"], wish["number"])
        alive.discard(wish["pid"])
        return ended(wish["pid"])
    if wish["do"] == "serve":
        pid = born(lambda: serve(wish["port"]), wish["environment"])
        alive.add(pid)
        return pid
    return ended(born(lambda: migrate(wish["to"], wish["die_at"]), wish["environment"]))


def main() -> None:
    # What every life needs, once; nothing of it opens a connection or starts a thread.
    import alembic.command
    import alembic.config
    import alembic.runtime.migration  # noqa: F401
    import psycopg  # noqa: F401

    import app.server  # noqa: F401
    from course.library import load

    # What was read of the lessons once is kept, and inherited: to read them anew takes longer than all else at a start.
    load(ROOT / "lessons", last_good={})
    alive = set[int]()
    inherit_orphans()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line), alive)) + "\n")
        sys.stdout.flush()
    for pid in alive:
        with contextlib.suppress(ProcessLookupError):
            send(pid, signal.SIGKILL)
            ended(pid)


if __name__ == "__main__":
    main()
