"""A cohort's report to take away: what its page says, on paper and as a workbook, with its day and a data version."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from app.filters import day as in_words
from app.paper import to_pdf
from app.reports.cohort_queries import OwnCohort
from app.reports.roi_page import RoiPage

RECKONED = (
    "ROI = (all benefits − all costs) ÷ all costs, over everybody enrolled. Costs are what each learner put in: fee, "
    "cash, and hours at the value they gave an hour. Benefits are what each may claim after margin, attribution and "
    "confidence, and never more than their margin rose above the forecast; without a baseline of six months a claim "
    "counts nothing. Whoever did not report counts with no benefit and all their costs. Revenue, pipeline and "
    "lifetime value are not in it.",
    "Before month six no return is shown. Of fewer than five learners nothing is shown; of five to nine counts and the "
    "median; from ten on a range marked indicative; from thirty on a headline, if seven in ten reported. There is no "
    "total where one learner is over half of it. What may be shown of how many is a rule of this course, not a "
    "finding.",
)


@dataclass(frozen=True)
class Told:
    """What is taken away: the page of a cohort on a day, and its trainer's paragraph."""

    cohort: OwnCohort
    page: RoiPage
    paragraph: str
    day: date

    @property
    def facts(self) -> Mapping[str, object]:
        """Everything that is printed but for the watermark."""
        page, terms = self.page, self.cohort.page.terms
        return {
            "title": page.title,
            "author": self.cohort.name,
            "kicker": f"{self.cohort.name}, {in_words(terms.starts_on)} to {in_words(terms.ends_on)}",
            "sure": " ".join(page.sure),
            "levels": [[level.name, level.measured, level.now, level.reading] for level in page.levels],
            "marked": [place for place, level in enumerate(page.levels) if level.marked],
            "figures": [[figure.name, figure.value, figure.meaning] for figure in page.figures],
            "others": [[other.name, other.value, other.meaning] for other in page.others],
            "notes": page.notes,
            "lines": page.lines,
            "cases_said": page.cases.said if page.everybody else "",
            "cases": [
                {"name": case.name, "came_out": case.came_out, "did": case.did, "words": case.words}
                for case in page.cases.told
            ],
            "paragraph": self.paragraph,
            "reckoned": [*RECKONED, f"The range comes from drawing the learners again 10 000 times, seed {page.seed}."],
        }

    @property
    def version(self) -> str:
        """The same figures and words have the same version, whatever the day."""
        return sha256(json.dumps(self.facts, sort_keys=True).encode()).hexdigest()[:12]

    @property
    def mark(self) -> str:
        """What stands on every page and sheet."""
        return f"{self.cohort.name} · as of {in_words(self.day)} · data version {self.version}"


def report_to_pdf(told: Told) -> bytes:
    """The report as a tagged PDF; the same figures on the same day give the same bytes."""
    return to_pdf("cohort", {**told.facts, "mark": told.mark}, day=told.day)
