"""Two aliases that are one person: looked at before they become one, and parted again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.practice import actions, merge_actions, people_actions, queries
from app.practice.book import Book, Tended
from app.practice.forms import Button
from app.practice.merge_page import merge_page
from app.practice.people_forms import MergeForm
from app.practice.people_views import MOVED, offered_aliases, own
from app.practice.views import blueprint


@blueprint.route("/people/<int:relationship_id>/merge", methods=["GET", "POST"])
@learner_only
def merge(relationship_id: int) -> ResponseReturnValue:
    """What would become one; a post makes it so."""
    person, _ = learner()
    book = queries.book_of(person)
    stays = own(book, relationship_id)
    form = MergeForm(around=book, own=stays.id, data={"alias": request.args.get("alias", "")})
    if not form.validate_on_submit():
        return merge_around(form, book, stays), 422 if form.is_submitted() else 200
    try:
        merge_actions.merge(person, stays.id, other=form.other, now=clock.now())
    except (actions.NotTheirs, people_actions.Circular):
        form.alias.errors = [MOVED]
        return merge_around(form, book, stays), 409
    flash(
        f"{book.aliases[form.other]} is {stays.alias} now. Everything is read as one person, and can be parted again."
    )
    return redirect(url_for(".relationship", relationship_id=stays.id), 303)


@blueprint.route("/people/<int:relationship_id>/part", methods=["POST"])
@learner_only
def part(relationship_id: int) -> ResponseReturnValue:
    """Make a merged alias somebody of their own again."""
    person, _ = learner()
    if not Button().validate_on_submit():
        abort(400)
    try:
        alias, seat = merge_actions.part(person, relationship_id)
    except actions.NotTheirs:
        abort(404)
    except merge_actions.NotMerged:
        flash("They are apart already.")
        return redirect(url_for(".relationship", relationship_id=relationship_id), 303)
    seated = f", in seat {seat}" if seat else ""
    flash(f"{alias} is somebody of their own again{seated}, with everything that was written under that alias.")
    return redirect(url_for(".relationship", relationship_id=relationship_id), 303)


def merge_around(form: MergeForm, book: Book, stays: Tended) -> str:
    """The page that shows what would become one, once the other alias is found."""
    person, _ = learner()
    if form.alias.data and not form.is_submitted():
        form.look_up()
    other = book.person(form.other) if form.other and not form.alias.errors else None
    page = merge_page(book, stays, other, paid=queries.receipts_by_person(person)) if other else None
    return render_template(
        "practice/merge.html", form=form, stays=stays, page=page, offered=offered_aliases(book, but=stays.id)
    )
