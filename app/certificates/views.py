"""A learner's certificates: what is still missing, and of one that was issued its page, sheet and badge."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import learner, learner_only, me
from app.addresses import absolute
from app.certificates import actions
from app.certificates.forms import Button, ShowForm
from app.certificates.merit_queries import merits_of
from app.certificates.paper import certificate_to_pdf
from app.certificates.queries import STUDYING, Issued, certificate_of, certificates_of
from app.certificates.words import facts
from app.cohorts.consents import CERTIFICATE
from app.content import library
from course.certificate import rule

blueprint = Blueprint("certificates", __name__)

GONE = "It was taken back meanwhile, so it has no page."


@blueprint.route("/certificate/")
@learner_only
def own() -> ResponseReturnValue:
    return shown()


@blueprint.route("/certificate/<int:certificate_id>/show", methods=["POST"])
@learner_only
def show(certificate_id: int) -> ResponseReturnValue:
    found, form = theirs(certificate_id), ShowForm()
    if not form.validate_on_submit():
        return shown(form, found.id)
    if actions.show(me().person, found.id, says_gate=bool(form.says_gate.data)):
        flash("Your certificate has its page now. Give its address to whom you like.")
    else:
        flash(GONE)
    return redirect(url_for(".own"), 303)


@blueprint.route("/certificate/<int:certificate_id>/hide", methods=["POST"])
@learner_only
def hide(certificate_id: int) -> ResponseReturnValue:
    found = theirs(certificate_id)
    if not Button().validate_on_submit():
        abort(400)
    actions.hide(me().person, found.id)
    flash("Nobody reads it but you. At its address there is nothing.")
    return redirect(url_for(".own"), 303)


@blueprint.route("/certificate/<int:certificate_id>/certificate.pdf")
@learner_only
def sheet(certificate_id: int) -> ResponseReturnValue:
    """The certificate on a sheet of paper, as long as it is valid."""
    found = theirs(certificate_id)
    if not found.is_valid:
        abort(404)
    address = absolute("certificates.verify", token=found.token) if found.is_public else ""
    response = Response(certificate_to_pdf(found, address), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{found.day}.pdf"'
    return response


def theirs(certificate_id: int) -> Issued:
    """The asking learner's certificate; 404 for any other."""
    return certificate_of(me().person, certificate_id) or abort(404)


def shown(sent: ShowForm | None = None, sent_for: int = 0) -> ResponseReturnValue:
    """The page; with a choice that was sent and refused, as it was made."""
    person, enrolment = learner()
    held, modules = certificates_of(person), library().modules
    settled = enrolment.status not in STUDYING or any(
        each.is_valid and each.enrolment_id == enrolment.id for each in held
    )
    cohort = me().cohort
    assert cohort is not None
    today = clock.today(cohort.time_zone)
    page = render_template(
        "certificates/own.html",
        held=held,
        has=None if settled else merits_of([enrolment.id], modules, today)[enrolment.id],
        rule=rule(len(modules)),
        cohort=cohort,
        facts=facts,
        forms={each.id: sent if sent and each.id == sent_for else ShowForm(formdata=None) for each in held},
        sent=sent,
        wording=CERTIFICATE,
        button=Button(formdata=None),
    )
    return page, 422 if sent else 200
