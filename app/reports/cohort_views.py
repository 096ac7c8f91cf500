"""A trainer's cohorts, and the roster of one."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access import me, trainer_only
from app.reports.cohort_queries import cohorts_of, roster_of
from app.reports.roster_page import roster as roster_page
from app.reports.views import blueprint, own_cohort


@blueprint.route("/trainer/cohorts/")
@trainer_only
def cohorts() -> ResponseReturnValue:
    now = clock.now()
    found = cohorts_of(me().person, now)
    running = sum(cohort.is_running(now) for cohort in found)
    return render_template("reports/cohorts.html", cohorts=found, running=running)


@blueprint.route("/trainer/cohorts/<slug>/")
@trainer_only
def roster(slug: str) -> ResponseReturnValue:
    cohort = own_cohort(slug)
    page = roster_page(cohort, roster_of(cohort))
    return render_template("reports/roster.html", cohort=cohort, page=page, now=clock.now())
