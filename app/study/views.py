"""Today, the map of the course, and its pictures."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, current_app, render_template, send_from_directory
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only, me, public
from app.content import faults_for_author, library
from app.forms import Form
from app.practice.queries import book_of, practised_lessons
from app.study import queries
from app.study.course_page import course_map
from app.study.forms import ReportForm, standing_at
from app.study.openings import openings_of
from app.study.today_page import today_page
from course.cadence import due_list

blueprint = Blueprint("study", __name__)


@blueprint.route("/today")
@learner_only
def today() -> ResponseReturnValue:
    return shown_today()


@blueprint.route("/course/")
@learner_only
def course() -> ResponseReturnValue:
    person, enrolment = learner()
    now = clock.now()
    studies = queries.studies_of(enrolment, now)
    found = course_map(
        library(),
        places=studies.places,
        hours=openings_of(library(), me(), studies.exceptions, now=now),
        right=queries.right_answers_of(enrolment),
        practised=practised_lessons(person),
    )
    return render_template("study/course.html", map=found, promise=library().promise, lapses=faults_for_author())


@blueprint.route("/course/img/<name>")
@public
def image(name: str) -> ResponseReturnValue:
    """A picture of a lesson: the free one has some too."""
    folder = current_app.config["LESSONS"] / "img"
    return send_from_directory(folder, name) if folder.is_dir() else abort(404)


def last_day() -> date:
    """The last day of the cohort that the asking learner studies in."""
    cohort = me().cohort
    assert cohort is not None
    return cohort.ends_on


def shown_today(sent: Form | None = None, plan_id: int | None = None) -> ResponseReturnValue:
    """The page of today; with a report that was sent and refused, as it was typed."""
    person, enrolment = learner()
    now = clock.now().astimezone(ZoneInfo(person.time_zone))
    book = book_of(person)
    studies = queries.studies_of(enrolment, now)
    page = today_page(
        library(),
        studies,
        hours=openings_of(library(), me(), studies.exceptions, now=now),
        entries=book.entries,
        people_due=due_list(book.rhythms, now.date()),
        now=now,
        ends_on=last_day(),
    )
    reports = {
        plan.id: standing_at(f"report-{plan.id}", sent if sent and plan.id == plan_id else ReportForm(formdata=None))
        for plan in page.plans_due
    }
    html = render_template(
        "study/today.html", page=page, library=library(), now=now, cohort=me().cohort, reports=reports, sent=sent
    )
    return html, 422 if sent else 200
