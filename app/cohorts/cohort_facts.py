"""Everything a trainer says about a cohort, as one value: what its form holds and what its row keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from course.local_time import instant, moved

PaceKind = Literal["open", "weekly", "dates"]


@dataclass(frozen=True)
class Facts:
    """What a cohort is. Instants are aware; `price` is in minor units; `opens_on` maps modules and lessons to days."""

    name: str
    promise: str
    meetings: str
    rhythm: str
    trainer_line: str
    time_zone: str
    opens_at: datetime
    closes_at: datetime
    starts_on: date
    ends_on: date
    capacity: int
    price: int
    currency: str
    about: str = ""
    links: tuple[str, ...] = ()
    late_joiners: bool = False
    late_pace: str = "onward"
    offer_hours: int = 48
    pace: str = "open"
    opens_on: Mapping[str, date] = field(default_factory=dict)
    next_id: int | None = None

    def shifted(self, days: int) -> "Facts":
        """The same cohort so many days later, at the same times on the wall. What comes after it is to be chosen."""
        span = timedelta(days=days)
        return replace(
            self,
            opens_at=moved(self.opens_at, days, self.time_zone),
            closes_at=moved(self.closes_at, days, self.time_zone),
            starts_on=self.starts_on + span,
            ends_on=self.ends_on + span,
            opens_on={what: day + span for what, day in self.opens_on.items()},
            next_id=None,
        )


@dataclass(frozen=True)
class Pattern:
    """A cohort to begin from: how long it runs, how it meets, at which pace."""

    key: str
    title: str
    words: str
    weeks: int
    meetings: str
    rhythm: str
    pace: PaceKind
    late_joiners: bool = False

    def facts(self, today: date, *, time_zone: str, currency: str) -> Facts:
        """The pattern's cohort, six weeks from now on a Tuesday, with sign-up open from tomorrow."""
        starts_on = today + timedelta(days=42 + (1 - today.weekday()) % 7)
        closes_on = starts_on - timedelta(days=2)
        return Facts(
            name="",
            promise="By the end you know which ten people your business rests on, have talked with most of them twice, "
            "and can show what those talks cost and returned.",
            meetings=self.meetings,
            rhythm=self.rhythm,
            trainer_line="",
            time_zone=time_zone,
            opens_at=instant(datetime.combine(today + timedelta(days=1), time(9)), time_zone),
            closes_at=instant(datetime.combine(closes_on, time(21)), time_zone),
            starts_on=starts_on,
            ends_on=starts_on + timedelta(weeks=self.weeks),
            capacity=12,
            price=0,
            currency=currency,
            late_joiners=self.late_joiners,
            pace=self.pace,
        )


PATTERNS = (
    Pattern(
        key="evenings",
        title="Nine evenings",
        words="A module a week, a meeting a week. Nobody new once it has begun.",
        weeks=9,
        meetings="Nine Tuesdays, 19:00 to 20:15",
        rhythm="Three lessons, recall for five minutes a day, one conversation logged in under a minute",
        pace="weekly",
    ),
    Pattern(
        key="own-pace",
        title="At their own pace",
        words="All lessons open at once, half a year long. Late joiners are welcome.",
        weeks=26,
        meetings="One evening a month, 19:00 to 20:15",
        rhythm="As many lessons as you like, one conversation logged in under a minute",
        pace="open",
        late_joiners=True,
    ),
    Pattern(
        key="days",
        title="Days of your own",
        words="You set the day on which each module opens, for a course in blocks.",
        weeks=13,
        meetings="Three days, 9:30 to 16:30",
        rhythm="A block of lessons before each day, one conversation a week between them",
        pace="dates",
    ),
)
