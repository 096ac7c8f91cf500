"""What was published: every text that readers were shown, and which one of each lesson they were shown last."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select, update

from app import clock
from app.db import db
from app.models import LessonVersion
from course.library import FORMER, Library
from course.source import content_hash


@dataclass(frozen=True)
class Published:
    """A text and where it stood; `lesson_id` is "" for a file that is no lesson, `at` when it was last put in place."""

    id: int
    lesson_id: str
    path: str
    source: str
    at: datetime


def latest() -> list[Published]:
    """The last text of each lesson, whatever its file was called, and of each other file; the newest first."""
    of = (LessonVersion.lesson_id, case((LessonVersion.lesson_id == "", LessonVersion.path), else_=""))
    newest = (LessonVersion.published_at.desc(), LessonVersion.id.desc())
    place = func.row_number().over(partition_by=of, order_by=newest).label("place")
    ranked = select(LessonVersion.id, place).subquery()
    rows = db.session.scalars(
        select(LessonVersion).join(ranked, ranked.c.id == LessonVersion.id).where(ranked.c.place == 1).order_by(*newest)
    )
    return [Published(row.id, row.lesson_id, row.path, row.source, row.published_at) for row in rows]


def sources() -> dict[str, str]:
    """What was published last by path, to be served where a file is broken, or readable where it is gone."""
    found: dict[str, str] = {}
    for text in latest():
        # A path that another lesson has taken since leads to that one.
        found.setdefault(text.path if text.path not in found else f"{FORMER}/{text.lesson_id}.md", text.source)
    return found


def keep(library: Library) -> int:
    """Keep what is served; how many texts are new to readers, back again after another, or under another name."""
    lessons = (*library.lessons, *library.former)
    ids = {lesson.path: lesson.id for lesson in lessons}
    rows = db.session.execute(select(LessonVersion.content_hash, LessonVersion.id, LessonVersion.path))
    known = {row.content_hash: row for row in rows}
    last = {text.id for text in latest()}
    changed = 0
    for path, source in library.sources.items():
        hashed = content_hash(source)
        row = known.get(hashed)
        if row is None:
            version = LessonVersion(lesson_id=ids.get(path, ""), path=path, content_hash=hashed, source=source)
            db.session.add(version)
        elif path.startswith(f"{FORMER}/") or (row.id in last and row.path == path):
            continue
        else:
            again = {"path": path, "published_at": clock.now()}
            db.session.execute(update(LessonVersion).where(LessonVersion.id == row.id).values(again))
        changed += 1
    db.session.flush()
    return changed
