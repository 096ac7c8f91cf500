"""The mails about an account."""

from app.mail import Letter, letter, link


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
