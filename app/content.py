"""The lessons as the web serves them: loaded once, and again in development when a file has changed.

A file with a fault never takes a lesson away: its last good version is served, from this process's memory or, after
a restart, from the database, where `flask content publish` keeps every version that was ever served.
"""

import logging
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from app import passages
from app.db import db
from app.models import LessonVersion
from course.assessment import SelfAssessment
from course.library import Library, load
from course.source import content_hash

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
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)

    def read(self) -> Library:
        last_good = self.held.sources if self.held else stored_sources()
        found = load(self.folder, last_good=last_good)
        for fault in found.faults:
            log.warning("%s", fault)
        return found


def stored_sources() -> dict[str, str]:
    """The newest served source of each path; nothing where the database isn't there yet."""
    newest = select(func.max(LessonVersion.id)).group_by(LessonVersion.path)
    try:
        rows = db.session.execute(select(LessonVersion.path, LessonVersion.source).where(LessonVersion.id.in_(newest)))
        return {path: source for path, source in rows}
    except DBAPIError:
        db.session.rollback()
        return {}


def publish() -> int:
    """Keep every text that is served and not kept yet, also the outline's; how many were new. A command's work.

    Search finds what was published last.
    """
    kept = set(db.session.scalars(select(LessonVersion.content_hash)))
    ids = {lesson.path: lesson.id for lesson in library().lessons}
    served = {content_hash(source): (path, source) for path, source in library().sources.items()}
    new = [
        LessonVersion(lesson_id=ids.get(path, ""), path=path, content_hash=found, source=source)
        for found, (path, source) in served.items()
        if found not in kept
    ]
    db.session.add_all(new)
    passages.replace_all(library())
    db.session.commit()
    return len(new)


def init_app(app: Flask) -> None:
    # One shelf a process, as Flask keeps one engine a process: it holds nothing that a second process must see.
    app.extensions["content"] = Shelf(app.config["LESSONS"], watch=app.config["ENV"] == "development")
