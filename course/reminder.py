"""The reminder score that sorts the due list: four parts, each with the figures it is made of. Method §2.

The weights and the score are a rule of this course, not a finding. It rates our attention, never the person, and the
page says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from course.share import Share
from course.wording import of, spell

# How far back the score looks: the totals of so many entries, and who began so many.
LAST_TOTALS, LAST_BEGUN = 3, 6
WEIGHTS = (40, 25, 20, 15)
NAMES = ("Rhythm", "Quality", "Reciprocity", "Promises")


@dataclass(frozen=True)
class Part:
    """One part of the score: a share 0…1 of its weight, and where it comes from in words."""

    name: str
    weight: int
    share: float
    reason: str

    @property
    def points(self) -> float:
        """What it adds to the score."""
        return self.weight * self.share


@dataclass(frozen=True)
class Score:
    """The reminder score of one relationship, 0…100: rhythm, quality, reciprocity, promises.

    `days` since the last two-way touch, of a rhythm of `tau`; rubric `totals` and who `began`, oldest first;
    `promises` kept of those decided. What isn't known yet counts as a half; never having spoken counts as no rhythm.
    """

    days: int | None
    tau: int
    totals: Sequence[int]
    began: Sequence[str]
    promises: Share

    @property
    def shares(self) -> tuple[float, float, float, float]:
        """R, Q, Rec and K, 0…1 each."""
        totals = self.totals[-LAST_TOTALS:]
        quality = sum(totals) / len(totals) / 10 if totals else 0.5
        kept = (self.promises.successes + 1) / (self.promises.n + 2)
        return self._rhythm, quality, self._reciprocity, kept

    @property
    def total(self) -> float:
        """`40·R + 25·Q + 20·Rec + 15·K`."""
        return sum(weight * share for weight, share in zip(WEIGHTS, self.shares, strict=True))

    @property
    def parts(self) -> tuple[Part, ...]:
        """Each part with its words."""
        return tuple(map(Part, NAMES, WEIGHTS, self.shares, self.reasons))

    @property
    def formula(self) -> str:
        """The four weights with this relationship's own shares: `40 × 1.00 + 25 × 0.80 + …`."""
        return " + ".join(f"{part.weight} × {part.share:.2f}" for part in self.parts)

    @property
    def reasons(self) -> tuple[str, str, str, str]:
        """Where each part comes from, in words."""
        totals, began = self.totals[-LAST_TOTALS:], self.began[-LAST_BEGUN:]
        named = "last entry" if len(totals) == 1 else f"last {spell(len(totals))} entries"
        theirs = Share(began.count("them"), len(began))
        return (
            "you have not spoken yet" if self.days is None else f"{self.days} of {self.tau} days since you last spoke",
            f"{named}: {', '.join(map(str, totals))} of 10" if totals else "nothing rated yet",
            f"they began {of(theirs)}" if len(began) >= 2 else "too few touches to see who begins",
            f"{of(self.promises)} promises kept" if self.promises.n else "no promise has fallen due",
        )

    @property
    def _rhythm(self) -> float:
        if self.days is None:
            return 0.0
        return 1.0 if self.days <= self.tau else 0.5 ** ((self.days - self.tau) / self.tau)

    @property
    def _reciprocity(self) -> float:
        began = self.began[-LAST_BEGUN:]
        return 1 - abs(2 * began.count("them") - len(began)) / len(began) if len(began) >= 2 else 0.5
