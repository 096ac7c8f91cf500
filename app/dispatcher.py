"""How a process shares its requests among its threads: one works at a time, unless it waits or takes long.

Threads that work at once take the interpreter from each other at every statement, and each has a connection of its own
with memory of its own: four of them answered a fifth to a third fewer pages than one. But a single one that waits for a
lock, or reckons a long report, would keep everybody waiting.
"""

from threading import Condition
from time import monotonic
from typing import Any

from waitress.task import ThreadedTaskDispatcher

LONG = 0.05
"""Seconds after which a request counts as one that waits or takes long: the next is begun beside it."""


class InTurn(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads for requests of which one is worked on at a time, not counting those that take long."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: dict[int, float] = {}
        # Whoever worked last is asked first: what it needs is still at hand.
        self.idle: list[Condition] = []
        self.watching: Condition | None = None

    def add_task(self, task: Any) -> None:
        with self.lock:
            self.queue.append(task)
            if self.idle and (self.watching is None or self.room() <= 0):
                self.idle.pop().notify()

    def room(self) -> float:
        """In how many seconds one more may begin; nothing or less: now."""
        return max(self.begun.values()) + LONG - monotonic() if self.begun else 0.0

    def handler_thread(self, thread_no: int) -> None:
        own = Condition(self.lock)
        while (task := self.next_for(thread_no, own)) is not None:
            try:
                task.service()
            except BaseException:
                self.logger.exception("a request could not be answered")
            finally:
                with self.lock:
                    del self.begun[thread_no]

    def next_for(self, thread_no: int, own: Condition) -> Any:
        """The next request, once it may begin; None when the thread is to end."""
        with self.lock:
            while not self.stop_count:
                if self.queue and self.room() <= 0:
                    self.begun[thread_no] = monotonic()
                    return self.queue.popleft()
                self.wait(own)
            self.stop_count -= 1
            self.threads.discard(thread_no)
            self.thread_exit_cv.notify()
            return None

    def wait(self, own: Condition) -> None:
        """Until there may be something to do: one thread watches how long those that work take, the others rest."""
        if self.queue and self.watching is None:
            self.watching = own
            own.wait(self.room())
            self.watching = None
        else:
            self.idle.append(own)
            own.wait()

    def set_thread_count(self, count: int) -> None:
        super().set_thread_count(count)
        with self.lock:
            while self.idle:
                self.idle.pop().notify()
            if self.watching:
                self.watching.notify()
