"""One learner's place as their trainer sees it, and what is done about it. Always with a reason, which is kept."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import me, trainer_only
from app.cohorts import place_actions, trainer_queries
from app.cohorts.setup_forms import ExemptForm, MoveForm, WhyForm
from app.cohorts.trainer_queries import OwnCohort, Place
from app.cohorts.trainer_views import blueprint, own
from app.content import library
from app.forms import Form

NO_SEAT = "No seat is free. Withdraw somebody, or give the cohort more seats first."


def found(slug: str, enrolment_id: int) -> tuple[OwnCohort, Place]:
    """The place in the asking trainer's cohort; 404 for any other."""
    cohort = own(slug)
    return cohort, trainer_queries.place_of(cohort.id, enrolment_id) or abort(404)


def parts() -> dict[str, dict[str, str]]:
    """What a day of one's own can be for: all, a module, a lesson."""
    modules = [module for module in library().modules if module.lessons]
    return {
        "Course": {"": "All lessons"},
        "Modules": {module.folder: f"{module.number} {module.title}" for module in modules},
        "Lessons": {
            lesson.id: f"{library().number(lesson.id)} {lesson.title}"
            for module in modules
            for lesson in module.lessons
        },
    }


@blueprint.route("/trainer/cohorts/<slug>/learners/<int:enrolment_id>")
@trainer_only
def place(slug: str, enrolment_id: int) -> ResponseReturnValue:
    return shown(*found(slug, enrolment_id))


def shown(cohort: OwnCohort, place: Place, **sent: Any) -> str:
    exceptions, history = trainer_queries.record_of(place.id)
    names = {key: words for group in parts().values() for key, words in group.items()}
    exempt = sent.get("exempt") or ExemptForm(formdata=None)
    exempt.what.choices = parts()
    return render_template(
        "desk/place.html",
        cohort=cohort,
        place=place,
        exceptions=exceptions,
        history=history,
        names=names,
        why=sent.get("why") or WhyForm(formdata=None),
        exempt=exempt,
        button=sent.get("button") or Form(formdata=None),
        now=clock.now(),
    )


def back(slug: str, enrolment_id: int) -> ResponseReturnValue:
    return redirect(url_for("desk.place", slug=slug, enrolment_id=enrolment_id), 303)


@blueprint.route("/trainer/cohorts/<slug>/learners/<int:enrolment_id>/withdraw", methods=["POST"])
@trainer_only
def withdraw(slug: str, enrolment_id: int) -> ResponseReturnValue:
    cohort, place = found(slug, enrolment_id)
    form = WhyForm()
    if not form.validate_on_submit():
        return shown(cohort, place, why=form), 422
    try:
        place_actions.withdraw(cohort.id, place.id, author=me().person, why=form.why.data or "")
    except place_actions.NoSuchPlace:
        flash("The place had ended already.")
        return redirect(url_for("reports.roster", slug=slug), 303)
    freed = "those behind them move up" if place.status == "waiting" else "the seat goes to the next in line"
    flash(f"{place.name} is withdrawn. What they wrote stays theirs; {freed}.")
    return redirect(url_for("reports.roster", slug=slug), 303)


@blueprint.route("/trainer/cohorts/<slug>/learners/<int:enrolment_id>/restore", methods=["POST"])
@trainer_only
def restore(slug: str, enrolment_id: int) -> ResponseReturnValue:
    cohort, place = found(slug, enrolment_id)
    form = WhyForm()
    if form.validate_on_submit():
        try:
            place_actions.restore(cohort.id, place.id, author=me().person, why=form.why.data or "")
        except place_actions.CohortFull:
            form.why.errors = [NO_SEAT]
            return shown(cohort, place, why=form), 409
        except place_actions.NoSuchPlace:
            form.why.errors = ["This place can’t be given back: it has not ended, or the cohort has."]
            return shown(cohort, place, why=form), 409
        flash(f"{place.name} has a seat again.")
        return back(slug, enrolment_id)
    return shown(cohort, place, why=form), 422


@blueprint.route("/trainer/cohorts/<slug>/learners/<int:enrolment_id>/move", methods=["GET", "POST"])
@trainer_only
def move(slug: str, enrolment_id: int) -> ResponseReturnValue:
    cohort, place = found(slug, enrolment_id)
    others = trainer_queries.other_cohorts(me().person, cohort.id)
    form = MoveForm()
    form.to.choices = {str(other.id): f"{other.name}, {max(other.free, 0)} free" for other in others}
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        fault = moved(cohort, place, form)
        if fault is None:
            flash(f"{place.name} is moved, with everything studied so far.")
            return redirect(url_for("reports.roster", slug=slug), 303)
        form.to.errors, status = [fault], 409
    return render_template("desk/move.html", cohort=cohort, place=place, form=form, others=others), status


def moved(cohort: OwnCohort, place: Place, form: MoveForm) -> str | None:
    """Move the place; why it can't be moved, or None once it is."""
    try:
        place_actions.move(cohort.id, place.id, int(form.to.data), author=me().person, why=form.why.data or "")
    except place_actions.CohortFull:
        return "No seat is free there. Give that cohort more seats first."
    except place_actions.AlreadyThere:
        return f"{place.name} has or had a place there already."
    except place_actions.NoSuchPlace:
        return "This place has ended: give it back first."
    return None


@blueprint.route("/trainer/cohorts/<slug>/learners/<int:enrolment_id>/days", methods=["POST"])
@trainer_only
def exempt(slug: str, enrolment_id: int) -> ResponseReturnValue:
    cohort, place = found(slug, enrolment_id)
    form = ExemptForm()
    form.what.choices = parts()
    if not form.validate_on_submit():
        return shown(cohort, place, exempt=form), 422
    place_actions.exempt(cohort.id, place.id, form.what.data or "", **form.day(), author=me().person)
    flash("Kept. It counts from now on.")
    return back(slug, enrolment_id)


@blueprint.route("/trainer/cohorts/<slug>/learners/<int:enrolment_id>/days/<int:exception_id>/remove", methods=["POST"])
@trainer_only
def end_exemption(slug: str, enrolment_id: int, exception_id: int) -> ResponseReturnValue:
    cohort, place = found(slug, enrolment_id)
    form = Form()
    if not form.validate_on_submit():
        return shown(cohort, place, button=form), 422
    try:
        place_actions.end_exemption(cohort.id, place.id, exception_id)
    except place_actions.NoSuchPlace:
        abort(404)
    flash("The cohort’s own days count again.")
    return back(slug, enrolment_id)
