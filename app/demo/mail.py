"""What the demo's people were mailed: reminders that came, and one mail that its server refused."""

from datetime import datetime, timedelta

from app import clock
from app.db import db
from app.models import Mail, Person

SUBJECTS = (
    "Today: one promise, two people to get in touch with and six questions",
    "Today: one plan to report on and four questions",
    "Today: three people to get in touch with",
    "Today: two promises and five questions",
)


def make(reminded: Person, refused: Person) -> None:
    """Four days of reminders to one person; a link to set a password that another's mail server would not take."""
    now = clock.now()
    for days, subject in reversed(list(enumerate(SUBJECTS, 1))):
        sent = now.replace(hour=6, minute=0, second=20, microsecond=0) - timedelta(days=days)
        db.session.add(mail(reminded, subject, kind="digest", at=sent, sent_at=sent, state="sent"))
    lost = mail(
        refused, "A link to set a new password", kind="reset", at=now - timedelta(hours=3), sent_at=None, state="dead"
    )
    lost.body, lost.attempts, lost.failure = "The link has run out by now.", 1, "550 5.1.1 Mailbox unavailable"
    db.session.add(lost)


def mail(to: Person, subject: str, *, kind: str, at: datetime, sent_at: datetime | None, state: str) -> Mail:
    """A mail of the past."""
    return Mail(
        key=f"demo:{to.id}:{at.isoformat()}",
        kind=kind,
        state=state,
        person_id=to.id,
        recipient=to.email,
        subject=subject,
        body="",
        created_at=at,
        due_at=at,
        sent_at=sent_at,
        attempts=1,
    )
