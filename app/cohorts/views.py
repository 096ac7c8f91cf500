"""The pages that anybody may open: the start page, a cohort's page, and what follows signing up."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from app import clock, content
from app.access import here, me, public, signed_in_only, too_many
from app.charts import dot_field
from app.cohorts import actions, consents, queries
from app.cohorts.contents import contents
from app.cohorts.forms import LeaveForm, RollOverForm, SignupForm
from app.cohorts.number_forms import NumberForm
from app.cohorts.page_queries import complete_page
from app.cohorts.queries import CohortPage
from app.fragments import printed_once
from app.transaction import keep_writes

blueprint = Blueprint("cohorts", __name__)

# Six of 312, by place; an invented case.
CONNECTED = (17, 64, 121, 170, 233, 290)
TOO_MANY = "There were too many tries with this address. Wait a quarter of an hour; a mail may be on its way already."


@blueprint.route("/")
@public
def landing() -> ResponseReturnValue:
    return render_template(
        "cohorts/landing.html",
        contents=contents(content.library()),
        cohorts=queries.open_cohorts(clock.now()),
        dots=dot_field(312, CONNECTED),
        number=NumberForm(),
    )


@blueprint.route("/cohorts/<slug>", methods=["GET", "POST"])
@public
def cohort(slug: str) -> ResponseReturnValue:
    page = complete_page(slug, clock.now()) or abort(404)
    if request.method != "POST" and not current_user.is_authenticated:
        return printed_once("cohort", page.made_of, page=partial(shown, page, None))
    form = signup_form(page)
    if not form.validate_on_submit():
        return shown(page, form), 422 if form.is_submitted() else 200
    address = form.email.data or ""
    if too_many("sign up", address):
        keep_writes()
        form.email.errors = [TOO_MANY]
        return shown(page, form), 429
    try:
        actions.sign_up(slug, applicant(form))
    except actions.SignupClosed:
        return shown(page, form), 409
    session["wrote_to"] = address
    return redirect(url_for("cohorts.thanks", slug=slug), 303)


def known() -> dict[str, str]:
    """What a signed-in visitor need not type."""
    return {"name": me().person.name, "email": me().person.email} if current_user.is_authenticated else {}


def signup_form(page: CohortPage) -> SignupForm:
    """The form for a seat in this cohort, or a place in line."""
    form = SignupForm(**known())
    form.speak_of(page.terms.ends_on)
    return form


def applicant(form: SignupForm) -> actions.Applicant:
    """Who asks for a seat by this form, and whether the address is that of whoever is signed in."""
    return actions.Applicant(
        name=form.name.data or "",
        email=form.email.data or "",
        goal=form.goal.data or "",
        news=form.news.data,
        rolls_over=form.roll_over.data,
        is_owner=current_user.is_authenticated and me().person.email == form.email.data,
        network=here(),
    )


def shown(page: CohortPage, form: SignupForm | None = None, carried: Markup | None = None) -> str:
    """The cohort's page, with where its reader stands if they are signed in. Without a form, an empty one is shown.

    `carried` stands for what the form carries, where that is put in later.
    """
    standing = queries.standings_of(me().person, page.slug) if current_user.is_authenticated else ()
    # Printed for who has a place; a visitor's page does without.
    buttons = {"leaving": LeaveForm(formdata=None), "rolling": RollOverForm(formdata=None)} if standing else {}
    return render_template(
        "cohorts/cohort.html",
        cohort=page,
        form=form or (signup_form(page) if page.state.admits else None),
        carried=carried,
        consents=consents,
        standing=standing[0] if standing else None,
        **buttons,
    )


@blueprint.route("/cohorts/<slug>/thanks")
@public
def thanks(slug: str) -> ResponseReturnValue:
    page = queries.cohort_page(slug, clock.now()) or abort(404)
    return render_template("cohorts/thanks.html", cohort=page, address=session.get("wrote_to"))


@blueprint.route("/cohorts/<slug>/leave", methods=["POST"])
@signed_in_only
def leave(slug: str) -> ResponseReturnValue:
    if not LeaveForm().validate_on_submit():
        abort(400)
    try:
        actions.leave(me().person, slug)
    except actions.NotEnrolled:
        abort(404)
    flash("You have given it up. If it was a seat, it goes to the next in line.")
    return redirect(url_for("cohorts.cohort", slug=slug), 303)


@blueprint.route("/cohorts/<slug>/roll-over", methods=["POST"])
@signed_in_only
def roll_over(slug: str) -> ResponseReturnValue:
    form = RollOverForm()
    if not form.validate_on_submit():
        abort(400)
    wanted = bool(form.wanted.data)
    try:
        actions.set_roll_over(me().person, slug, wanted=wanted)
    except actions.NotEnrolled:
        abort(404)
    except actions.NotWaiting:
        flash("Your place is not one in line any more, or no cohort comes after this one.")
    else:
        flash("Your place goes on to the next cohort." if wanted else "Your place ends with this cohort.")
    return redirect(url_for("cohorts.cohort", slug=slug), 303)
