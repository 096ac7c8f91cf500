"""The self-assessment as its page shows it: which moment it is, and all of them side by side with the log's measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app.charts import ChangeChart, Construct, Reading, Whisker, change_chart, whisker
from app.study.queries import Taken
from course import assessment
from course.assessment import LATER, Moment, SelfAssessment, moment_due, scores
from course.library import Library
from course.log_measure import LogMeasure, log_measure
from course.practice import Entry, Promise, current
from course.share import Share

Answers = Mapping[str, int | None]
"""A rating 0…5 by the id of its item; None where it was left open."""

ORDER = (Moment.BEFORE, Moment.THEN, Moment.AFTER, Moment.LATER)


@dataclass(frozen=True)
class Sitting:
    """A self-assessment that was taken: when, and how many of its items were left open."""

    moment: Moment
    on: date
    left_open: int
    of: int


@dataclass(frozen=True)
class AssessmentPage:
    """`due` is the moment to answer now, if any; `later_on` the day from which the last one can be taken."""

    due: Moment | None
    sittings: tuple[Sitting, ...]
    chart: ChangeChart
    later_on: date | None
    begun: bool


def assessment_page(
    library: Library,
    instrument: SelfAssessment,
    taken: Taken,
    *,
    measures: Mapping[str, LogMeasure],
    today: date,
    zone: ZoneInfo,
) -> AssessmentPage:
    """The page of one learner, from what they answered and what their log counts of each construct."""
    days = {moment: at.astimezone(zone).date() for moment, at in taken.at.items()}
    after = days.get(Moment.AFTER)
    return AssessmentPage(
        due=due_moment(library, taken, today=today, zone=zone),
        sittings=tuple(sitting(instrument, taken.answers[m], moment=m, on=days[m]) for m in ORDER if m in days),
        chart=change_chart(
            [
                drawn(construct, instrument, taken, measure=measures.get(construct.id))
                for construct in instrument.constructs
            ]
        ),
        later_on=after + LATER if after and Moment.LATER not in days else None,
        begun=taken.begun,
    )


def measures_of(
    instrument: SelfAssessment, entries: Sequence[Entry], promises: Sequence[Promise], *, today: date
) -> dict[str, LogMeasure]:
    """What the whole log shows of each construct."""
    log = current(entries)
    ids = [construct.id for construct in instrument.constructs]
    return {id: log_measure(id, entries=log, promises=promises, today=today) for id in ids}


def due_moment(library: Library, taken: Taken, *, today: date, zone: ZoneInfo) -> Moment | None:
    """The moment at which to answer now, by the course's rule; None if there is none."""
    return moment_due(
        {moment: at.astimezone(zone).date() for moment, at in taken.at.items()},
        begun=taken.begun,
        finished=0 < len(library.lessons) == taken.finished,
        today=today,
    )


def sitting(instrument: SelfAssessment, answers: Answers, *, moment: Moment, on: date) -> Sitting:
    """One that was taken, counted as the items stand today."""
    given = asked_still(instrument, answers)
    left_open = sum(given.get(item.id) is None for item in instrument.items)
    return Sitting(moment, on, left_open, len(instrument.items))


def drawn(
    construct: assessment.Construct, instrument: SelfAssessment, taken: Taken, *, measure: LogMeasure | None
) -> Construct:
    """One construct at every moment at which it was asked, beside the log's own measure of it."""
    readings = []
    for moment in ORDER:
        if moment in taken.answers:
            score = scores(instrument, asked_still(instrument, taken.answers[moment]))[construct.id]
            readings.append(Reading(moment.value, score.mean, score.answered, score.of))
    share = measure.share if measure else None
    return Construct(
        name=construct.name,
        readings=readings,
        log=counted_by_log(share) if share else None,
        measured=measure.words if measure else "",
    )


def counted_by_log(share: Share) -> Whisker:
    """The log's own measure as it is drawn; in words while there is nothing to count."""
    if share.n == 0:
        return Whisker(dot=None, low=None, high=None, share="–", words="nothing to count yet")
    return whisker(share.value, share.low, share.high)


def asked_still(instrument: SelfAssessment, answers: Answers) -> dict[str, int | None]:
    """The answers to items that are asked today: one that was reworded under a new id is another question."""
    ids = {item.id for item in instrument.items}
    return {id: answer for id, answer in answers.items() if id in ids}
