"""The operator reads the audit: who did what with whose data, and why."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app import audit
from app.access import operator_only
from app.operator import audit_queries
from app.operator.views import blueprint


@blueprint.route("/operator/audit")
@operator_only
def read_audit() -> ResponseReturnValue:
    """The lines page by page, the newest first."""
    page = audit_queries.lines(before=request.args.get("before", type=int))
    return render_template("operator/audit.html", page=page, words=audit.WORDS)
