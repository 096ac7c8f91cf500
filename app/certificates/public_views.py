"""The page at a certificate's address: what it says, and whether it still holds.

An address that was never given, and one whose learner shows it to nobody, answer the same words.
"""

from flask import render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.access import public
from app.certificates.queries import at_address
from app.certificates.views import blueprint
from app.certificates.words import OWN_LOG, facts, title


@blueprint.route("/certificates/<token>")
@public
def verify(token: str) -> ResponseReturnValue:
    found = at_address(token)
    if found is None:
        return render_template("certificates/gone.html"), 404
    if not found.is_valid:
        return render_template("certificates/revoked.html", found=found)
    return render_template(
        "certificates/verify.html",
        found=found,
        title=title(found),
        facts=facts(found),
        own_log=OWN_LOG,
        now=clock.now(),
    )
