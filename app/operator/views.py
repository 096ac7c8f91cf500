"""The operator's pages: mail that did not arrive. The audit has its own file."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import me, operator_only, record
from app.forms import Form
from app.operator import actions, queries

blueprint = Blueprint("operator", __name__)


@blueprint.route("/operator/mail")
@operator_only
def mail() -> ResponseReturnValue:
    """What was given up, why, and how much waits."""
    return page()


@blueprint.route("/operator/mail/<int:mail_id>/again", methods=["POST"])
@operator_only
def mail_again(mail_id: int) -> ResponseReturnValue:
    """Send one of them again."""
    form = Form()
    if not form.validate_on_submit():
        return page(form), 422
    if not actions.send_again(mail_id):
        abort(404)
    record("mail sent again", person=me().person.id, mail=mail_id)
    flash("It is back in the outbox.")
    return redirect(url_for("operator.mail"), 303)


@blueprint.route("/operator/mail/again", methods=["POST"])
@operator_only
def all_mail_again() -> ResponseReturnValue:
    """Send all of them again: after a fault of ours has been put right."""
    form = Form()
    if not form.validate_on_submit():
        return page(form), 422
    count = actions.send_again()
    record("all mail sent again", person=me().person.id, count=count)
    flash("They are back in the outbox.")
    return redirect(url_for("operator.mail"), 303)


def page(form: Form | None = None) -> str:
    return render_template(
        "operator/mail.html", outbox=queries.outbox(clock.now()), form=form or Form(formdata=None), most=queries.LISTED
    )
