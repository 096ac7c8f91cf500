"""The lessons as the web serves them: loaded once, and again in development when a file has changed.

A file with a fault never takes a lesson away: its last good version is served, from this process's memory or, after
a restart, from the database, where `flask content publish` keeps every version that was ever served.
"""

import logging
from pathlib import Path
from stat import S_ISREG
from typing import Any

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from app import passages, versions
from app.db import db
from course.assessment import SelfAssessment
from course.fault import Faults
from course.library import Library, load

log = logging.getLogger("connect.content")


def library() -> Library:
    """The course as it is served now."""
    shelf: Shelf = current_app.extensions["content"]
    return shelf.library()


def self_assessment() -> SelfAssessment | None:
    """The twelve constructs and their items; None while their file has never been sound."""
    return library().assessment


class Shelf:
    """Holds the library of one application."""

    def __init__(self, folder: Path, *, watch: bool) -> None:
        self.folder = folder
        self.watch = watch
        self.stamp: Any = None
        self.held: Library | None = None

    def library(self) -> Library:
        stamp = self.changed() if self.watch or self.held is None else self.stamp
        if self.held is None or stamp != self.stamp:
            self.held, self.stamp = self.read(), stamp
        return self.held

    def changed(self) -> tuple[tuple[str, int, int], ...]:
        """What tells that a file was saved, added or removed."""
        return tuple(stamp for path in sorted(self.folder.rglob("*")) if (stamp := stamp_of(path)))

    def read(self) -> Library:
        last_good = self.held.sources if self.held else stored_sources()
        found = load(self.folder, last_good=last_good)
        for fault in found.faults:
            log.warning("%s", fault)
        return found


def stamp_of(path: Path) -> tuple[str, int, int] | None:
    """What changes when a file is saved; None for what is no file, or is none any more: editors save by replacing."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (str(path), found.st_mtime_ns, found.st_size) if S_ISREG(found.st_mode) else None


def stored_sources() -> dict[str, str]:
    """What was published last, by path; nothing where the database isn't there yet."""
    try:
        return versions.sources()
    except DBAPIError:
        db.session.rollback()
        return {}


def publish() -> int:
    """Keep every text that is served, also the outline's; how many of them were not published yet. A command's work.

    Search finds what was published last.
    """
    changed = versions.keep(library())
    passages.replace_all(library())
    db.session.commit()
    return changed


def faults_for_author(path: str | None = None) -> Faults:
    """What the author should mend, in that file or in all, told on the pages in development and nowhere else."""
    if current_app.config["ENV"] != "development":
        return ()
    return tuple(fault for fault in library().faults if path is None or fault.path == path)


def init_app(app: Flask) -> None:
    # One shelf a process, as Flask keeps one engine a process: it holds nothing that a second process must see.
    # A course of one's own need not have the lessons of ours that a page leads to.
    app.jinja_env.globals["has_lesson"] = lambda lesson_id: library().lesson(lesson_id) is not None
    app.extensions["content"] = Shelf(app.config["LESSONS"], watch=app.config["ENV"] == "development")
