"""What an account would be with other shares: asked by the address alone, answered, and kept nowhere."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import learner_only
from app.practice.account_words import figured
from app.practice.ledger_views import drawn_up
from app.practice.views import blueprint
from app.practice.what_if_page import what_if_page
from course.roi import account


@blueprint.route("/roi/what-if")
@learner_only
def what_if() -> ResponseReturnValue:
    """The account of the learner beside what the address supposes."""
    found = drawn_up()
    if found is None:
        return redirect(url_for(".roi"))
    page = what_if_page(account(found.ledger), request.args)
    return render_template("practice/ledger/what_if.html", page=page, figured=figured)
