"""One request, one transaction, committed here and nowhere else.

A safe method only ever reads. An unsafe one is committed when a form has checked it and it answers below 400.
A form's once-only key is taken in that same transaction, so that a repeated post answers the same and writes once.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError

from app.db import db, reading, wants_retry
from app.models import Once
from app.templating import Environment

log = logging.getLogger(__name__)

# Stands for an address's secret where an answer is kept. No address holds a brace.
HIDDEN = "{token}"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TRIES = 4

# Built once: putting a statement together takes longer than running it.
KEYS: Any = Once.__table__
TAKE_KEY = {
    engine: insert(KEYS).on_conflict_do_nothing().returning(KEYS.c.key)
    for engine, insert in (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
}
KEEP_ANSWER = update(KEYS).where(KEYS.c.key == bindparam("taken")).values(location=bindparam("led_to"))
RELEASE_KEY = delete(KEYS).where(KEYS.c.key == bindparam("taken"))


def keep_writes() -> None:
    """Commit this request's writes even if it answers with an error: a counted attempt must stay counted."""
    g.keep_writes = True


class Transactional(Flask):
    """A Flask whose requests are transactions. Where the database asks for another try, the view runs again."""

    jinja_environment = Environment

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """As it is: none of ours is asynchronous, and to look took a fortieth of a short answer."""
        return func

    def full_dispatch_request(self) -> Response:
        # Set before anything asks who is signed in: that is a query too.
        token = reading.set(request.method in SAFE_METHODS)
        try:
            return super().full_dispatch_request()
        finally:
            reading.reset(token)

    def dispatch_request(self) -> ResponseReturnValue:
        for attempt in range(1, TRIES):
            try:
                return self.dispatch_once()
            except DBAPIError as error:
                db.session.rollback()
                if not wants_retry(error):
                    raise
                log.info("the database asked for another try (%d)", attempt)
                time.sleep(0.02 * attempt)
        return self.dispatch_once()

    def dispatch_once(self) -> Response:
        if reading.get():
            return self.make_response(super().dispatch_request())
        repeated = answer_repeated()
        if repeated is not None:
            return repeated
        response = self.make_response(super().dispatch_request())
        settle(response)
        return response


def settle(response: Response) -> None:
    """Commit what an unsafe request wrote, or drop it."""
    if response.status_code >= 400:
        if g.pop("keep_writes", False):
            release_key()
            db.session.commit()
        else:
            db.session.rollback()
        return
    if not g.get("csrf_checked"):
        db.session.rollback()
        abort(400)
    keep_answer(response)
    db.session.commit()


def insert_once(key: str) -> bool:
    """Take the key; False if a post with it has been answered. Waits for one under way."""
    return db.session.scalar(TAKE_KEY[db.engine.dialect.name], {"key": key}) is not None


def answer_repeated() -> Response | None:
    """A post whose key has been used gets the answer that the first one got, and writes nothing."""
    g.pop("once", None)
    sent = request.form.get("once", "")[:40]
    if not sent:
        return None
    whose = current_user.person.id if current_user.is_authenticated else session.get("csrf_token", "")
    key = hashlib.sha256(f"{whose}|{request.path}|{sent}".encode()).hexdigest()
    if insert_once(key):
        g.once = key
        return None
    location = db.session.get_one(Once, key).location or request.path
    db.session.rollback()
    return current_app.make_response(redirect(location.replace(HIDDEN, secret() or HIDDEN), 303))


def keep_answer(response: Response) -> None:
    """Keep where the first post of a key led, for a repeated one."""
    if "once" in g and response.location:
        led_to, token = response.location, secret()
        db.session.execute(KEEP_ANSWER, {"taken": g.once, "led_to": led_to.replace(token, HIDDEN) if token else led_to})


def secret() -> str:
    """The secret in the address that is asked for, which no table keeps; "" without one."""
    return str((request.view_args or {}).get("token", ""))


def release_key() -> None:
    """Give the key back: the post failed, and its corrected copy is not a repetition."""
    if "once" in g:
        db.session.execute(RELEASE_KEY, {"taken": g.once})
