"""What the page of mail and calendar shows: the finding as a title, and what was sent with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.people.mail_queries import LISTED, Posted, Wishes

BECAME = {
    "waiting": "Waits to be sent",
    "sent": "Sent",
    "dead": "Could not be delivered",
    "ambiguous": "May not have arrived: the line broke off",
}


@dataclass(frozen=True)
class Line:
    """A mail, when it was sent or else written, and what became of it in words."""

    subject: str
    at: datetime
    became: str


@dataclass(frozen=True)
class MailPage:
    """The page: its title, when nothing comes, whether there is a calendar and since when, and the newest mails."""

    title: str
    feed_since: datetime | None
    lines: tuple[Line, ...]
    is_cut: bool
    most: int = LISTED


def mail_page(wishes: Wishes, posted: Sequence[Posted]) -> MailPage:
    """The page from what was asked."""
    return MailPage(
        title=title(wishes),
        feed_since=wishes.feed_since,
        lines=tuple(
            Line(each.subject, each.sent_at or each.written_at, BECAME[each.state]) for each in posted[:LISTED]
        ),
        is_cut=len(posted) > LISTED,
    )


def title(wishes: Wishes) -> str:
    """When we remind, in a sentence."""
    if not wishes.terms.digest:
        return "We don’t remind you by mail"
    return f"One mail a day at {wishes.terms.digest_hour:02}:00, if something is due"
