"""Several processes that live as one: born by forking, replaced when one dies, ended together.

Python lets one thread of a process run at a time, so that one process can't use a second processor. The parent serves
nobody, holds no connection and starts no thread: whatever happens to a child, it can give birth to another.
"""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable

log = logging.getLogger("connect")

Life = Callable[[threading.Event], None]
"""What a child does until it is told to stop."""

TOLD_TO_STOP = (signal.SIGTERM, signal.SIGINT)
WATCHED = (*TOLD_TO_STOP, signal.SIGCHLD)
# Somebody who dies younger is not replaced at once: whatever killed it may still be there.
YOUNG = 1.0


class Family:
    """A parent and its children, one for each life."""

    def __init__(self, lives: Iterable[Life]) -> None:
        self.waiting = list(lives)
        self.living: dict[int, tuple[Life, float]] = {}
        # Nothing is ever written: a child that reads the end of it knows that its parent is gone.
        self.reads, self.writes = os.pipe()

    def live(self, *, grace: float, at_the_end: Callable[[], None]) -> None:
        """Until told to stop. Then `at_the_end` is called, and the children have `grace` seconds to finish."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        try:
            number = signal.SIGCHLD
            while number not in TOLD_TO_STOP:
                self.bury()
                self.bear()
                number = signal.Signals(signal.sigwait(WATCHED))
            at_the_end()
            self.end(grace)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def bear(self) -> None:
        """Bring to life whoever is missing."""
        # What is still unsaid would be said by each child again.
        sys.stdout.flush()
        while self.waiting:
            life = self.waiting.pop()
            self.living[self.born(life)] = life, time.monotonic()

    def born(self, life: Life) -> int:
        """Fork a child for this life; its process id."""
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            os.close(self.writes)
            life(told_to_stop(self.reads))
            code = 0
        except BaseException:
            log.exception("a process of the server failed")
        finally:
            logging.shutdown()
            os._exit(code)

    def bury(self) -> None:
        """Take note of everybody who has died, so that their lives are lived again."""
        for life, since in self.dead():
            log.error("a process of the server died and is replaced")
            if time.monotonic() - since < YOUNG:
                time.sleep(YOUNG)
            self.waiting.append(life)

    def dead(self) -> list[tuple[Life, float]]:
        """The lives that have ended since the last look, and since when they were lived."""
        gone = [pid for pid in self.living if os.waitpid(pid, os.WNOHANG)[0]]
        return [self.living.pop(pid) for pid in gone]

    def end(self, grace: float) -> None:
        """Tell all to stop, wait for them, and kill who goes on beyond that."""
        self.tell(signal.SIGTERM)
        until = time.monotonic() + grace
        while self.living and time.monotonic() < until:
            signal.sigtimedwait([signal.SIGCHLD], 0.2)
            self.dead()
        self.tell(signal.SIGKILL)

    def tell(self, number: signal.Signals) -> None:
        for pid in self.living:
            os.kill(pid, number)


def told_to_stop(reads: int) -> threading.Event:
    """What a child looks at: set by a signal, or by the death of its parent.

    Both are waited for by threads. A handler would run within the main thread, which may hold the event's own lock.
    """
    stop = threading.Event()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])

    def wait_for(end: Callable[[], object]) -> None:
        end()
        stop.set()

    for end in (lambda: signal.sigwait(TOLD_TO_STOP), lambda: os.read(reads, 1)):
        threading.Thread(target=wait_for, args=(end,), daemon=True).start()
    return stop
