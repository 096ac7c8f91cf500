"""Search over the lessons and the glossary."""

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only, me
from app.content import library
from app.study.openings import openings_of
from app.study.queries import studies_of
from app.study.search_page import question, search_page, words_known
from app.study.search_queries import find
from app.study.views import blueprint
from course.search import sought


@blueprint.route("/course/search")
@learner_only
def search() -> ResponseReturnValue:
    asked = question(request.args.get("q", ""))
    words = sought(asked, words_known(library()))
    now, found = clock.now(), find(words)
    studies = studies_of(learner()[1], now)
    hours = openings_of(library(), me(), studies.exceptions, now=now)
    # What is still shut is not read in pieces either.
    hits = tuple(hit for hit in found.hits if not hours.shut_until(hit.lesson_id, studies.places))
    page = search_page(library(), asked, looked_for=bool(words), found=replace(found, hits=hits))
    return render_template("study/search.html", page=page)
