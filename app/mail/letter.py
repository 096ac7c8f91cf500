"""What a mail says, before anybody is to get it: its kind, its subject and its paragraphs."""

from dataclasses import dataclass

from flask import current_app

KINDS = ("confirm", "offer", "welcome", "reset", "digest", "announcement", "notice")
"""What mails are about. A notice tells of something that has happened to an account or a place."""


@dataclass(frozen=True)
class Letter:
    """A mail's subject and its text: paragraphs with an empty line between them."""

    subject: str
    body: str
    kind: str = "notice"


def letter(subject: str, *paragraphs: str, kind: str = "notice") -> Letter:
    """A letter with its greeting and its signature. An address to follow is a paragraph by itself."""
    return Letter(subject, "\n\n".join(("Hello,", *paragraphs, "Connect before you count")) + "\n", kind)


def link(path: str) -> str:
    """The address of a page for a mail: made from the settings, never from what a request calls itself."""
    return f"{current_app.config['BASE_URL']}{path}"
