"""How a cohort is run: its sign-up, its trainers, its meetings, its picture, its invitations. Each is a small form."""

from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import audit, clock
from app.access import me, trainer_only
from app.cohorts import invite_actions, picture_actions, trainer_actions, trainer_queries
from app.cohorts.setup_forms import InviteForm, MeetingForm, PictureForm
from app.cohorts.trainer_forms import SureForm, TrainerForm
from app.cohorts.trainer_queries import OwnCohort
from app.cohorts.trainer_views import blueprint, own
from app.forms import Form
from course.local_time import wall_of

NO_TRAINER = "No trainer has this address. Whoever runs the installation makes somebody a trainer."


@blueprint.route("/trainer/cohorts/<slug>/setup")
@trainer_only
def setup(slug: str) -> ResponseReturnValue:
    return shown(own(slug))


def shown(cohort: OwnCohort, **sent: Any) -> str:
    """The set-up of a cohort, with a form that was sent and refused, if one was."""
    forms = {
        "trainer": TrainerForm(formdata=None),
        "meeting": MeetingForm(formdata=None, time_zone=cohort.time_zone, data={"minutes": 75}),
        "picture": PictureForm(formdata=None),
        "sure": SureForm(formdata=None),
        "button": Form(formdata=None),
    }
    return render_template(
        "desk/setup.html",
        cohort=cohort,
        colleagues=trainer_queries.colleagues_of(cohort.id),
        meetings=trainer_queries.gatherings_of(cohort.id),
        forms={**forms, **sent},
        now=clock.now(),
    )


def back(slug: str, place: str = "") -> ResponseReturnValue:
    return redirect(url_for("desk.setup", slug=slug, _anchor=place or None), 303)


@blueprint.route("/trainer/cohorts/<slug>/close", methods=["POST"])
@trainer_only
def close(slug: str) -> ResponseReturnValue:
    cohort, form = own(slug), Form()
    if not form.validate_on_submit():
        return shown(cohort, button=form), 422
    trainer_actions.close(cohort.id)
    flash("Sign-up is closed. Whoever waits is still offered seats that fall free.")
    return back(slug)


@blueprint.route("/trainer/cohorts/<slug>/reopen", methods=["POST"])
@trainer_only
def reopen(slug: str) -> ResponseReturnValue:
    cohort, form = own(slug), Form()
    if not form.validate_on_submit():
        return shown(cohort, button=form), 422
    trainer_actions.reopen(cohort.id)
    flash("Sign-up goes by its dates again.")
    return back(slug)


@blueprint.route("/trainer/cohorts/<slug>/archive", methods=["POST"])
@trainer_only
def archive(slug: str) -> ResponseReturnValue:
    cohort, form = own(slug), SureForm()
    if not form.validate_on_submit():
        return shown(cohort, sure=form), 422
    trainer_actions.archive(cohort.id)
    flash("It is put away. You find it under your cohorts, and can take it back from there.")
    return back(slug)


@blueprint.route("/trainer/cohorts/<slug>/trainers", methods=["POST"])
@trainer_only
def add_trainer(slug: str) -> ResponseReturnValue:
    cohort, form = own(slug), TrainerForm()
    if form.validate_on_submit():
        try:
            added = trainer_actions.add_trainer(cohort.id, form.email.data or "")
        except trainer_actions.NoSuchTrainer:
            form.email.errors = [NO_TRAINER]
        else:
            audit.note("trainer named", by=me().person.id, whom=added.id, about=slug)
            flash(f"{added.name} runs this cohort, too.")
            return back(slug, "trainers")
    return shown(cohort, trainer=form), 422


@blueprint.route("/trainer/cohorts/<slug>/trainers/<int:person_id>/remove", methods=["POST"])
@trainer_only
def remove_trainer(slug: str, person_id: int) -> ResponseReturnValue:
    cohort, form = own(slug), Form()
    if not form.validate_on_submit():
        return shown(cohort, button=form), 422
    try:
        if not trainer_actions.remove_trainer(cohort.id, person_id):
            abort(404)
    except trainer_actions.LastTrainer:
        flash("A cohort is never without a trainer. Name another one first.")
        return back(slug, "trainers")
    audit.note("trainer taken off", by=me().person.id, whom=person_id, about=slug)
    flash("They don’t run this cohort any more.")
    return back(slug, "trainers") if person_id != me().person.id else redirect(url_for("reports.cohorts"), 303)


@blueprint.route("/trainer/cohorts/<slug>/meetings", methods=["POST"])
@trainer_only
def add_meeting(slug: str) -> ResponseReturnValue:
    cohort = own(slug)
    form = MeetingForm(time_zone=cohort.time_zone)
    if not form.validate_on_submit():
        return shown(cohort, meeting=form), 422
    trainer_actions.add_meeting(cohort.id, **form.meeting())
    flash("The meeting is in the calendar.")
    return back(slug, "meetings")


@blueprint.route("/trainer/cohorts/<slug>/meetings/<int:meeting_id>", methods=["GET", "POST"])
@trainer_only
def meeting(slug: str, meeting_id: int) -> ResponseReturnValue:
    cohort = own(slug)
    found = next((one for one in trainer_queries.gatherings_of(cohort.id) if one.id == meeting_id), None) or abort(404)
    shown_at = wall_of(found.starts_at, cohort.time_zone)
    form = MeetingForm(
        time_zone=cohort.time_zone, data={"starts_at": shown_at, "minutes": found.minutes, "where": found.where}
    )
    if not form.validate_on_submit():
        page = render_template("desk/meeting.html", cohort=cohort, form=form, meeting=found, button=Form(formdata=None))
        return page, 422 if form.is_submitted() else 200
    trainer_actions.change_meeting(cohort.id, meeting_id, **form.meeting())
    flash("The meeting is changed; calendars follow.")
    return back(slug, "meetings")


@blueprint.route("/trainer/cohorts/<slug>/meetings/<int:meeting_id>/cancel", methods=["POST"])
@trainer_only
def cancel_meeting(slug: str, meeting_id: int) -> ResponseReturnValue:
    cohort, form = own(slug), Form()
    if not form.validate_on_submit():
        return shown(cohort, button=form), 422
    if not trainer_actions.cancel_meeting(cohort.id, meeting_id):
        abort(404)
    flash("The meeting is cancelled; calendars follow.")
    return back(slug, "meetings")


@blueprint.route("/trainer/cohorts/<slug>/picture", methods=["POST"])
@trainer_only
def picture(slug: str) -> ResponseReturnValue:
    cohort, form = own(slug), PictureForm()
    if form.validate_on_submit():
        with form.file.data.stream as stream:
            data = stream.read()
        try:
            picture_actions.keep_picture(cohort.id, data, alt=form.alt.data or "")
        except picture_actions.Unfit as wrong:
            form.file.errors = [str(wrong)]
        else:
            flash("The picture is on the page.")
            return back(slug, "picture")
    return shown(cohort, picture=form), 422


@blueprint.route("/trainer/cohorts/<slug>/picture/remove", methods=["POST"])
@trainer_only
def remove_picture(slug: str) -> ResponseReturnValue:
    cohort, form = own(slug), Form()
    if not form.validate_on_submit():
        return shown(cohort, button=form), 422
    picture_actions.remove_picture(cohort.id)
    flash("The picture is gone.")
    return back(slug, "picture")


@blueprint.route("/trainer/cohorts/<slug>/invitations", methods=["GET", "POST"])
@trainer_only
def invites(slug: str) -> ResponseReturnValue:
    cohort = own(slug)
    ends = wall_of(clock.now() + timedelta(days=14), cohort.time_zone).replace(
        hour=21, minute=0, second=0, microsecond=0
    )
    form = InviteForm(time_zone=cohort.time_zone, data={"expires_at": ends})
    link, status = "", 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        token = invite_actions.make_invite(
            cohort.id,
            me().person,
            label=form.label.data or "",
            domain=form.domain.data or "",
            cap=form.cap.data,
            expires_at=form.instant,
        )
        link, status = token, 201
    page = render_template(
        "desk/invites.html",
        cohort=cohort,
        form=form,
        invites=trainer_queries.invites_of(cohort.id),
        link=link,
        button=Form(formdata=None),
        now=clock.now(),
    )
    return page, status


@blueprint.route("/trainer/cohorts/<slug>/invitations/<int:invite_id>/revoke", methods=["POST"])
@trainer_only
def revoke_invite(slug: str, invite_id: int) -> ResponseReturnValue:
    cohort, form = own(slug), Form()
    if not form.validate_on_submit():
        abort(400)
    if not invite_actions.revoke_invite(cohort.id, invite_id):
        abort(404)
    flash("The invitation is taken back. Whoever came by it keeps their place.")
    return redirect(url_for("desk.invites", slug=slug), 303)
