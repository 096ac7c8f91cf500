"""What somebody outside opens: a page that asks, since mail programs open links too, and the report behind its button.

A link that was never made, has run out or was taken back answers the same words: nobody is told which.
"""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import digest, public, record
from app.forms import Form
from app.reports import sponsor_actions as actions
from app.reports.sponsor_queries import behind
from app.reports.views import blueprint

OPENED = "sponsor"
"""Where the session keeps which links this browser has opened."""


@blueprint.route("/report/<token>", methods=["GET", "POST"])
@public
def outside(token: str) -> ResponseReturnValue:
    found = behind(digest(token), clock.now())
    if found is None:
        return gone()
    form = Form()
    if not form.validate_on_submit():
        page = render_template("reports/sponsor_ask.html", found=found, form=form, token=token)
        return page, 422 if form.is_submitted() else 200
    actions.note_opening(found.link_id)
    record("sponsor link opened", link=found.link_id)
    session[OPENED] = sorted({*session.get(OPENED, []), found.link_id})[-20:]
    return redirect(url_for("reports.outside_report", token=token), 303)


@blueprint.route("/report/<token>/read")
@public
def outside_report(token: str) -> ResponseReturnValue:
    found = behind(digest(token), clock.now())
    if found is None:
        return gone()
    if found.link_id not in session.get(OPENED, []):
        return redirect(url_for("reports.outside", token=token), 303)
    return render_template("reports/sponsor_report.html", found=found)


def gone() -> ResponseReturnValue:
    return render_template("reports/sponsor_gone.html"), 404
