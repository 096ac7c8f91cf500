"""The people a learner tends: who is due, ten seats, and the page of each."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.practice import actions, people_actions, queries
from app.practice.book import Book, Tended
from app.practice.forms import Button
from app.practice.people_forms import SEATS, PromiseForm, TendForm
from app.practice.people_page import people_page
from app.practice.relationship_page import relationship_page
from app.practice.views import blueprint, today
from course.cadence import CADENCES

TAKEN = "Another tab was faster: that seat or alias has just been taken. Choose again."


@blueprint.route("/people/")
@learner_only
def people() -> ResponseReturnValue:
    person, _ = learner()
    book = queries.book_of(person)
    return people_around(someone_new(book), book)


@blueprint.route("/people/", methods=["POST"])
@learner_only
def add_person() -> ResponseReturnValue:
    person, _ = learner()
    book = queries.book_of(person)
    form = someone_new(book)
    if form.validate_on_submit():
        try:
            added = people_actions.add_person(person, form.tending)
        except (people_actions.AliasTaken, people_actions.SeatTaken):
            form.alias.errors = [TAKEN]
        else:
            flash(f"{form.tending.alias} is on your list. The first entry in the log earns the first stage.")
            return redirect(url_for(".relationship", relationship_id=added), 303)
    return people_around(form, book), 422


@blueprint.route("/people/<int:relationship_id>")
@learner_only
def relationship(relationship_id: int) -> ResponseReturnValue:
    person, _ = learner()
    book = queries.book_of(person)
    tended = own(book, relationship_id)
    return person_around(changed(book, tended), book, tended)


@blueprint.route("/people/<int:relationship_id>/tend", methods=["POST"])
@learner_only
def tend(relationship_id: int) -> ResponseReturnValue:
    person, _ = learner()
    book = queries.book_of(person)
    tended = own(book, relationship_id)
    form = changed(book, tended)
    if form.validate_on_submit():
        try:
            people_actions.tend(person, relationship_id, form.tending)
        except (people_actions.AliasTaken, people_actions.SeatTaken):
            form.alias.errors = [TAKEN]
        else:
            flash("Saved.")
            return redirect(url_for(".relationship", relationship_id=relationship_id), 303)
    return person_around(form, book, tended), 422


@blueprint.route("/people/<int:relationship_id>/free-seat", methods=["POST"])
@learner_only
def free_seat(relationship_id: int) -> ResponseReturnValue:
    person, _ = learner()
    if not Button().validate_on_submit():
        abort(400)
    try:
        alias = people_actions.free_seat(person, relationship_id)
    except actions.NotTheirs:
        abort(404)
    flash(f"{alias} has given up the seat, and stays on your list with everything you wrote.")
    return redirect(url_for(".people"), 303)


@blueprint.route("/people/promises/<int:promise_id>", methods=["POST"])
@learner_only
def promise(promise_id: int) -> ResponseReturnValue:
    person, _ = learner()
    form = PromiseForm()
    if not form.validate_on_submit():
        abort(400)
    try:
        whose = actions.settle_promise(person, promise_id, outcome=form.outcome.data, today=today())
    except actions.NotTheirs:
        abort(404)
    return redirect(url_for(".relationship", relationship_id=whose, _anchor="promises"), 303)


def own(book: Book, relationship_id: int) -> Tended:
    found = book.person(relationship_id)
    if found is None:
        abort(404)
    return found


def someone_new(book: Book) -> TendForm:
    """The form for one more person; the first free seat is theirs unless said otherwise."""
    seated = seats(book)
    free = next((str(seat) for seat in SEATS if seat not in seated), "")
    given = None if request.method == "POST" else {"layer": "core", "seat": free}
    return TendForm(today=today(), aliases=book.aliases, seated=seated, data=given)


def changed(book: Book, tended: Tended) -> TendForm:
    """The form that says how somebody is tended now."""
    given: dict[str, Any] = {
        "alias": tended.alias,
        "layer": tended.layer,
        "cadence": None if tended.tau == CADENCES[tended.layer] else tended.tau,
        "seat": str(tended.seat or ""),
        "known_since": tended.known_since,
    }
    data = None if request.method == "POST" else given
    return TendForm(today=today(), aliases=book.aliases, seated=seats(book), own=tended.id, data=data)


def seats(book: Book) -> dict[int, int]:
    """Who sits where: the id by the seat."""
    return {person.seat: person.id for person in book.people if person.seat}


def people_around(form: TendForm, book: Book) -> str:
    """The page of everybody with the form for one more."""
    person, _ = learner()
    number = request.args.get("page", 1, type=int)
    page = people_page(book, today(), payments=queries.payment_days(person), number=number)
    return render_template("practice/people.html", page=page, form=form, button=Button(formdata=None), book=book)


def person_around(form: TendForm, book: Book, tended: Tended) -> str:
    """The page of one person with the form that changes how they are tended."""
    person, _ = learner()
    receipts = queries.receipts_with(person, tended.id)
    number = request.args.get("page", 1, type=int)
    page = relationship_page(book, tended, today=today(), paid=[paid.day for paid in receipts], number=number)
    return render_template(
        "practice/relationship.html",
        page=page,
        form=form,
        receipts=receipts,
        currency=person.currency,
        book=book,
        settle=PromiseForm(formdata=None),
        button=Button(formdata=None),
    )
