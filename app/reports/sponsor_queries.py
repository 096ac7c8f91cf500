"""What is known of the reports and links that a trainer gave to people outside. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, orm, select

from app.db import db
from app.models import Cohort, Enrolment, ReportText, SponsorLink, SponsorOpening, SponsorReport
from app.reports.cohort_queries import OwnCohort
from course.disclosure import Contributions


@dataclass(frozen=True)
class Paragraph:
    """The trainer's own words; version 0 while there are none."""

    text: str = ""
    version: int = 0
    saved_at: datetime | None = None


@dataclass(frozen=True)
class Issued:
    """A frozen report that is there already; `own` if it is this cohort's."""

    id: int
    version: int
    day: date
    own: bool
    contributions: Contributions


@dataclass(frozen=True)
class KeptLink:
    """A link as its trainer sees it; the link itself is kept by nobody."""

    id: int
    label: str
    version: int
    day: date
    expires_at: datetime
    revoked_at: datetime | None
    opened: int
    last_opened: datetime | None


@dataclass(frozen=True)
class Outside:
    """What somebody with a link reads."""

    link_id: int
    cohort: str
    starts_on: date
    ends_on: date
    time_zone: str
    version: int
    day: date
    expires_at: datetime
    content: Mapping[str, Any]
    paragraph: Paragraph


def paragraph_of(cohort_id: int) -> Paragraph:
    """The trainer's paragraph of a cohort."""
    row = db.session.get(ReportText, cohort_id)
    return Paragraph(row.text, row.version, row.saved_at) if row else Paragraph()


def issued_before(cohort: OwnCohort) -> tuple[Issued, ...]:
    """Every frozen report that shares a learner with this cohort, the newest of its own last."""
    here = select(Enrolment.person_id).where(Enrolment.cohort_id == cohort.id)
    related = select(Enrolment.cohort_id).where(Enrolment.person_id.in_(here))
    rows = db.session.scalars(
        select(SponsorReport)
        .where((SponsorReport.cohort_id == cohort.id) | SponsorReport.cohort_id.in_(related))
        .options(orm.undefer(SponsorReport.contributions))
        .order_by(SponsorReport.version)
    )
    return tuple(Issued(row.id, row.version, row.day, row.cohort_id == cohort.id, row.contributions) for row in rows)


def links_of(cohort: OwnCohort) -> Sequence[KeptLink]:
    """The links of a cohort, the newest first, each with how often it was opened."""
    opened = (
        select(SponsorOpening.link_id, func.count().label("opened"), func.max(SponsorOpening.at).label("last"))
        .group_by(SponsorOpening.link_id)
        .subquery()
    )
    rows = db.session.execute(
        select(SponsorLink, SponsorReport.version, SponsorReport.day, opened.c.opened, opened.c.last)
        .join(SponsorReport, SponsorReport.id == SponsorLink.report_id)
        .outerjoin(opened, opened.c.link_id == SponsorLink.id)
        .where(SponsorReport.cohort_id == cohort.id)
        .order_by(SponsorLink.id.desc())
    )
    return tuple(
        KeptLink(
            id=link.id,
            label=link.label,
            version=version,
            day=day,
            expires_at=link.expires_at,
            revoked_at=link.revoked_at,
            opened=count or 0,
            last_opened=last,
        )
        for link, version, day, count, last in rows
    )


def behind(token_hash: str, now: datetime) -> Outside | None:
    """What a link leads to; None where it was never made, has run out or was taken back: nobody is told which."""
    row = db.session.execute(
        select(SponsorLink, SponsorReport, Cohort, ReportText)
        .join(SponsorReport, SponsorReport.id == SponsorLink.report_id)
        .join(Cohort, Cohort.id == SponsorReport.cohort_id)
        .outerjoin(ReportText, ReportText.cohort_id == Cohort.id)
        .where(SponsorLink.token_hash == token_hash, SponsorLink.revoked_at.is_(None), SponsorLink.expires_at > now)
    ).first()
    if row is None:
        return None
    link, report, cohort, own = row
    return Outside(
        link_id=link.id,
        cohort=cohort.name,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        time_zone=cohort.time_zone,
        version=report.version,
        day=report.day,
        expires_at=link.expires_at,
        content=report.content,
        paragraph=Paragraph(own.text, own.version, own.saved_at) if own else Paragraph(),
    )
