"""Whether this installation is ready, for a machine that asks: well or not, and no more than that."""

from dataclasses import asdict
from datetime import timedelta

from flask import current_app, jsonify, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access import public
from app.operator.readiness_queries import readiness
from app.operator.views import blueprint

WORDS = {
    "database": "does not answer",
    "migrations": "not at head",
    "outbox": "late",
    "disk": "nearly full",
}


@blueprint.route("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """200 if all is well, 503 if not. `?only=database,migrations` judges by these alone: a balancer's question.

    A mail server that is away is a reason to wake somebody, not to take every machine out of service.
    """
    found = asdict(
        readiness(
            clock.now(),
            longest=timedelta(seconds=current_app.config["OUTBOX_LIMIT"]),
            least=current_app.config["DISK_LIMIT"] * 1_000_000,
        )
    )
    asked = set(request.args.get("only", "").split(",")) & set(found) or set(found)
    ready = all(well for name, well in found.items() if name in asked)
    checks = {name: "ok" if well else WORDS[name] for name, well in found.items()}
    return jsonify(ready=ready, checks=checks), 200 if ready else 503
