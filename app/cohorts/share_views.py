"""What a cohort's page is shared by: its picture, a code for a phone's camera, a file for a calendar."""

import io

import segno
from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from app import clock
from app.access import public
from app.addresses import absolute
from app.cohorts.calendar_file import calendar_of
from app.cohorts.page_queries import complete_page, picture_of
from app.cohorts.views import blueprint


@blueprint.route("/cohorts/<slug>/picture-<digest>")
@public
def picture(slug: str, digest: str) -> ResponseReturnValue:
    """The picture as we encoded it; another picture has another address."""
    kind, content = picture_of(slug, digest) or abort(404)
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = "inline"
    response.set_etag(digest)
    return response.make_conditional(request)


@blueprint.route("/cohorts/<slug>/code.<any(svg,png):kind>")
@public
def code(slug: str, kind: str) -> ResponseReturnValue:
    """The page's address as a QR code, black on white with its quiet zone: cameras need both."""
    page = complete_page(slug, clock.now()) or abort(404)
    drawn = segno.make_qr(absolute("cohorts.cohort", slug=page.slug), error="m")
    out = io.BytesIO()
    drawn.save(out, kind=kind, scale=12 if kind == "png" else 4, border=4, light="#fff")
    kinds = {"svg": "image/svg+xml", "png": "image/png"}
    response = Response(out.getvalue(), mimetype=kinds[kind])
    response.headers["Content-Disposition"] = f'inline; filename="{page.slug}.{kind}"'
    return response


@blueprint.route("/cohorts/<slug>/dates.ics")
@public
def calendar(slug: str) -> ResponseReturnValue:
    page = complete_page(slug, clock.now()) or abort(404)
    response = Response(calendar_of(page, absolute("cohorts.cohort", slug=page.slug)), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    return response
