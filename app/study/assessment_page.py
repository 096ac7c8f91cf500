"""The self-assessment as its page shows it: which moment it is, and all of them side by side with the log's measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from app.charts import ChangeChart, Construct, Reading, Whisker, change_chart, whisker
from app.filters import number, plural, spell
from app.study.queries import Taken
from course import assessment
from course.assessment import HIGHEST, LATER, Moment, SelfAssessment, asked_still, moment_due, scores
from course.calibration import Verdict
from course.library import Library
from course.log_measure import Beside, LogMeasure, beside, log_measure, widest
from course.practice import Entry, Promise, current
from course.share import Share

Answers = Mapping[str, int | None]
"""A rating 0…5 by the id of its item; None where it was left open."""

SAYS = {
    Verdict.OVER: ". You say more than it shows.",
    Verdict.UNDER: ". It shows more than you say.",
    Verdict.FITS: ". It doesn’t contradict you.",
}

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
    """`due` is the moment to answer now, if any; `later_on` the day from which the last one can be taken.

    `looked_back`: before has been answered twice, at the time and seen from the end.
    """

    due: Moment | None
    sittings: tuple[Sitting, ...]
    chart: ChangeChart
    finding: str
    looked_back: bool
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
        finding=finding(instrument, taken, measures),
        looked_back=taken.at.keys() >= {Moment.BEFORE, Moment.THEN},
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


def compared(
    construct: assessment.Construct, instrument: SelfAssessment, taken: Taken, *, measure: LogMeasure | None
) -> Beside | None:
    """What was last said of now beside what the log counts; None where the two can't be compared.

    What was said before the course is not of the time that the log tells of.
    """
    last = next((moment for moment in (Moment.LATER, Moment.AFTER) if moment in taken.answers), None)
    if last is None or measure is None:
        return None
    return beside(scores(instrument, asked_still(instrument, taken.answers[last]))[construct.id], measure)


def finding(instrument: SelfAssessment, taken: Taken, measures: Mapping[str, LogMeasure]) -> str:
    """Where the two are furthest apart, in words."""
    if not {Moment.AFTER, Moment.LATER} & taken.answers.keys():
        return "What you said before, and what the log has counted since"
    pairs = [
        (construct.name, one)
        for construct in instrument.constructs
        if (one := compared(construct, instrument, taken, measure=measures.get(construct.id)))
    ]
    if not pairs:
        return "The log counts too little so far to set beside what you say"
    names = {one.construct_id: name for name, one in pairs}
    far = widest(one for _, one in pairs)
    if far is None:
        return f"The log contradicts you in none of {spell(len(pairs))} {plural(len(pairs), 'thing')} it can count"
    return f"{names[far.construct_id]}: you say {fifths(far.said)} of five, the log counts {fifths(far.counted.value)}"


def fifths(share: float | None) -> str:
    """A share 0…1 as so many of five."""
    return number((share or 0) * HIGHEST, 1)


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
    one = compared(construct, instrument, taken, measure=measure)
    return Construct(
        name=construct.name,
        readings=readings,
        log=counted_by_log(share) if share else None,
        measured=f"{measure.words}{SAYS[one.verdict] if one else ''}" if measure else "",
    )


def counted_by_log(share: Share) -> Whisker:
    """The log's own measure as it is drawn; in words while there is nothing to count."""
    if share.n == 0:
        return Whisker(dot=None, low=None, high=None, share="–", words="nothing to count yet")
    return whisker(share.value, share.low, share.high)
