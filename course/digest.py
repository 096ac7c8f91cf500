"""The one mail a day that reminds: when it may come, and what it says is due.

It comes at the person's hour on their own clock or later that day, never in their quiet hours, once a local day, and
only if something is due. A day is the calendar's: one without a midnight, or with an hour twice, has one mail too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from course.wording import counted, sentence


@dataclass(frozen=True)
class Terms:
    """When somebody wants their digest, by the hours 0…23 of their own clock.

    It is quiet from `quiet_from` up to `quiet_until`, over midnight if need be; never where both are the same.
    """

    digest: bool = True
    digest_hour: int = 7
    quiet_from: int = 21
    quiet_until: int = 7

    def is_quiet(self, hour: int) -> bool:
        """Whether nothing may come in this hour of the day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


def quiet_until(terms: Terms, local: datetime) -> datetime:
    """The first instant from `local` on at which something may come: `local` itself, unless it is quiet then.

    `local` bears the person's zone. A night has at most a day of hours, so an hour by hour walk ends.
    """
    if not terms.is_quiet(local.hour):
        return local
    whole = local.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    # By the hours that pass, not those on the wall: clocks that jump change nothing but the name of an hour.
    later = (whole + timedelta(minutes=15 * quarter) for quarter in range(1, 4 * 26))
    return next(
        at.astimezone(local.tzinfo)
        for at in later
        if at > local and not terms.is_quiet(at.astimezone(local.tzinfo).hour)
    )


def digest_day(terms: Terms, local: datetime, last: date | None) -> date | None:
    """The day whose digest may be sent now, if something is due; None if none may.

    `local` bears the person's zone; `last` is the last day that was looked at. Who travels west lives a day twice, and
    is reminded once.
    """
    if not terms.digest or local.hour < terms.digest_hour or terms.is_quiet(local.hour):
        return None
    today = local.date()
    return today if last is None or last < today else None


@dataclass(frozen=True)
class Offer:
    """A seat that is held for the reader, until when in words."""

    cohort: str
    until: str


@dataclass(frozen=True)
class DueToday:
    """How much waits for somebody: no text of theirs and no alias, since a mail passes through many hands."""

    plans: int = 0
    questions: int = 0
    people: int = 0
    promises: int = 0
    late_promises: int = 0
    offers: tuple[Offer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.plans or self.questions or self.people or self.promises or self.late_promises or self.offers)

    @property
    def subject(self) -> str:
        """What is due as a title: `Today: two plans, one promise and a seat held for you`."""
        named = list(self._named())
        return "Today: " + (" and ".join((", ".join(named[:-1]), named[-1])) if len(named) > 1 else named[0])

    def _named(self) -> Iterator[str]:
        if self.offers:
            yield (
                "a seat held for you" if len(self.offers) == 1 else f"{counted(len(self.offers), 'seat')} held for you"
            )
        for count, one, many in (
            (self.plans, "plan to report on", "plans to report on"),
            (self.promises + self.late_promises, "promise", "promises"),
            (self.people, "person to get in touch with", "people to get in touch with"),
            (self.questions, "question", "questions"),
        ):
            if count:
                yield counted(count, one, many)

    @property
    def lines(self) -> tuple[str, ...]:
        """What is due, a sentence each: first what has a deadline."""
        return tuple(sentence(line) for line in self._lines())

    def _lines(self) -> Iterator[str]:
        for offer in self.offers:
            yield f"a seat in {offer.cohort} is held for you until {offer.until}. The link in our mail makes it yours."
        if self.late_promises:
            yield f"{counted(self.late_promises, 'promise is', 'promises are')} past the day you named."
        if self.promises:
            yield f"{counted(self.promises, 'promise is', 'promises are')} due today."
        if self.plans:
            yield f"{counted(self.plans, 'plan waits', 'plans wait')} for you to say what came of it."
        if self.people:
            yield f"{counted(self.people, 'person is', 'people are')} due to hear from you."
        if self.questions:
            yield f"{counted(self.questions, 'question returns', 'questions return')} for review."
