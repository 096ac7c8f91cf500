"""The progress of a cohort: its grid, and the same as a file."""

from collections.abc import Sequence
from datetime import date

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, content
from app.access import me, record, trainer_only
from app.reports.cohort_queries import OwnCohort
from app.reports.learner_queries import learners_of
from app.reports.progress_asked import COLUMNS, ORDERS, PARTS, Asked
from app.reports.progress_file import progress_csv, progress_xlsx
from app.reports.progress_page import Listed, Report, on_page, progress_page, report_of
from app.reports.progress_queries import beside_of, whole_of
from app.reports.views import blueprint, own_cohort

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/trainer/cohorts/<slug>/progress")
@trainer_only
def progress(slug: str) -> ResponseReturnValue:
    cohort, asked = own_cohort(slug), Asked.of(request.args)
    today = cohort.today(clock.now())
    if request.args.get("format") in {"csv", "xlsx"}:
        return as_file(cohort, reported(cohort, today), asked, kind=request.args["format"])
    listed, roster = listed_of(cohort, asked, today), url_for("reports.roster", slug=cohort.slug)
    page = progress_page(content.library(), listed, asked=asked, roster=roster, today=today)
    return render_template(
        "reports/progress.html", cohort=cohort, page=page, orders=ORDERS, parts=PARTS, columns=COLUMNS
    )


def listed_of(cohort: OwnCohort, asked: Asked, today: date) -> Listed:
    """The page's learners. By name its own fifty are worked out; by a figure everybody, to know who comes first."""
    if asked.by_name:
        whole, wanted = whole_of(cohort), asked.text.casefold()
        named = [id for id, name in whole.names.items() if wanted in name.casefold()]
        return Listed(reported(cohort, today, named[on_page(asked.page, len(named))]).lines, len(named), whole)
    report = reported(cohort, today)
    found = report.asked_for(asked)
    return Listed(found[on_page(asked.page, len(found))], len(found), report.whole)


def reported(cohort: OwnCohort, today: date, only: Sequence[int] | None = None) -> Report:
    """The report of everybody in the cohort, or of these."""
    learners, beside = learners_of([cohort], only)[cohort.id], beside_of(cohort, today, only)
    return report_of(content.library(), learners, beside, today=today)


def as_file(cohort: OwnCohort, report: Report, asked: Asked, *, kind: str) -> Response:
    """All learners that are asked for, not one page of them."""
    lines, library = report.asked_for(asked), content.library()
    record("file of a cohort taken", person=me().person.id, cohort=cohort.slug, file=f"progress.{kind}")
    if kind == "csv":
        answer = Response(progress_csv(lines, asked.columns, library), mimetype="text/csv")
    else:
        answer = Response(progress_xlsx(lines, asked.columns, library), mimetype=XLSX)
    name = f"{cohort.slug}-progress-{report.today.isoformat()}.{kind}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
