"""The author's commands: what a change to the lessons means for those in the middle of them, and publishing it."""

import logging
from collections.abc import Iterator
from itertools import groupby

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from app import content, versions
from app.filters import plural
from app.study.impact_queries import Footprint, Hanging, footprint
from course.impact import Change, Impact, Move, RecallChange, Release, Removal, impact, release
from course.library import Library

lessons = AppGroup("content", help="The lessons: see what a change means, and publish it.")


@lessons.command()
def publish() -> None:
    """Keep the lessons' present text, so that it can be served if a file breaks, and found by search."""
    click.echo(f"{counted(content.publish(), 'text')} published")


@lessons.command("impact")
def show_impact() -> None:
    """Say what the files mean for learners, before they are published. Ends with 1 if the files have faults."""
    # What is wrong is said below; the log would say it twice.
    content.log.setLevel(logging.ERROR)
    library = content.library()
    try:
        before = release([(text.lesson_id, text.path, text.source) for text in versions.latest()])
        found = impact(before, library)
        asked = {change.after.id for change in found.changed} | {gone.lesson_id for gone in found.removed}
        hanging = footprint(asked)
    except DBAPIError as error:
        raise click.ClickException(
            "The database can't be asked. Bring its schema up to date: flask db upgrade"
        ) from error
    for line in report(found, before, library=library, hanging=hanging):
        click.echo(line)
    if library.faults:
        raise SystemExit(1)


def report(found: Impact, before: Release, *, library: Library, hanging: Footprint) -> Iterator[str]:
    """Everything an author should know, line by line; what is wrong comes first."""
    if library.faults:
        yield f"{counted(len(library.faults), 'fault')} in the files; a file that can't be read isn't compared:"
        yield from (f"  {fault}" for fault in library.faults)
    if not before.lessons:
        yield f"Nothing has been published yet; all {counted(len(library.lessons), 'lesson')} are new."
        return
    if found.nothing:
        yield "The files are what was published."
    for change in found.changed:
        yield from changed(change, library, hanging)
    yield from (line for move in found.moved for line in moved(move))
    yield from (line for removal in found.removed for line in removed(removal, hanging))
    yield from (f"New: {library.number(lesson.id)} {lesson.title} ({lesson.id})" for lesson in found.new)


def changed(change: Change, library: Library, hanging: Footprint) -> Iterator[str]:
    lesson = change.after
    yield f"Changed: {library.number(lesson.id)} {lesson.title} ({lesson.id})"
    yield f"  {who(hanging, lesson.id)}"
    if change.before is None:
        yield "  What was published can't be read any more, so nothing can be compared."
        return
    yield f"  {counted(change.added, 'word')} added, {change.removed} removed"
    yield from (f"  {part}" for part in part_lines(change, hanging))
    for recall_id, kinds in groupby(change.recalls, key=lambda pair: pair[0]):
        yield f"  {recall_line(recall_id, [kind for _, kind in kinds], hanging.on(lesson.id, recall_id))}"


def part_lines(change: Change, hanging: Footprint) -> Iterator[str]:
    plans = hanging.of(change.after.id).plans
    for part in change.parts:
        if part == "exercise" and plans:
            yield f"the exercise changed; {counted(plans, 'plan')} for it {plural(plans, 'waits', 'wait')} for a report"
        elif part == "minutes" and change.before:
            yield f"the minutes were {change.before.minutes} and are {change.after.minutes}: reading counts in accounts"
        else:
            yield f"the {part} changed"


def recall_line(recall_id: str, kinds: list[RecallChange], hangs: Hanging) -> str:
    on_it = f"{counted(hangs.answers, 'answer')} and {counted(hangs.cards, 'card')} hang on it"
    if kinds == [RecallChange.NEW]:
        return f"recall `{recall_id}` is new"
    if kinds == [RecallChange.GONE]:
        return (
            f"recall `{recall_id}` is not in the file any more; {on_it}: the answers stay readable, the cards leave "
            "the queue. If it was only reworded, give it its id back"
        )
    what = " and ".join({kind: kind.value for kind in kinds}.values())
    return f"recall `{recall_id}` has {what}; {on_it} and stay"


def moved(move: Move) -> Iterator[str]:
    number = f"{move.number_before} is now {move.number}: " if move.number_before not in {"", move.number} else ""
    yield f"Moved: {number}{move.after.title} ({move.after.id})"
    if move.before.path != move.after.path:
        yield f"  {move.before.path} is now {move.after.path}"
    yield "  same id: nothing is lost"


def removed(removal: Removal, hanging: Footprint) -> Iterator[str]:
    yield f"Removed: {removal.title or 'a lesson'} ({removal.lesson_id}) is not in the files any more"
    yield f"  {who(hanging, removal.lesson_id)}"
    if removal.retired:
        yield "  retired: whoever began it keeps what they wrote and reads the last version; nobody else finds it"
    elif removal.instead:
        yield f"  its file has the id `{removal.instead}` now: give it its old id back, or its readers begin again"
    else:
        yield "  put its id into `retired` in course.toml, or bring the file back"


def who(hanging: Footprint, lesson_id: str) -> str:
    """Who has finished a lesson and who is in it, in numbers."""
    readers = hanging.of(lesson_id)
    if not readers.finished + readers.reading:
        return "nobody has begun it"
    said = f"{readers.finished} completed it, {readers.reading} {plural(readers.reading, 'is', 'are')} in it"
    return f"{said}, with {counted(readers.notes, 'note')}" if readers.notes else said


def counted(count: int, noun: str) -> str:
    return f"{count} {plural(count, noun)}"
