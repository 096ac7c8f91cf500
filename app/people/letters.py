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


NOT_ME = "If it was not you, set a new password at once: it signs every browser out."


def factor_set() -> Letter:
    """A second factor was set up."""
    return letter(
        "Signing in now takes a second step",
        "A second step has just been set up for this address at Connect before you count: signing in asks for a code "
        "of an app. Every other browser has been signed out.",
        NOT_ME,
        link("/forgot"),
    )


def factor_removed() -> Letter:
    """The second factor was taken away."""
    return letter(
        "Signing in takes one step again",
        "The second step of signing in with this address at Connect before you count has just been taken away. The "
        "password is enough now.",
        NOT_ME,
        link("/forgot"),
    )


def recovery_code_used(left: int) -> Letter:
    """A recovery code let somebody in; so many are left."""
    return letter(
        "A recovery code was used",
        "Somebody has just signed in with this address at Connect before you count by its password and a recovery "
        f"code. Codes that are left: {left}.",
        NOT_ME,
        link("/forgot"),
    )


def recovery_codes_made() -> Letter:
    """The recovery codes were made anew."""
    return letter(
        "New recovery codes",
        "New recovery codes have just been made for this address at Connect before you count. The old ones are worth "
        "nothing now.",
        NOT_ME,
        link("/forgot"),
    )


def glass_broken(what: str, reason: str) -> Letter:
    """Whoever runs the installation is reading what is the person's own."""
    return letter(
        "Somebody read what you had not shown",
        "Whoever runs Connect before you count for you has opened what is yours alone, in an emergency. What was read: "
        f"{what}.",
        f"The reason they gave: {reason}",
        "Each time it happens is listed here:",
        link("/settings/readings"),
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
