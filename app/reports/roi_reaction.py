"""Level 1 of a cohort's report: what learners say of the course, counted five at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.reports.roi_queries import Enrolled
from course.disclosure import FEWEST
from course.reaction import ITEMS, Item, Reaction, agreeing, lines_of, told
from course.share import Share
from course.wording import of, sentence, spell

LEVEL = "1 Reaction"
ASKED = "Asked once, when every lesson is read or the course is over."


@dataclass(frozen=True)
class Said:
    """What one cohort said. `answers`: how many of everybody enrolled; `counted`: those a report may speak of."""

    answers: Share
    counted: tuple[Reaction, ...]

    @property
    def rate(self) -> str:
        """How many answered, and how many of them are not counted yet."""
        waiting = self.answers.successes - len(self.counted)
        held = f"; {spell(waiting)} not counted yet, for answers count five at a time" if waiting else ""
        return sentence(f"{of(self.answers)} answered{held}.")

    @property
    def lines(self) -> tuple[str, ...]:
        return lines_of(self.counted)

    def shares(self) -> Iterator[tuple[Item, Share]]:
        """Each question with how many of those counted say yes."""
        for item in ITEMS:
            yield item, agreeing(self.counted, item.id)


def said_by(enrolled: Sequence[Enrolled]) -> Said:
    """What these people said of the course."""
    reactions = [each.reaction for each in enrolled if each.reaction]
    return Said(Share(len(reactions), len(enrolled)), told(reactions))


def why_hidden(said: Said) -> str:
    """Why nothing is told of what was said."""
    if not said.answers.successes:
        return ASKED
    return f"{sentence(of(said.answers))} answered; shown from {spell(FEWEST)} answers on."
