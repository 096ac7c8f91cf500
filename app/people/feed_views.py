"""The calendar at a secret address: read by calendars, which sign in nowhere."""

from flask import Response, abort

from app import clock
from app.access import digest, public
from app.content import library
from app.people.feed_file import calendar_of
from app.people.feed_queries import diary_at, happenings_of
from app.people.views import blueprint


@blueprint.route("/calendar/<token>.ics")
@public
def calendar(token: str) -> Response:
    """The calendar that this address leads to. A guess at 256 random bits needs no counting."""
    diary = diary_at(digest(token))
    if diary is None:
        abort(404)
    answer = Response(calendar_of(happenings_of(diary, library(), clock.now())), mimetype="text/calendar")
    # Whoever finds the address in a list must not find what it leads to in a search.
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
