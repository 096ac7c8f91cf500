"""The people a learner tends: who is due, ten seats, who brought whom, and the page of each."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import learner, learner_only
from app.practice import actions, people_actions, people_queries, queries
from app.practice.book import Book, People, Tended
from app.practice.forms import Button
from app.practice.introductions_page import introductions_page
from app.practice.people_forms import SEATS, PromiseForm, TendForm
from app.practice.people_page import STATUSES, Sought, listed, people_page, shown
from app.practice.people_queries import Everybody
from app.practice.relationship_page import relationship_page
from app.practice.views import blueprint, today
from course.cadence import CADENCES

TAKEN = "Another tab was faster: that seat or alias has just been taken. Choose again."
MOVED = "Another tab was faster: your people have changed since. Look again at who introduced them."
MOST_OFFERED = 40


@blueprint.route("/people/")
@learner_only
def people() -> ResponseReturnValue:
    circle = circle_today()
    return people_around(someone_new(circle), circle)


@blueprint.route("/people/", methods=["POST"])
@learner_only
def add_person() -> ResponseReturnValue:
    person, _ = learner()
    circle = circle_today()
    form = someone_new(circle)
    if form.validate_on_submit():
        try:
            added = people_actions.add_person(person, form.tending)
        except (people_actions.AliasTaken, people_actions.SeatTaken):
            form.alias.errors = [TAKEN]
        except actions.NotTheirs:
            form.introduced.errors = [MOVED]
        else:
            flash(f"{form.tending.alias} is on your list. The first entry in the log earns the first stage.")
            return redirect(url_for(".relationship", relationship_id=added), 303)
    return people_around(form, circle), 422


@blueprint.route("/people/introductions")
@learner_only
def introductions() -> ResponseReturnValue:
    """Who brought whom, and how receipts read up the chain."""
    person, _ = learner()
    everybody = People(people_queries.everybody(person))
    number = request.args.get("page", 1, type=int)
    page = introductions_page(everybody, queries.receipts_by_person(person), number=number)
    return render_template("practice/introductions.html", page=page, currency=person.currency)


@blueprint.route("/people/<int:relationship_id>")
@learner_only
def relationship(relationship_id: int) -> ResponseReturnValue:
    person, _ = learner()
    book = queries.book_of(person)
    tended = book.by_alias_id.get(relationship_id) or abort(404)
    if tended.id != relationship_id:
        return redirect(url_for(".relationship", relationship_id=tended.id))
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
        except (people_actions.Circular, actions.NotTheirs):
            form.introduced.errors = [MOVED]
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


def circle_today() -> Everybody:
    """Everybody the learner tends, as of their day."""
    person, _ = learner()
    return people_queries.everybody_of(person, today())


def own(people: People, relationship_id: int) -> Tended:
    return people.person(relationship_id) or abort(404)


def someone_new(circle: Everybody) -> TendForm:
    """The form for one more person; the first free seat is theirs unless said otherwise."""
    free = next((seat for seat in SEATS if seat not in circle.seated), None)
    given = {"layer": "core", "seat": str(free or "")}
    return TendForm(today=today(), around=circle, data=None if request.method == "POST" else given)


def changed(book: Book, tended: Tended) -> TendForm:
    """The form that says how somebody is tended now."""
    given: dict[str, Any] = {
        "alias": tended.alias,
        "layer": tended.layer,
        "cadence": None if tended.tau == CADENCES[tended.layer] else tended.tau,
        "seat": str(tended.seat or ""),
        "known_since": tended.known_since,
        "introduced": book.aliases.get(tended.introduced_by or 0, ""),
    }
    data = None if request.method == "POST" else given
    return TendForm(today=today(), around=book, own=tended.id, data=data)


def offered_aliases(people: People, but: int | None = None) -> list[str]:
    """A few aliases to complete from: those with a seat before the others. Any other can be typed."""
    seated_first = sorted(people.people, key=lambda person: person.seat is None)
    return [person.alias for person in seated_first if person.id != but][:MOST_OFFERED]


def people_around(form: TendForm, circle: Everybody) -> str:
    """The page of everybody with the form for one more."""
    person, _ = learner()
    status = request.args.get("status", "")
    sought = Sought(request.args.get("alias", "").strip()[:40], status if status in STATUSES else "")
    others = listed(circle, today(), sought=sought, number=request.args.get("page", 1, type=int))
    touches = people_queries.touches_of(person, shown(circle, others))
    return render_template(
        "practice/people.html",
        page=people_page(circle, touches, today(), others=others),
        form=form,
        button=Button(formdata=None),
        anybody=bool(circle.people),
        sought=sought,
        statuses=STATUSES,
        offered=offered_aliases(circle),
    )


def person_around(form: TendForm, book: Book, tended: Tended) -> str:
    """The page of one person with the form that changes how they are tended."""
    person, _ = learner()
    came = people_queries.came_of(person, tended)
    number = request.args.get("page", 1, type=int)
    return render_template(
        "practice/relationship.html",
        page=relationship_page(book, tended, today=today(), came=came, number=number),
        form=form,
        currency=person.currency,
        book=book,
        settle=PromiseForm(today=today(), formdata=None),
        button=Button(formdata=None),
        offered=offered_aliases(book, but=tended.id),
    )
