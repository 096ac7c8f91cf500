"""A trainer's desk: a cohort set up from a pattern, changed, made again for later, looked at in each of its states."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import me, trainer_only
from app.cohorts import consents, trainer_actions, trainer_queries
from app.cohorts.cohort_facts import PATTERNS
from app.cohorts.forms import SignupForm
from app.cohorts.preview import STATES, as_in
from app.cohorts.trainer_forms import CohortForm, DuplicateForm, NewCohortForm, Part, as_typed, with_days
from app.cohorts.trainer_queries import OwnCohort
from app.content import library

blueprint = Blueprint("desk", __name__)

SLUG_TAKEN = "Another cohort has this address. Choose another one."


def own(slug: str) -> OwnCohort:
    """The asking trainer's cohort of that slug; 404 if there is none, also where it is another trainer's."""
    return trainer_queries.own_cohort(me().person, slug, clock.now()) or abort(404)


def modules() -> tuple[tuple[Part, tuple[Part, ...]], ...]:
    """Each module that has lessons, and they, with their numbers and titles."""
    held = library()
    return tuple(
        (
            (module.folder, f"{module.number} {module.title}"),
            tuple((lesson.id, f"{held.number(lesson.id)} {lesson.title}") for lesson in module.lessons),
        )
        for module in held.modules
        if module.lessons
    )


def after(cohort_id: int | None = None) -> dict[str, tuple[str, Any]]:
    """The cohorts that may come next."""
    found = trainer_queries.other_cohorts(me().person, cohort_id)
    return {str(other.id): (other.name, other.starts_on) for other in found}


@blueprint.route("/trainer/cohorts/new", methods=["GET", "POST"])
@trainer_only
def new() -> ResponseReturnValue:
    person = me().person
    pattern = next((pattern for pattern in PATTERNS if pattern.key == request.args.get("pattern")), PATTERNS[0])
    form_class: Any = with_days(NewCohortForm, modules())
    facts = pattern.facts(clock.today(person.time_zone), time_zone=person.time_zone, currency=person.currency)
    form = form_class(data={**as_typed(facts, form_class), "trainer_line": person.name}, after=after())
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            made = trainer_actions.create(person, form.slug.data, form.facts())
        except trainer_actions.SlugTaken:
            form.slug.errors = [SLUG_TAKEN]
        else:
            flash("It is set up. Look at its page in each state before you share it.")
            return redirect(url_for("desk.setup", slug=made.slug), 303)
    return render_template("desk/new.html", form=form, patterns=PATTERNS, chosen=pattern), status


@blueprint.route("/trainer/cohorts/<slug>/edit", methods=["GET", "POST"])
@trainer_only
def edit(slug: str) -> ResponseReturnValue:
    cohort = own(slug)
    form_class: Any = with_days(CohortForm, modules())
    form = form_class(
        data={**as_typed(cohort.facts, form_class), "version": str(cohort.version)}, after=after(cohort.id)
    )
    if not form.validate_on_submit():
        return edited(cohort, form), 422 if form.is_submitted() else 200
    facts, version = form.facts(), int(form.version.data) if (form.version.data or "").isdecimal() else 0
    try:
        trainer_actions.edit(cohort.id, facts, version=version, trainer=me().person)
    except trainer_actions.Edited as other:
        return conflict(cohort, form, other), 409
    except trainer_actions.OverlookedCohort:
        abort(404)
    over = cohort.page.terms.taken - facts.capacity
    flash(fewer(over, facts.capacity) if over > 0 else "Saved.")
    return redirect(url_for("desk.setup", slug=slug), 303)


def fewer(over: int, capacity: int) -> str:
    """What happens where more people hold a seat than there are seats now."""
    who = "one person more than that holds" if over == 1 else f"{over} people more than that hold"
    return (
        f"Saved. There are {capacity} seats now, and {who} one. Nobody is dropped: "
        "what falls free is offered to nobody until all fit."
    )


def edited(cohort: OwnCohort, form: Any, *, differing: Any = (), by: str = "") -> str:
    return render_template("desk/edit.html", cohort=cohort, form=form, differing=differing, by=by)


def conflict(cohort: OwnCohort, form: Any, other: trainer_actions.Edited) -> str:
    """Both versions: what was typed in the fields, what was saved meanwhile beside it. Saving again goes over it."""
    saved = type(form)(formdata=None, data=as_typed(other.facts, type(form)), after=form.after)
    differing = [
        (field.label.text, field.id, saved[field.short_name])
        for field in form
        if field.short_name not in {"once", "csrf_token", "version", "asked"}
        and (field.data or "") != (saved[field.short_name].data or "")
    ]
    form.version.data = str(other.version)
    form.version.raw_data = None
    return edited(cohort, form, differing=differing, by=other.by)


@blueprint.route("/trainer/cohorts/<slug>/duplicate", methods=["GET", "POST"])
@trainer_only
def duplicate(slug: str) -> ResponseReturnValue:
    cohort = own(slug)
    form = DuplicateForm(data={"name": cohort.name})
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        days = form.days_from(cohort.facts.starts_on)
        try:
            made = trainer_actions.duplicate(
                me().person, cohort.id, slug=form.slug.data or "", name=form.name.data or "", days=days
            )
        except trainer_actions.SlugTaken:
            form.slug.errors = [SLUG_TAKEN]
        except trainer_actions.OverlookedCohort:
            abort(404)
        else:
            flash("It is set up, every date moved by as much. Look through it before you share it.")
            return redirect(url_for("desk.setup", slug=made.slug), 303)
    return render_template("desk/duplicate.html", cohort=cohort, form=form), status


@blueprint.route("/trainer/cohorts/<slug>/preview")
@trainer_only
def preview(slug: str) -> ResponseReturnValue:
    """The public page as it would be in a state: nothing in it can be sent."""
    cohort = own(slug)
    key = request.args.get("state", "")
    page = as_in(cohort.page, key, clock.now()) if key in STATES else cohort.page
    form = SignupForm(formdata=None)
    form.speak_of(page.terms.ends_on)
    return render_template("desk/preview.html", cohort=page, form=form, states_of=STATES, chosen=key, consents=consents)
