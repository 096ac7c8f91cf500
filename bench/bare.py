"""The baseline: a bare Flask application that does the least a signed-in page must do.

It reads a signed cookie, makes one indexed SQLite read and prints one Jinja page of as many bytes as the page it is
compared with; or it upserts one row, as durably as ours, and redirects.
"""

import sqlite3
from typing import Any

from flask import Flask, g, redirect, request, session

try:
    from pysqlite3 import dbapi2 as sqlite
except ImportError:
    sqlite = sqlite3

PAGE = "<!doctype html><title>{{ title }}</title>{% for line in lines %}<p>{{ line }}</p>{% endfor %}"
LINE = "A line of a page, as long as lines of pages are when somebody has written them with care."


def create_bare(path: str) -> Flask:
    """The application on a SQLite file, which it fills with 1 000 rows."""
    app = Flask(__name__)
    # The server asks; it is the one of ours.
    app.config["PROXIES"] = 0
    app.secret_key = "a key of the baseline's own, of some length"
    fill(path)
    # Compiled once, as a template file is.
    template = app.jinja_env.from_string(PAGE)

    def connection() -> Any:
        if "connection" not in g:
            g.connection = connect(path)
        return g.connection

    @app.teardown_appcontext
    def close(_error: BaseException | None) -> None:
        if "connection" in g:
            g.connection.close()

    @app.get("/sign-in")
    def sign_in() -> str:
        session["id"] = 500
        return "signed in"

    @app.get("/page/<int:size>")
    def page(size: int) -> str:
        title = connection().execute("SELECT name FROM item WHERE id = ?", (session["id"],)).fetchone()[0]
        lines = [LINE] * max(1, size // (len(LINE) + 7))
        return template.render(title=title, lines=lines)

    @app.post("/write")
    def write() -> Any:
        connection().execute(
            "INSERT INTO item (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            (session["id"], request.form["name"]),
        )
        connection().commit()
        return redirect("/page/100", 303)

    return app


def connect(path: str) -> Any:
    """A connection that keeps what it acknowledged, as ours does."""
    connection = sqlite.connect(path)
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def fill(path: str) -> None:
    with sqlite.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT)")
        rows = ((number, f"Item {number}") for number in range(1000))
        connection.executemany("INSERT OR IGNORE INTO item VALUES (?, ?)", rows)
    connection.close()
