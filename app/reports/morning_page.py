"""The morning list: who needs their trainer today, why, and for how long."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.reports.cohort_queries import OwnCohort
from course.report import Concern, Learner, reads_without_practising, silent
from course.wording import counted, sentence, spell

HEADS = {"silent": "{} has gone silent", "reads without practising": "{} reads without practising"}


@dataclass(frozen=True)
class Needed:
    """A learner who needs their trainer: the concerns, the one that has lasted longest first."""

    learner: Learner
    cohort: OwnCohort
    concerns: tuple[Concern, ...]

    @property
    def days(self) -> int:
        """How long it has lasted."""
        return self.concerns[0].days

    @property
    def head(self) -> str:
        return HEADS[self.concerns[0].kind].format(self.learner.name)


@dataclass(frozen=True)
class Morning:
    """The list of one day, the longest wait first. `learners` are all who study in the cohorts that run."""

    needed: tuple[Needed, ...]
    learners: int
    running: tuple[OwnCohort, ...]

    @property
    def title(self) -> str:
        """The finding in words."""
        count = len(self.needed)
        if not count:
            return "Nobody needs you today"
        return sentence(f"{counted(count, 'person', 'people')} {'needs' if count == 1 else 'need'} you today")

    @property
    def well(self) -> str:
        """How the others are, in a sentence; empty without others."""
        others = self.learners - len(self.needed)
        if not others:
            return ""
        if not self.needed and others > 1:
            return "Both are well." if others == 2 else f"All {spell(others)} are well."
        return sentence(f"{spell(others)} {'is' if others == 1 else 'are'} well.")


def morning(cohorts: Iterable[OwnCohort], learners: Mapping[int, Sequence[Learner]], now: datetime) -> Morning:
    """Everybody with a concern, in the cohorts that run now."""
    running = tuple(cohort for cohort in cohorts if cohort.is_running(now))
    needed = [
        Needed(learner, cohort, concerns)
        for cohort in running
        for learner in learners.get(cohort.id, ())
        if (concerns := concerns_of(learner, cohort, now))
    ]
    needed.sort(key=lambda each: (-each.days, each.learner.name.casefold(), each.learner.id))
    return Morning(tuple(needed), sum(len(learners.get(cohort.id, ())) for cohort in running), running)


def concerns_of(learner: Learner, cohort: OwnCohort, now: datetime) -> tuple[Concern, ...]:
    """What is known to worry about with one learner, the longest first; of equals, the silence."""
    today = cohort.today(now)
    found = [concern for concern in (silent(learner, today), reads_without_practising(learner, today)) if concern]
    return tuple(sorted(found, key=lambda concern: -concern.days))
