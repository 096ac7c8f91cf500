"""The inbox as its pages show it: what waits and for how long, and how far two pairs of eyes agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.reports.inbox_queries import PER_PAGE, Opened, Rated, Received
from course.agreement import Agreement, agreement
from course.wording import counted, sentence

# How long an opening lasts: reading on costs nothing, coming back tomorrow is another reading.
OPEN_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Agreed:
    """How far learners and trainer agree, of one learner or of a whole cohort."""

    name: str
    agreement: Agreement


@dataclass(frozen=True)
class Inbox:
    """What waits, a page of it, the oldest first; drafts and answers; agreement by cohort, then by learner."""

    waiting: tuple[Received, ...]
    total: int
    drafts: tuple[Received, ...]
    answered: tuple[Received, ...]
    cohorts: tuple[Agreed, ...]
    learners: tuple[Agreed, ...]
    page: int

    @property
    def title(self) -> str:
        """The finding in words."""
        if not self.total:
            return "Nobody is waiting for an answer"
        verb = "waits" if self.total == 1 else "wait"
        return sentence(f"{counted(self.total, 'thing')} shown {verb} for your answer")

    @property
    def before(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        return self.page + 1 if self.page * PER_PAGE < self.total else None


def inbox(
    waiting: tuple[tuple[Received, ...], int], done: Sequence[Received], rated: Sequence[Rated], *, page: int
) -> Inbox:
    """The inbox of a trainer from what waits and how much it is, what is done, and what both rated."""
    cohorts = dict.fromkeys(each.cohort for each in rated)
    together = {name: [pair for each in rated if each.cohort == name for pair in each.pairs] for name in cohorts}
    return Inbox(
        waiting=waiting[0],
        total=waiting[1],
        drafts=tuple(each for each in done if each.withdrawn_at),
        answered=tuple(each for each in done if not each.withdrawn_at),
        cohorts=tuple(Agreed(name, agreement(pairs)) for name, pairs in together.items()),
        learners=tuple(Agreed(each.name, agreement(each.pairs)) for each in rated),
        page=page,
    )


def clock_of(received: Received, now: datetime) -> str:
    """How long it has waited, by the days of its cohort: `waiting since today`, `waiting for two days`."""
    zone = ZoneInfo(received.time_zone)
    days = (now.astimezone(zone).date() - received.shared_at.astimezone(zone).date()).days
    return f"waiting for {counted(days, 'day')}" if days else "waiting since today"


def is_open(opened: Opened, now: datetime) -> bool:
    """Whether the trainer may read the text: opened within the last hour, and not withdrawn."""
    at = opened.received.opened_at
    return opened.received.withdrawn_at is None and at is not None and now - at < OPEN_FOR
