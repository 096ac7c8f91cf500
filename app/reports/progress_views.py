"""The progress of a cohort: its grid, and the same as a file."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock, content
from app.access import trainer_only
from app.reports.cohort_queries import OwnCohort
from app.reports.learner_queries import learners_of
from app.reports.progress_file import progress_csv
from app.reports.progress_page import ORDERS, Asked, asked_for, progress_of, progress_page
from app.reports.views import blueprint, own_cohort
from course.report import Learner


@blueprint.route("/trainer/cohorts/<slug>/progress")
@trainer_only
def progress(slug: str) -> ResponseReturnValue:
    cohort, asked = own_cohort(slug), Asked.of(request.args)
    learners = learners_of([cohort])[cohort.id]
    if request.args.get("format") == "csv":
        return as_file(cohort, learners, asked)
    page = progress_page(
        content.library(),
        learners,
        asked=asked,
        today=cohort.today(clock.now()),
        roster=url_for("reports.roster", slug=cohort.slug),
    )
    orders = [(key, name) for key, (name, _) in ORDERS.items()]
    return render_template("reports/progress.html", cohort=cohort, page=page, orders=orders)


def as_file(cohort: OwnCohort, learners: tuple[Learner, ...], asked: Asked) -> Response:
    """All learners that are asked for, not one page of them."""
    library = content.library()
    answer = Response(progress_csv(asked_for(progress_of(library, learners), asked), library), mimetype="text/csv")
    name = f"{cohort.slug}-progress-{cohort.today(clock.now()).isoformat()}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
