"""The demo's report: the trainer's words, cases that were asked for and partly told, and a link given outside."""

from datetime import date, timedelta

from sqlalchemy import select

from app import clock, content
from app.cohorts.case_words import wording_for
from app.cohorts.consents import CASE_PAGE
from app.db import db
from app.demo.cohorts import instant
from app.models import AskedCase, Consent, Enrolment, Person, ReportText, SponsorLink, SponsorOpening
from app.reports.cohort_queries import OwnCohort, cohort_of
from app.reports.roi_cases import choice_of
from app.reports.roi_page import book_now
from app.reports.roi_queries import Enrolled, enrolled_in
from app.reports.sponsor_actions import make_link, report_for
from app.reports.sponsor_page import drawn_up

PARAGRAPH = (
    "Half of what stands here came from people who rang somebody they had known for years. The other half is still "
    "under way: orders for plant take longer than eight months.\n\nRead the median before the total."
)
TOLD = {
    "above": "I rang the four clients that I had lost, and asked what had changed. Two had waited for somebody to ask.",
    "below": "Both large offers are still open. I talked with the right people too late in their year.",
}


def make(slug: str, *, today: date) -> None:
    """What Tess has done with the report of her running cohort."""
    tess = db.session.scalars(select(Person).where(Person.is_trainer)).one()
    now, library = clock.now(), content.library()
    cohort = cohort_of(tess, slug, now)
    if cohort is None:
        return
    minutes = {lesson.id: lesson.minutes for lesson in (*library.former, *library.lessons)}
    enrolled = enrolled_in(cohort, now, minutes)
    saved = instant(today - timedelta(days=3), 17)
    db.session.add(ReportText(cohort_id=cohort.id, text=PARAGRAPH, author_id=tess.id, saved_at=saved))
    cases(cohort, enrolled, today=today)
    drawn = drawn_up(cohort, enrolled, now)
    if drawn:
        report, _ = report_for(cohort, drawn, today)
        make_link(report, tess, label="Ms de Wit, invented", expires_at=now + timedelta(days=90))
        db.session.add(SponsorOpening(link_id=db.session.scalars(select(SponsorLink.id)).one()))


def cases(cohort: OwnCohort, enrolled: tuple[Enrolled, ...], *, today: date) -> None:
    """The first of each side lets theirs be told; the others have not answered."""
    book = book_now(cohort, enrolled, clock.now())
    asked, answered = (instant(today - timedelta(days=days), 10) for days in (6, 4))
    waiting = dict(TOLD)
    for each in choice_of(book) if book else ():
        case = AskedCase(enrolment_id=each.id, side=each.side, asked_at=asked)
        words = waiting.pop(each.side, None)
        if words:
            case.agreed, case.answered_at, case.words = True, answered, words
            wording, whose = wording_for(cohort.name), db.session.get_one(Enrolment, each.id).person_id
            said = Consent(person_id=whose, kind=wording.kind, given=True, version=wording.version, at=answered)
            said.text_hash, said.method = wording.text_hash, CASE_PAGE
            db.session.add(said)
        db.session.add(case)
