"""What a trainer gives to people outside, and what they open."""

from datetime import date, datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.access import digest, new_token
from app.db import db
from app.models import Cohort, Enrolment, Person, ReportText, SponsorLink, SponsorOpening, SponsorReport
from app.reports.cohort_queries import OwnCohort
from app.reports.sponsor_page import Drawn
from app.reports.sponsor_queries import Paragraph, issued_before, paragraph_of
from course.disclosure import kinds_in_the_way, same


class ChangedMeanwhile(Exception):
    """Another save came between; `now` is what stands there."""

    def __init__(self, now: Paragraph) -> None:
        super().__init__("another save came between")
        self.now = now


class TellsOfFew(Exception):
    """No report may go out: set against one that is out, it would tell of fewer than five people."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        super().__init__(", ".join(kinds))
        self.kinds = kinds


def save_paragraph(cohort: OwnCohort, author: Person, text: str, *, over: int) -> None:
    """Keep the trainer's words. Raises ChangedMeanwhile if they are not written over version `over`."""
    values = {"text": text, "version": over + 1, "author_id": author.id, "saved_at": clock.now()}
    if over == 0:
        try:
            with db.session.begin_nested():
                db.session.add(ReportText(cohort_id=cohort.id, **values))
        except IntegrityError:
            raise ChangedMeanwhile(paragraph_of(cohort.id)) from None
        return
    mine = update(ReportText).where(ReportText.cohort_id == cohort.id, ReportText.version == over)
    if db.session.scalar(mine.values(**values).returning(ReportText.version)) is None:
        raise ChangedMeanwhile(paragraph_of(cohort.id))


def report_for(cohort: OwnCohort, drawn: Drawn, day: date) -> tuple[int, tuple[str, ...]]:
    """The frozen report to give out, and the kinds of figures for which it is an earlier one.

    The same contributions are the same report. Where a new one would tell of a few, the cohort's newest goes out
    again; raises TellsOfFew where there is none.
    """
    lock(cohort)
    before = issued_before(cohort)
    own = [each for each in before if each.own]
    place = same([each.contributions for each in own], drawn.contributions)
    if place is not None:
        return own[place].id, ()
    kinds = kinds_in_the_way([each.contributions for each in before], drawn.contributions)
    if kinds and own:
        return own[-1].id, kinds
    if kinds:
        raise TellsOfFew(kinds)
    made = SponsorReport(
        cohort_id=cohort.id,
        version=len(own) + 1,
        day=day,
        content=drawn.content,
        contributions=drawn.contributions,
    )
    db.session.add(made)
    db.session.flush()
    return made.id, ()


def lock(cohort: OwnCohort) -> None:
    """One report at a time of cohorts that share a learner: each must be held against those before it."""
    here = select(Enrolment.person_id).where(Enrolment.cohort_id == cohort.id)
    related = select(Enrolment.cohort_id).where(Enrolment.person_id.in_(here))
    every = or_(Cohort.id == cohort.id, Cohort.id.in_(related))
    # In the order of their ids, so that two who lock the same never wait for each other.
    db.session.execute(select(Cohort.id).where(every).order_by(Cohort.id).with_for_update())


def make_link(report_id: int, author: Person, *, label: str, expires_at: datetime) -> str:
    """A new link; its secret, of which only the hash is kept: it is shown once."""
    token = new_token()
    db.session.add(
        SponsorLink(
            report_id=report_id,
            author_id=author.id,
            token_hash=digest(token),
            label=label,
            expires_at=expires_at,
        )
    )
    db.session.flush()
    return token


def revoke_link(cohort: OwnCohort, link_id: int) -> bool:
    """Take a link back. False if it is none of this cohort's."""
    reports = select(SponsorReport.id).where(SponsorReport.cohort_id == cohort.id)
    mine = update(SponsorLink).where(SponsorLink.id == link_id, SponsorLink.report_id.in_(reports))
    found = mine.values(revoked_at=func.coalesce(SponsorLink.revoked_at, clock.now()))
    return db.session.scalar(found.returning(SponsorLink.id)) is not None


def note_opening(link_id: int) -> None:
    """That somebody opened a link."""
    db.session.add(SponsorOpening(link_id=link_id))
    db.session.flush()
