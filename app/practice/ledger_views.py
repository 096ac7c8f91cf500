"""The ROI page, and the ledger to take away: as the file that anyone can recompute, and for a spreadsheet."""

import json
from collections.abc import Mapping

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.content import library
from app.practice import account_queries, evidence_queries
from app.practice import ledger_queries as queries
from app.practice.account_words import figured
from app.practice.ledger_csv import ledger_to_csv
from app.practice.ledger_facts import Gathered
from app.practice.ledger_page import roi_page
from app.practice.month_page import month_page
from app.practice.views import blueprint
from course.ledger import Ledger
from course.ledger_file import ledger_to_json
from course.roi import account


@blueprint.route("/roi/")
@learner_only
def roi() -> ResponseReturnValue:
    """The account of the learner, from everything that stands in the ledger today."""
    found = drawn_up()
    if found is None:
        return render_template("practice/ledger/begin.html")
    person, _ = learner()
    beside = evidence_queries.evidence_of(person, found.ledger.as_of)
    return render_template("practice/ledger/roi.html", page=roi_page(found, beside, titles()), figured=figured)


@blueprint.route("/roi/months/start")
@learner_only
def beginning() -> ResponseReturnValue:
    """What the account begins with: everything up to the day of the start."""
    return month_opened(0)


@blueprint.route("/roi/months/<int:t>")
@learner_only
def month(t: int) -> ResponseReturnValue:
    """One month of the account with all its entries; a month that the account has not reached is not there."""
    return month_opened(t)


def month_opened(t: int) -> ResponseReturnValue:
    person, _ = learner()
    found = drawn_up()
    if found is None:
        return redirect(url_for(".roi"))
    whole = account(found.ledger)
    if t > whole.t:
        abort(404)
    spent = account_queries.put_in_month(person, t, minutes())
    number = request.args.get("page", 1, type=int)
    page = month_page(whole, t, spent=spent, titles=titles(), number=number)
    return render_template("practice/ledger/month.html", page=page, figured=figured)


@blueprint.route("/roi/ledger.json")
@learner_only
def export() -> ResponseReturnValue:
    """The ledger as `python -m course account` reads it."""
    found = gathered()
    if found is None:
        return redirect(url_for(".roi"))
    return attachment(ledger_text(found.ledger), "application/json", f"ledger-{found.ledger.as_of}.json")


@blueprint.route("/roi/ledger.csv")
@learner_only
def export_table() -> ResponseReturnValue:
    """The ledger row by row, for a spreadsheet."""
    found = gathered()
    if found is None:
        return redirect(url_for(".roi"))
    return attachment(ledger_to_csv(account(found.ledger)), "text/csv", f"ledger-{found.ledger.as_of}.csv")


def gathered() -> Gathered | None:
    """The ledger of who is asking, row by row, on their own day; None while it has no beginning."""
    person, _ = learner()
    return queries.ledger_of(person, clock.today(person.time_zone), minutes())


def drawn_up() -> Gathered | None:
    """The same ledger with its log added up by month, which is all that an account needs."""
    person, _ = learner()
    return account_queries.account_of(person, clock.today(person.time_zone), minutes())


def minutes() -> Mapping[str, int]:
    """The stated minutes of every lesson by its id, former ones too."""
    return {lesson.id: lesson.minutes for lesson in (*library().former, *library().lessons)}


def titles() -> Mapping[str, str]:
    """The title of every lesson by its id, former ones too."""
    return {lesson.id: lesson.title for lesson in (*library().lessons, *library().former)}


def ledger_text(ledger: Ledger) -> str:
    """The ledger's file, byte for byte as it is handed out and hashed."""
    return json.dumps(ledger_to_json(ledger), indent=1, ensure_ascii=False) + "\n"


def attachment(content: str | bytes, mimetype: str, name: str) -> Response:
    """A file to be saved, never shown as a page of ours."""
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})
