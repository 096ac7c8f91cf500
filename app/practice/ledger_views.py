"""The ROI page, and the ledger to take away: as the file that anyone can recompute, and for a spreadsheet."""

import json

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.content import library
from app.practice import ledger_queries as queries
from app.practice.account_words import figured
from app.practice.ledger_csv import ledger_to_csv
from app.practice.ledger_facts import Gathered
from app.practice.ledger_page import roi_page
from app.practice.views import blueprint
from course.ledger_file import ledger_to_json
from course.roi import account


@blueprint.route("/roi/")
@learner_only
def roi() -> ResponseReturnValue:
    """The account of the learner, from everything that stands in the ledger today."""
    found = gathered()
    if found is None:
        return render_template("practice/ledger/begin.html")
    titles = {lesson.id: lesson.title for lesson in (*library().lessons, *library().former)}
    return render_template("practice/ledger/roi.html", page=roi_page(found, titles), figured=figured)


@blueprint.route("/roi/ledger.json")
@learner_only
def export() -> ResponseReturnValue:
    """The ledger as `python -m course account` reads it."""
    found = gathered()
    if found is None:
        return redirect(url_for(".roi"))
    text = json.dumps(ledger_to_json(found.ledger), indent=1, ensure_ascii=False)
    return attachment(text + "\n", "application/json", f"ledger-{found.ledger.as_of}.json")


@blueprint.route("/roi/ledger.csv")
@learner_only
def export_table() -> ResponseReturnValue:
    """The ledger row by row, for a spreadsheet."""
    found = gathered()
    if found is None:
        return redirect(url_for(".roi"))
    return attachment(ledger_to_csv(account(found.ledger)), "text/csv", f"ledger-{found.ledger.as_of}.csv")


def gathered() -> Gathered | None:
    """The ledger of who is asking, on their own day; None while it has no beginning."""
    person, _ = learner()
    minutes = {lesson.id: lesson.minutes for lesson in (*library().former, *library().lessons)}
    return queries.ledger_of(person, clock.today(person.time_zone), minutes)


def attachment(text: str, mimetype: str, name: str) -> Response:
    """A file to be saved, never shown as a page of ours."""
    return Response(text, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
