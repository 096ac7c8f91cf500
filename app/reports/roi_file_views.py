"""A cohort's report to take away, with the figures of its page: on paper, and as a workbook."""

from collections.abc import Callable

from flask import Response
from flask.typing import ResponseReturnValue

from app import clock, content
from app.access import me, record, trainer_only
from app.reports.case_queries import cases_of
from app.reports.roi_page import roi_page
from app.reports.roi_paper import Told, report_to_pdf
from app.reports.roi_queries import enrolled_in
from app.reports.roi_workbook import report_to_xlsx
from app.reports.sponsor_queries import paragraph_of
from app.reports.views import blueprint, own_cohort

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/trainer/cohorts/<slug>/roi.pdf")
@trainer_only
def roi_paper(slug: str) -> ResponseReturnValue:
    return file_of(slug, report_to_pdf, kind="pdf", mimetype="application/pdf")


@blueprint.route("/trainer/cohorts/<slug>/roi.xlsx")
@trainer_only
def roi_workbook(slug: str) -> ResponseReturnValue:
    return file_of(slug, report_to_xlsx, kind="xlsx", mimetype=XLSX)


def file_of(slug: str, made: Callable[[Told], bytes], *, kind: str, mimetype: str) -> Response:
    """The report of the asking trainer's cohort as such a file, to be saved."""
    told = told_now(slug)
    record("file of a cohort taken", person=me().person.id, cohort=slug, file=f"report.{kind}")
    answer = Response(made(told), mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}-report-{told.day.isoformat()}.{kind}")
    return answer


def told_now(slug: str) -> Told:
    """What the page of the cohort says now."""
    cohort, now, library = own_cohort(slug), clock.now(), content.library()
    minutes = {lesson.id: lesson.minutes for lesson in (*library.former, *library.lessons)}
    page = roi_page(cohort, enrolled_in(cohort, now, minutes), now, asked=cases_of(cohort))
    return Told(cohort, page, paragraph_of(cohort.id).text, cohort.today(now))
