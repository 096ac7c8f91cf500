"""Search over the lessons and the glossary."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.access import learner_only
from app.content import library
from app.study.search_page import question, search_page, words_known
from app.study.search_queries import find
from app.study.views import blueprint
from course.search import sought


@blueprint.route("/course/search")
@learner_only
def search() -> ResponseReturnValue:
    asked = question(request.args.get("q", ""))
    words = sought(asked, words_known(library()))
    page = search_page(library(), asked, looked_for=bool(words), found=find(words))
    return render_template("study/search.html", page=page)
