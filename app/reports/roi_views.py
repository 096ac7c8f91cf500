"""The return of a cohort, alone or beside another of the same trainer."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app import clock, content
from app.access import me, trainer_only
from app.forms import Form
from app.reports.case_queries import cases_of
from app.reports.cohort_queries import cohorts_of
from app.reports.roi_beside import beside
from app.reports.roi_page import roi_page
from app.reports.roi_queries import enrolled_in
from app.reports.sponsor_queries import paragraph_of
from app.reports.views import blueprint


@blueprint.route("/trainer/cohorts/<slug>/roi")
@trainer_only
def roi(slug: str) -> ResponseReturnValue:
    now, library = clock.now(), content.library()
    own = {cohort.slug: cohort for cohort in cohorts_of(me().person, now)}
    cohort = own.pop(slug, None) or abort(404)
    minutes = {lesson.id: lesson.minutes for lesson in (*library.former, *library.lessons)}
    enrolled = enrolled_in(cohort, now, minutes)
    other = own.get(request.args.get("beside", ""))
    both = beside((cohort, other), (enrolled, enrolled_in(other, now, minutes)), now) if other else None
    page = roi_page(cohort, enrolled, now, asked=cases_of(cohort))
    return render_template(
        "reports/roi.html",
        cohort=cohort,
        page=page,
        own=own,
        other=other,
        both=both,
        paragraph=paragraph_of(cohort.id),
        button=Form(formdata=None),
    )
