"""A trainer's certificates: who has earned one and what the others lack; issue by rule, take back with a reason."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import me, trainer_only
from app.certificates import actions
from app.certificates.award_queries import gate_is_open
from app.certificates.forms import Button, RevokeForm
from app.certificates.keys import new_key
from app.certificates.merit_queries import merits_of
from app.certificates.queries import PER_PAGE, holder_of, holders_of, signing_key
from app.content import library
from app.reports.cohort_queries import OwnCohort, cohort_of
from course.certificate import rule

blueprint = Blueprint("awards", __name__)

ISSUED = "Issued. {} is told by mail, and decides whether it gets a page."


@blueprint.route("/trainer/cohorts/<slug>/certificates")
@trainer_only
def awards(slug: str) -> ResponseReturnValue:
    return shown(own_cohort(slug))


@blueprint.route("/trainer/cohorts/<slug>/certificates/<int:enrolment_id>/issue", methods=["POST"])
@trainer_only
def issue(slug: str, enrolment_id: int) -> ResponseReturnValue:
    cohort, button = own_cohort(slug), Button()
    holder = holder_of(cohort.id, enrolment_id) or abort(404)
    if not button.validate_on_submit():
        abort(400)
    if not holder.is_studying:
        abort(404)
    today = cohort.today(clock.now())
    has = merits_of([enrolment_id], library().modules, today)[enrolment_id]
    try:
        gate_open = has.earned and gate_is_open(holder.person_id, today)
        actions.issue(holder, has, trainer=me().person, day=today, gate_open=gate_open)
    except actions.NotEarned as missing:
        return shown(cohort, refused=f"{holder.name} has not earned it yet. {missing}", status=409)
    except actions.AlreadyIssued:
        return shown(cohort, refused=f"{holder.name} has a valid one already.", status=409)
    if signing_key() is None:
        # The first certificate makes the first key; later ones come by `flask badge-key`.
        actions.keep_key(new_key(current_app.config["SECRET_KEY"]))
    flash(ISSUED.format(holder.name))
    return redirect(url_for(".awards", slug=slug), 303)


@blueprint.route("/trainer/cohorts/<slug>/certificates/<int:certificate_id>/revoke", methods=["POST"])
@trainer_only
def revoke(slug: str, certificate_id: int) -> ResponseReturnValue:
    cohort, form = own_cohort(slug), RevokeForm(place=certificate_id)
    if not form.validate_on_submit():
        return shown(cohort, sent=form, sent_for=certificate_id, status=422)
    try:
        actions.revoke(cohort.id, certificate_id, trainer=me().person, why=form.why.data or "")
    except actions.NotTheirs:
        abort(404)
    flash("Taken back. Its page says so from now on, with the day and without your reason; the learner reads both.")
    return redirect(url_for(".awards", slug=slug), 303)


def own_cohort(slug: str) -> OwnCohort:
    """The asking trainer's cohort of that slug; 404 if there is none, also where it is another trainer's."""
    return cohort_of(me().person, slug, clock.now()) or abort(404)


def shown(
    cohort: OwnCohort, *, refused: str = "", sent: RevokeForm | None = None, sent_for: int = 0, status: int = 200
) -> ResponseReturnValue:
    """One page of the cohort's learners; with a reason that was sent and refused, as it was typed."""
    number, modules = min(max(request.args.get("page", 1, type=int), 1), 10_000), library().modules
    holders = holders_of(cohort.id, number)
    open_to = [holder.enrolment_id for holder in holders.listed if holder.is_studying]
    held = [holder.certificate.id for holder in holders.listed if holder.certificate]
    page = render_template(
        "certificates/awards.html",
        cohort=cohort,
        holders=holders,
        merits=merits_of(open_to, modules, cohort.today(clock.now())),
        modules=len(modules),
        rule=rule(len(modules)),
        forms={id: sent if sent and id == sent_for else RevokeForm(formdata=None, place=id) for id in held},
        sent=sent,
        refused=refused,
        button=Button(formdata=None),
        page=number,
        pages=max(1, -(-holders.everybody // PER_PAGE)),
    )
    return page, status
