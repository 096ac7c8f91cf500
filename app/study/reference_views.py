"""What is looked up and printed: the glossary, and each module on one sheet."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only, me, public
from app.content import library
from app.study.glossary_page import explained
from app.study.openings import openings_of
from app.study.queries import studies_of
from app.study.summary_page import module_summary as summary_of
from app.study.views import blueprint


@blueprint.route("/course/glossary")
@public
def glossary() -> ResponseReturnValue:
    """For visitors too: who reads the free lesson meets these words."""
    return render_template("study/glossary.html", terms=explained(library()), free=library().free)


@blueprint.route("/course/module/<int:number>")
@learner_only
def module_summary(number: int) -> ResponseReturnValue:
    sheet = summary_of(library(), number) or abort(404)
    now = clock.now()
    studies = studies_of(learner()[1], now)
    hours = openings_of(library(), me(), studies.exceptions, now=now)
    shut = [day for lesson in sheet.module.lessons if (day := hours.shut_until(lesson.id, studies.places))]
    if shut:
        return render_template("study/shut.html", title=sheet.module.title, until=max(shut))
    return render_template("study/module_summary.html", sheet=sheet, course=library().title)
