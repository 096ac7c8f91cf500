"""What people read when something is wrong, in words; never a bare status."""

import logging

from flask import Flask, current_app, render_template
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError

from app.db import db, is_unavailable

log = logging.getLogger(__name__)

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]

WORDS = {
    400: ("This request did not come from a page of ours", "Go back, load the page again, and try once more."),
    404: ("There is nothing at this address", "It may have moved, or it may belong to somebody else."),
    405: ("This address is not for opening", "It takes what a form sends. Go back and use the form."),
    409: ("Somebody was faster", "What you typed was not saved over it. Go back, look, and decide which stays."),
    413: ("That is too much at once", "Shorten it, or send it in parts."),
    429: ("Too many tries", "Wait a quarter of an hour, or ask for a link by mail."),
    500: (
        "We made a mistake",
        "It has been written down. What you typed is still in the page behind this one: go back.",
    ),
    503: (
        "The books are closed for a moment",
        "Nothing you typed was saved, and nothing was lost: go back, wait half a minute, and send it again.",
    ),
}


def page(code: int) -> str:
    """The error page of a status."""
    title, advice = WORDS.get(code, WORDS[500 if code >= 500 else 400])
    given = {"title": title, "advice": advice, "code": code}
    if code >= 500:
        # Not render_template: it would ask who is reading, and the database may be the reason for this very page.
        return current_app.jinja_env.get_template("fault.html").render(given)
    return render_template("error.html", **given)


def on_http(error: HTTPException) -> Answer:
    code = error.code or 500
    db.session.rollback()
    try:
        return page(code), code
    except DBAPIError as gone:
        return on_database(gone)


def on_foreign_host(_error: SecurityError) -> Answer:
    """A request for a host that isn't ours: no page, for none of our addresses can be made in its name."""
    return "This site does not answer for that host name.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def on_database(error: DBAPIError) -> Answer:
    db.session.rollback()
    if not is_unavailable(error):
        return on_fault(error)
    log.warning("database unavailable: %s", type(error.orig).__name__)
    return page(503), 503, {"Retry-After": "30"}


def on_fault(error: Exception) -> Answer:
    log.exception("unexpected fault", exc_info=error)
    db.session.rollback()
    return page(500), 500


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(SecurityError, on_foreign_host)
    app.register_error_handler(DBAPIError, on_database)
    app.register_error_handler(Exception, on_fault)
