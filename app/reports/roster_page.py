"""The roster of a cohort: who holds a seat, who waits in which place, who left."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.reports.cohort_queries import STUDYING, OwnCohort, Seat
from course.wording import counted, sentence, spell


@dataclass(frozen=True)
class Roster:
    """Seats held and left by name, the line in its order."""

    cohort: OwnCohort
    seated: tuple[Seat, ...]
    waiting: tuple[Seat, ...]
    left: tuple[Seat, ...]

    @property
    def title(self) -> str:
        """The finding in words: seats taken as the cohort's own count has it."""
        terms = self.cohort.page.terms
        if not terms.taken:
            return f"None of {counted(terms.capacity, 'seat')} taken yet"
        if terms.taken > terms.capacity:
            return sentence(f"{counted(terms.taken, 'seat')} taken where there are {spell(terms.capacity)}")
        if terms.taken == terms.capacity > 1:
            return f"All {counted(terms.capacity, 'seat')} taken"
        return sentence(f"{spell(terms.taken)} of {counted(terms.capacity, 'seat')} taken")

    @property
    def studying(self) -> int:
        return sum(seat.status in STUDYING for seat in self.seated)


def roster(cohort: OwnCohort, seats: Iterable[Seat]) -> Roster:
    """The roster from the cohort's enrolments, which come by name."""
    everybody = tuple(seats)
    return Roster(
        cohort=cohort,
        seated=tuple(seat for seat in everybody if seat.status in (*STUDYING, "offered")),
        waiting=tuple(sorted((seat for seat in everybody if seat.place), key=lambda seat: seat.place or 0)),
        left=tuple(seat for seat in everybody if seat.status == "withdrawn"),
    )
