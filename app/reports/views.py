"""The trainer's part of the house, and the ways to the latest cohort's progress and return."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import me, trainer_only
from app.reports.cohort_queries import OwnCohort, cohort_of, cohorts_of, latest

blueprint = Blueprint("reports", __name__)


def own_cohort(slug: str) -> OwnCohort:
    """The asking trainer's cohort of that slug; 404 if there is none, also where it is another trainer's."""
    return cohort_of(me().person, slug, clock.now()) or abort(404)


@blueprint.route("/trainer/progress")
@trainer_only
def latest_progress() -> ResponseReturnValue:
    return of_latest("reports.progress")


@blueprint.route("/trainer/roi")
@trainer_only
def latest_roi() -> ResponseReturnValue:
    return of_latest("reports.roi")


def of_latest(endpoint: str) -> ResponseReturnValue:
    """The way to this page of the latest cohort; without a cohort, a page that says so."""
    now = clock.now()
    cohort = latest(cohorts_of(me().person, now), now)
    if cohort is None:
        return render_template("reports/no_cohort.html", endpoint=endpoint)
    return redirect(url_for(endpoint, slug=cohort.slug), 303)
