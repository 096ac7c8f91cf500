"""Promises: all that are open in one place, and what became of each."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.practice import actions, people_queries
from app.practice.people_forms import PromiseForm
from app.practice.promises_page import promises_page
from app.practice.views import blueprint, today

SETTLED = {
    "kept": "Kept, on its page and in the score.",
    "dropped": "Written down as dropped.",
    "open": "Open again.",
}


@blueprint.route("/people/promises")
@learner_only
def promises() -> ResponseReturnValue:
    """Every promise that is open, whoever it was made to, and those that are settled."""
    return promises_around()


@blueprint.route("/people/promises/<int:promise_id>", methods=["POST"])
@learner_only
def promise(promise_id: int) -> ResponseReturnValue:
    person, _ = learner()
    found = people_queries.promise_of(person, promise_id) or abort(404)
    form = PromiseForm(today=today(), made=found.made)
    if not form.validate_on_submit():
        return promises_around(form, promise_id), 422
    try:
        actions.settle_promise(person, promise_id, outcome=form.outcome.data, day=form.on)
    except actions.NotTheirs:
        abort(404)
    flash(SETTLED[form.outcome.data])
    if form.back.data == "all":
        return redirect(url_for(".promises"), 303)
    return redirect(url_for(".relationship", relationship_id=found.person, _anchor="promises"), 303)


def promises_around(form: PromiseForm | None = None, wrong: int | None = None) -> str:
    """The page of the promises; `wrong` is the one whose form was refused."""
    person, _ = learner()
    number = request.args.get("page", 1, type=int)
    return render_template(
        "practice/promises.html",
        page=promises_page(people_queries.everybody(person), today(), number=number),
        settle=PromiseForm(today=today(), formdata=None),
        form=form,
        wrong=wrong,
    )
