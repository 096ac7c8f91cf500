"""The log: written on a phone in under a minute, read as a list, corrected by a new line."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only
from app.content import library
from app.practice import actions, log_queries, queries, share_queries
from app.practice.book import Book
from app.practice.circle import Circle
from app.practice.entry_page import EntryPage, entry_page, prefilled
from app.practice.fields import whole
from app.practice.forms import Button, EntryForm
from app.practice.log_page import VERDICTS, log_page
from app.practice.log_queries import Line, Sought, Tally
from app.practice.offer import Wanted, allowed, at_first, offered, to_correct
from app.practice.paging import SIZE, Page, place_of
from app.practice.wording import FormWords, before_the_ledger, in_words
from app.study.queries import KeptPlan

blueprint = Blueprint("practice", __name__)


@blueprint.route("/practice/", methods=["GET", "POST"])
@learner_only
def log() -> ResponseReturnValue:
    person, enrolment = learner()
    if request.method != "POST":
        return log_around()
    company, plan = queries.company_of(person), asked_for("plan")
    named_in_address(company.aliases, "who")
    form = EntryForm(offered=allowed(company, today(), library=library()))
    if not form.validate_on_submit():
        return log_around(form), 422
    facts = form.facts
    entry_id = actions.log_entry(person, facts)
    early = before_the_ledger(facts.day, person.ledger_start)
    flash(f"Logged: {in_words(facts.minutes, facts.rubric, form.named)}.{early}")
    if plan is None:
        return redirect(url_for(".log", logged=form.once.data), 303)
    try:
        actions.report_done(enrolment, plan, entry_id)
    except actions.NotTheirs:
        abort(404)
    return redirect(url_for(".entry", entry_id=entry_id, logged=form.once.data), 303)


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
    early = before_the_ledger(form.facts.day, person.ledger_start)
    flash(f"Corrected. What it said before stays readable here.{early}")
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


def correction(book: Book, page: EntryPage) -> EntryForm:
    """The form that says what stands, to be corrected."""
    entry, promise = page.standing.entry, page.promise
    offer = to_correct(book, today(), library=library(), first=entry.person, but=promise)
    return EntryForm(offered=offer, data=unless_sent(prefilled(page.standing, promise)))


def unless_sent(given: dict[str, object]) -> dict[str, object] | None:
    """What was left out of a post is not filled in behind the learner's back."""
    return None if request.method == "POST" else given


def asked_for(key: str) -> int | None:
    """The id of a row that the address gives; what no row can have is not found."""
    asked = request.args.get(key, "")
    found = whole(asked)
    if asked and (found is None or not 0 < found < 2**31):
        abort(404)
    return found


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


def wanted(circle: Circle, plan: KeptPlan | None) -> Wanted:
    """What the address asks a new entry for."""
    two_way = request.args.get("two_way", "")
    return Wanted(
        who=named_in_address(circle.aliases, "who"),
        exercise=request.args.get("exercise", ""),
        two_way=two_way if two_way in {"0", "1", "2"} else "",
        plan=plan,
    )


def sought_in(circle: Circle) -> Sought:
    """Which entries the address asks for."""
    with_whom, verdict = named_in_address(circle.aliases, "person"), request.args.get("verdict", "")
    aliases = circle.all_aliases[with_whom] if with_whom is not None else ()
    return Sought(aliases, verdict if verdict in VERDICTS else "")


def log_around(sent: EntryForm | None = None) -> str:
    """The page of the log with its form: the one that was sent, or a new one."""
    person, enrolment = learner()
    circle = log_queries.circle_of(person)
    sought = sought_in(circle)
    asked = asked_for("plan")
    tally, plan = log_queries.tally_of(person, enrolment, today(), sought=sought, plan_id=asked)
    if plan is None and asked is not None:
        abort(404)
    want = wanted(circle, plan)
    offer = offered(circle, today(), library=library(), first=want.who)
    begun = at_first(circle, today(), library=library(), wanted=want)
    form = sent or EntryForm(offered=offer, data=begun)
    form.offered = offer
    form.lay_out()
    return render_template(
        "practice/log.html",
        page=log_page(tally, page_of_lines(tally, sought), circle=circle, exercises=library().exercises),
        form=form,
        words=FormWords(today()),
        sought=sought,
        people=circle.aliases,
        want=want,
        exercise=library().exercises.get(begun["exercise"] or ""),
        draft=f"{person.id}/{request.args.get('who', '')}{f'/plan/{plan.id}' if plan else ''}",
    )


def page_of_lines(tally: Tally, sought: Sought) -> Page[Line]:
    """The page of the list that the address asks for, or the nearest there is."""
    here, last = place_of(request.args.get("page", 1, type=int), tally.sought)
    lines = log_queries.lines_of(learner()[0], sought=sought, skipped=(here - 1) * SIZE)
    return Page(lines, here, last, tally.sought)


def entry_around(form: EntryForm, page: EntryPage, *, conflict: bool = False) -> str:
    """The page of one entry with the form that corrects it."""
    person, _ = learner()
    form.lay_out()
    draft = f"{person.id}/entry/{page.standing.entry.id}"
    plan, shown = share_queries.around_entry(person, [version.entry.id for version in page.versions])
    return render_template(
        "practice/entry.html",
        page=page,
        form=form,
        words=FormWords(today()),
        button=Button(formdata=None),
        conflict=conflict,
        draft=draft,
        plan=plan,
        shown=shown,
    )
