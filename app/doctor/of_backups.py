"""What brings this installation back: its backups, and the list of erasures that must not be among them."""

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app import clock
from app.backup import archive
from app.db import db
from app.doctor.finding import Findings, look, well, wrong
from app.doctor.of_database import owners_alone
from app.privacy import tombstones

# Nothing that is still at work leaves its folder alone for so long.
STILL = timedelta(hours=1)


def backups(folder: Path) -> Findings:
    taken = archive.backups_in(folder)
    if not taken:
        yield look(f"There is no backup in {folder}.", 'flask backup --keep "7 daily, 4 weekly", each night')
        return
    age = clock.now() - max(taken)
    if age > 2 * clock.DAY:
        yield wrong(f"The newest backup is {age.days} days old.", "See why: systemctl status connect-backup")
    else:
        yield well(f"The newest backup is of {max(taken):%Y-%m-%d %H:%M} UTC.")
    yield owners_alone(taken[max(taken)])


def left(folders: Iterable[Path]) -> Findings:
    """What killed backups and restores have left beside the backups and the database."""
    for folder in sorted({folder.resolve() for folder in folders}):
        for path in archive.left_in(folder, clock.now(), after=STILL):
            yield look(
                f"A backup or a restore was killed and left people's data in {path}.",
                f"The next backup or restore there removes it once it is a day old. At once: rm -r {path}",
            )


def erasures(place: Path, backups: Path) -> Findings:
    """The list of erasures: whether it can be written, is kept apart from the backups, and is there."""
    if not writable(place):
        mend = f"Nobody can erase their account. Give it to whoever runs this: chown -R connect: {place.parent}"
        yield wrong(f"The list of erasures can't be written at {place}.", mend)
    if place.resolve().is_relative_to(backups.resolve()):
        mend = "Name another place in TOMBSTONES and move it there: what loses one would lose the other."
        yield wrong(f"The list of erasures lies among the backups, in {backups}.", mend)
    yield from known(place)


def writable(place: Path) -> bool:
    """Whether the list is there and may be added to, or may be made."""
    if place.exists():
        return place.is_file() and os.access(place, os.W_OK)
    above = next(folder for folder in place.absolute().parents if folder.exists())
    return above.is_dir() and os.access(above, os.W_OK)


def known(place: Path) -> Findings:
    """Whether the list has those erasures that the audit tells of."""
    try:
        found, lacking = tombstones.read(), tombstones.lacking()
    except (DBAPIError, OSError):
        db.session.rollback()
        return  # both have been told of already
    if found is None and lacking:
        yield wrong(
            f"{lacking} accounts were erased, and their list is not at {place}: a restore would bring them back.",
            "Put its newest copy there. Where another machine keeps the list, a copy of that one.",
        )
    elif found is None:
        yield well("Nobody has been erased yet: there is no list of erasures.")
    elif lacking or found.unreadable:
        yield look(
            f"{lacking} erasures are missing from the list at {place}, and {found.unreadable} of its lines are torn.",
            "Put the lists of all machines and all copies together: cat web*/tombstones > all",
        )
    else:
        yield well(f"The list of erasures has {len(found.marks)}, and all that the audit tells of.")
