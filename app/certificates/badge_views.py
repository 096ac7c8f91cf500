"""A certificate as a badge, and what its verifiers fetch: who issues, what is achieved, the public keys."""

from typing import Any

from flask import Response, abort, current_app, jsonify
from flask.typing import ResponseReturnValue

from app.access import learner_only, public
from app.addresses import absolute
from app.certificates import badge, queries
from app.certificates.keys import Sealed
from app.certificates.views import blueprint, theirs
from app.content import library
from course.certificate import rule


@blueprint.route("/certificate/<int:certificate_id>/badge.jwt")
@learner_only
def badge_file(certificate_id: int) -> ResponseReturnValue:
    """The badge, signed; only of a certificate that is valid and has its page, since the page says if it holds."""
    found, key = theirs(certificate_id), queries.signing_key()
    if key is None or not (found.is_valid and found.is_public):
        abort(404)
    at = addresses(page=absolute("certificates.verify", token=found.token), kid=key.kid)
    try:
        text = badge.signed(found, at, key=key, secret=current_app.config["SECRET_KEY"])
    except Sealed:
        current_app.logger.exception("the badge key can't be opened: run flask badge-key")
        abort(503)
    response = Response(text, mimetype="application/vc+jwt")
    response.headers["Content-Disposition"] = f'attachment; filename="badge-{found.day}.jwt"'
    return response


@blueprint.route("/badges/issuer")
@public
def issuer() -> ResponseReturnValue:
    """The profile of who issues. Its address is the issuer's id for good."""
    return document(badge.published(badge.profile(addresses())))


@blueprint.route("/badges/achievement")
@public
def achieved() -> ResponseReturnValue:
    """What the certificate is for by today's rule; a badge carries the rule that it was issued by."""
    return document(badge.published(badge.achievement(addresses(), rule(len(library().modules)))))


@blueprint.route("/badges/keys")
@public
def keys() -> ResponseReturnValue:
    """Every public key that signs or ever signed, as a JWK set."""
    return document({"keys": list(queries.public_keys())})


@blueprint.route("/badges/keys/<kid>")
@public
def key(kid: str) -> ResponseReturnValue:
    """One public key, to which a badge's kid leads."""
    return document(queries.public_key(kid) or abort(404))


def document(content: dict[str, Any]) -> Response:
    """A public document that a verifier in somebody's browser may read as well."""
    response = jsonify(content)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def addresses(*, page: str = "", kid: str = "none") -> badge.Addresses:
    return badge.Addresses(
        site=absolute("cohorts.landing"),
        issuer=absolute("certificates.issuer"),
        achievement=absolute("certificates.achieved"),
        page=page,
        key=absolute("certificates.key", kid=kid),
    )
