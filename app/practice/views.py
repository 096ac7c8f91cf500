"""The log: written on a phone in under a minute, read as a list, corrected by a new line."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.content import library
from app.practice import actions, queries
from app.practice.book import Book, Company
from app.practice.entry_page import EntryPage, entry_page, prefilled
from app.practice.forms import Button, EntryForm, Offered
from app.practice.log_page import VERDICTS, Sought, log_page
from app.practice.offer import allowed, at_first, offered
from app.practice.wording import FormWords, in_words

blueprint = Blueprint("practice", __name__)


@blueprint.route("/practice/", methods=["GET", "POST"])
@learner_only
def log() -> ResponseReturnValue:
    person, _ = learner()
    if request.method != "POST":
        book = queries.book_of(person)
        return log_around(new_entry(book), book)
    form = sent_entry(queries.company_of(person))
    if form.validate_on_submit():
        facts = form.facts
        actions.log_entry(person, facts)
        flash(f"Logged: {in_words(facts.minutes, facts.rubric, form.named)}.")
        return redirect(url_for(".log", logged=form.once.data), 303)
    book = queries.book_of(person)
    form.offered = offered_by(book)
    return log_around(form, book), 422


@blueprint.route("/practice/<int:entry_id>", methods=["GET", "POST"])
@learner_only
def entry(entry_id: int) -> ResponseReturnValue:
    person, _ = learner()
    book = queries.book_of(person)
    page = page_of_entry(book, entry_id)
    form = correction(book, page)
    # Asked before the form is checked: what stands must be seen before anything is written over it.
    if form.is_submitted() and page.standing.entry.id != entry_id:
        return entry_around(form, page, conflict=True), 409
    if not form.validate_on_submit():
        return entry_around(form, page), 422 if form.is_submitted() else 200
    try:
        corrected = actions.correct_entry(person, entry_id, form.facts)
    except actions.AlreadyCorrected:
        return entry_around(form, page_of_entry(queries.book_of(person), entry_id), conflict=True), 409
    flash("Corrected. What it said before stays readable here.")
    return redirect(url_for(".entry", entry_id=corrected, logged=form.once.data), 303)


@blueprint.route("/practice/<int:entry_id>/take-back", methods=["POST"])
@learner_only
def take_back(entry_id: int) -> ResponseReturnValue:
    person, _ = learner()
    if not Button().validate_on_submit():
        abort(400)
    try:
        void = actions.take_back(person, entry_id)
    except actions.NotTheirs:
        abort(404)
    except actions.AlreadyCorrected:
        abort(409)
    flash("Taken back. It counts nowhere any more, and can still be read here.")
    return redirect(url_for(".entry", entry_id=void), 303)


def today() -> date:
    """The learner's day."""
    person, _ = learner()
    return clock.today(person.time_zone)


def new_entry(book: Book) -> EntryForm:
    """The form of a new entry, for whom and for which exercise the address asks."""
    who = named_in_address(book.aliases, "who")
    begun = at_first(book, today(), library=library(), who=who, exercise=request.args.get("exercise", ""))
    return EntryForm(offered=offered_by(book), data=begun)


def sent_entry(company: Company) -> EntryForm:
    """The form of a new entry as it was sent: checked against the few rows that can be wrong, not the whole log."""
    named_in_address(company.aliases, "who")
    return EntryForm(offered=allowed(company, today(), library=library()))


def offered_by(book: Book) -> Offered:
    """What the form of a new entry offers, whoever the address asks for first."""
    return offered(book, today(), library=library(), first=named_in_address(book.aliases, "who"))


def correction(book: Book, page: EntryPage) -> EntryForm:
    """The form that says what stands, to be corrected."""
    entry, promise = page.standing.entry, page.promise
    offer = offered(book, today(), library=library(), first=entry.person, but=promise)
    return EntryForm(offered=offer, data=unless_sent(prefilled(page.standing, promise)))


def unless_sent(given: dict[str, object]) -> dict[str, object] | None:
    """What was left out of a post is not filled in behind the learner's back."""
    return None if request.method == "POST" else given


def named_in_address(people: Iterable[int], key: str) -> int | None:
    """The person whose id the address gives; one who is not the learner's own is not found."""
    asked = request.args.get(key, "")
    found = next((id for id in people if str(id) == asked), None)
    if asked and found is None:
        abort(404)
    return found


def page_of_entry(book: Book, entry_id: int) -> EntryPage:
    page = entry_page(book, entry_id, library().exercises)
    if page is None:
        abort(404)
    return page


def log_around(form: EntryForm, book: Book) -> str:
    """The page of the log with its form."""
    person, _ = learner()
    form.lay_out()
    names, verdict = library().exercises, request.args.get("verdict", "")
    sought = Sought(named_in_address(book.aliases, "person"), verdict if verdict in VERDICTS else "")
    number = request.args.get("page", 1, type=int)
    return render_template(
        "practice/log.html",
        page=log_page(book, today(), sought=sought, number=number, exercises=names),
        form=form,
        words=FormWords(today()),
        sought=sought,
        people=book.people,
        exercise=names.get(request.args.get("exercise", "")),
        draft=f"{person.id}/{request.args.get('who', '')}",
    )


def entry_around(form: EntryForm, page: EntryPage, *, conflict: bool = False) -> str:
    """The page of one entry with the form that corrects it."""
    person, _ = learner()
    form.lay_out()
    draft = f"{person.id}/entry/{page.standing.entry.id}"
    return render_template(
        "practice/entry.html",
        page=page,
        form=form,
        words=FormWords(today()),
        button=Button(formdata=None),
        conflict=conflict,
        draft=draft,
    )
