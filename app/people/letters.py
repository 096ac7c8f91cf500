"""The mails about an account, and the one that reminds."""

from datetime import date

from app.filters import day
from app.mail import Letter, letter, link
from course.digest import DueToday


def way_in(path: str) -> Letter:
    """A link to set a new password."""
    return letter(
        "A link to set a new password",
        "Somebody, probably you, asked for a new password for this address at Connect before you count.",
        "This link lets you set one. It works once, and for an hour:",
        link(path),
        "If it was not you, leave this mail alone: nothing has changed.",
        kind="reset",
    )


def password_changed(path: str) -> Letter:
    """The password was changed; `path` leads to another."""
    return letter(
        "Your password was changed",
        "The password of this address at Connect before you count has just been changed. Every other browser has been "
        "signed out.",
        "If it was you, there is nothing to do. If it was not, have a link mailed to you here and set a new one:",
        link(path),
    )


def digest(due: DueToday, on: date) -> Letter:
    """What is due on a day, in one mail. How much, and where to see it: no text of theirs, and nobody's alias."""
    return letter(
        due.subject,
        f"On {day(on, 'weekday')}:".replace("\u00a0", " "),
        "\n".join(f"– {line}" for line in due.lines),
        "All of it is on one page:",
        link("/today"),
        "This comes once a day at most, and only if something is due. At which hour, and when never, you can set here:",
        link("/settings/mail"),
        kind="digest",
    )
