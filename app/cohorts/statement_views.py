"""What we say about ourselves: privacy, accessibility, and whether we are well."""

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue

from app.access import public
from app.cohorts import consents
from app.cohorts.views import blueprint


@blueprint.route("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("cohorts/privacy.html", consents=consents)


@blueprint.route("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("cohorts/accessibility.html")


@blueprint.route("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """For whoever restarts what hangs: 200 while the process lives. Of the database `/readyz` tells."""
    return jsonify(status="ok")
