"""The settings: name and day, password, where signed in. Each section is a form of its own."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import end_other_sessions, me, record, signed_in_only
from app.forms import Form
from app.people import actions, queries
from app.people.forms import ChangePasswordForm, ProfileForm
from app.people.proof import refusal
from app.people.views import blueprint


@blueprint.route("/settings/")
@signed_in_only
def settings() -> ResponseReturnValue:
    """All sections, as they stand."""
    return page()


@blueprint.route("/settings/profile", methods=["POST"])
@signed_in_only
def profile() -> ResponseReturnValue:
    """Keep name, time zone and colours."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return page(profile=form), 422
    actions.change_profile(me().person, name=form.name.data or "", time_zone=form.time_zone.data, theme=form.theme.data)
    flash("Saved.")
    return back()


@blueprint.route("/settings/password", methods=["POST"])
@signed_in_only
def password() -> ResponseReturnValue:
    """Change the password and sign out every other browser."""
    asking = me()
    form = ChangePasswordForm(address=asking.person.email)
    status = refusal(form) if form.validate_on_submit() else 422
    if status is not None:
        return page(password=form), status
    actions.change_password(
        asking.person, form.new.data or "", session_id=asking.session_id, forgot=url_for("people.forgot")
    )
    flash("Your password is changed. Every other browser is signed out.")
    return back()


@blueprint.route("/settings/browsers/<int:session_id>/end", methods=["POST"])
@signed_in_only
def end_browser(session_id: int) -> ResponseReturnValue:
    """Sign one browser out."""
    form = Form()
    if not form.validate_on_submit():
        return page(button=form), 422
    if not actions.end_browser(me().person, session_id):
        abort(404)
    record("browser signed out", person=me().person.id)
    flash("That browser is signed out.")
    return back()


@blueprint.route("/settings/browsers/end-others", methods=["POST"])
@signed_in_only
def end_other_browsers() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    form = Form()
    if not form.validate_on_submit():
        return page(button=form), 422
    end_other_sessions(me().person, but=me().session_id)
    record("other browsers signed out", person=me().person.id)
    flash("Every other browser is signed out.")
    return back()


def back() -> ResponseReturnValue:
    """To the settings, after one of them has been changed."""
    return redirect(url_for("people.settings"), 303)


def page(
    *, profile: ProfileForm | None = None, password: ChangePasswordForm | None = None, button: Form | None = None
) -> str:
    """The settings with the form that was sent, if one was, and the others as they stand."""
    asking, now = me(), clock.now()
    return render_template(
        "people/settings.html",
        profile=profile or ProfileForm(formdata=None, obj=asking.person),
        password=password or ChangePasswordForm(address=asking.person.email, formdata=None),
        button=button or Form(formdata=None),
        person=asking.person,
        is_learner=asking.is_learner,
        has_factor=asking.has_factor,
        browsers=queries.browsers_of(asking.person, now=now, here=asking.session_id),
        listed=queries.LISTED,
        now=now,
    )
