"""A cohort as a file that anyone can recompute, and the summary it answers with. Method §8."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from course.cohort import Learner, Summary
from course.exact import fixed, plain
from course.file_rules import Amount, Strict, checked
from course.share import Interval
from course.strict_json import Faults, Place

MONEY_PLACES, RATIO_PLACES = 2, 6


def _above_nought(cost: Decimal) -> Decimal:
    if not cost:
        raise ValueError("must be above 0, for there is no return on nothing invested")
    return cost


class _LearnerRow(Strict):
    id: Annotated[str, Field(min_length=1)]
    cost: Annotated[Amount, AfterValidator(_above_nought)]
    benefit: Amount
    reported: bool


class _CohortFile(Strict):
    seed: Annotated[int, Field(ge=0)]
    learners: list[_LearnerRow]


@dataclass(frozen=True)
class Cohort:
    """What a cohort's return is computed from: everybody enrolled, and the seed that makes it repeatable."""

    learners: tuple[Learner, ...]
    seed: int


def cohort_from_json(data: object, spotted: Faults | None = None) -> Cohort:
    """The cohort in a file that was parsed. BadFile with every fault, those the parser spotted first."""
    file = checked(_CohortFile, data, {**_repeated_ids(data), **(spotted or {})})
    return Cohort(tuple(Learner(**dict(row)) for row in file.learners), file.seed)


def cohort_to_json(learners: Sequence[Learner], *, seed: int) -> dict[str, object]:
    """The cohort as its file holds it, in the order given."""
    rows = [
        {
            "id": learner.id,
            "cost": plain(learner.cost, MONEY_PLACES),
            "benefit": plain(learner.benefit, MONEY_PLACES),
            "reported": learner.reported,
        }
        for learner in learners
    ]
    return {"seed": seed, "learners": rows}


def summary_to_json(summary: Summary) -> dict[str, object]:
    """The summary as the command prints it: shares 0…1 and percentages as text with 6 decimals, None for none."""
    return {
        "n": summary.n,
        "reporting_rate": _ratio(summary.reporting.value),
        "roi_percent": _ratio(summary.roi_percent),
        "median_percent": _ratio(summary.median_percent),
        "share_positive": _ratio(summary.positive.value),
        "share_positive_interval": _ends(summary.positive.interval),
        "leave_top_out_percent": _ratio(summary.leave_top_out_percent),
        "top_share": _ratio(summary.top_share),
        "interval_percent": _ends(summary.interval_percent),
        "at_least_percent": _ratio(summary.at_least_percent),
        "display": summary.display,
        "total_suppressed": summary.total_suppressed,
    }


def _repeated_ids(data: object) -> Faults:
    """Every learner whose id an earlier one has: counting somebody twice would go unseen."""
    learners = data.get("learners") if isinstance(data, dict) else None
    seen: dict[object, int] = {}
    faults: dict[Place, tuple[str, ...]] = {}
    for place, row in enumerate(learners if isinstance(learners, list) else []):
        own = row.get("id") if isinstance(row, dict) else None
        if not isinstance(own, str):
            continue
        if seen.setdefault(own, place) != place:
            faults["learners", place, "id"] = (f"is the id of learners[{seen[own]}] too",)
    return faults


def _ratio(value: Decimal | float | None) -> str | None:
    return fixed(value, RATIO_PLACES)


def _ends(interval: Interval | None) -> list[str | None] | None:
    return [_ratio(end) for end in interval] if interval else None
