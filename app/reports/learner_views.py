"""One learner, as their trainer may see them and no further."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app import clock, content
from app.access import trainer_only
from app.reports.learner_page import learner_page
from app.reports.learner_queries import learners_of
from app.reports.one_learner_queries import shown_in, talks_with
from app.reports.progress_page import report_of
from app.reports.progress_queries import beside_of
from app.reports.views import blueprint, own_cohort


@blueprint.route("/trainer/cohorts/<slug>/learners/<int:enrolment_id>/progress")
@trainer_only
def learner(slug: str, enrolment_id: int) -> ResponseReturnValue:
    cohort = own_cohort(slug)
    today = cohort.today(clock.now())
    learners, beside = learners_of([cohort], [enrolment_id])[cohort.id], beside_of(cohort, today, [enrolment_id])
    report = report_of(content.library(), learners, beside, today=today)
    return render_template(
        "reports/learner.html",
        cohort=cohort,
        enrolment_id=enrolment_id,
        page=learner_page(report, enrolment_id) or abort(404),
        shown=shown_in(cohort, enrolment_id),
        talks=talks_with(cohort, enrolment_id),
    )
