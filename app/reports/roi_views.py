"""The return of a cohort."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock, content
from app.access import trainer_only
from app.reports.roi_page import roi_page
from app.reports.roi_queries import enrolled_in
from app.reports.views import blueprint, own_cohort


@blueprint.route("/trainer/cohorts/<slug>/roi")
@trainer_only
def roi(slug: str) -> ResponseReturnValue:
    cohort, now, library = own_cohort(slug), clock.now(), content.library()
    minutes = {lesson.id: lesson.minutes for lesson in (*library.former, *library.lessons)}
    page = roi_page(cohort, enrolled_in(cohort, now, minutes), now)
    return render_template("reports/roi.html", cohort=cohort, page=page)
