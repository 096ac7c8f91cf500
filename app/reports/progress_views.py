"""The progress of a cohort: its grid, and the same as a file."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, content
from app.access import trainer_only
from app.reports.cohort_queries import OwnCohort
from app.reports.learner_queries import learners_of
from app.reports.progress_asked import COLUMNS, ORDERS, PARTS, Asked
from app.reports.progress_file import progress_csv, progress_xlsx
from app.reports.progress_page import Report, progress_page, report_of
from app.reports.progress_queries import beside_of
from app.reports.views import blueprint, own_cohort

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.route("/trainer/cohorts/<slug>/progress")
@trainer_only
def progress(slug: str) -> ResponseReturnValue:
    cohort, asked = own_cohort(slug), Asked.of(request.args)
    today = cohort.today(clock.now())
    report = report_of(content.library(), learners_of([cohort])[cohort.id], beside_of(cohort, today), today=today)
    if request.args.get("format") in {"csv", "xlsx"}:
        return as_file(cohort, report, asked, kind=request.args["format"])
    page = progress_page(content.library(), report, asked=asked, roster=url_for("reports.roster", slug=cohort.slug))
    return render_template(
        "reports/progress.html", cohort=cohort, page=page, orders=ORDERS, parts=PARTS, columns=COLUMNS
    )


def as_file(cohort: OwnCohort, report: Report, asked: Asked, *, kind: str) -> Response:
    """All learners that are asked for, not one page of them."""
    lines, library = report.asked_for(asked), content.library()
    if kind == "csv":
        answer = Response(progress_csv(lines, asked.columns, library), mimetype="text/csv")
    else:
        answer = Response(progress_xlsx(lines, asked.columns, library), mimetype=XLSX)
    name = f"{cohort.slug}-progress-{report.today.isoformat()}.{kind}"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
