"""Mail: written into the outbox with the fact it tells of, sent later by a worker, each key once."""

from app.mail.letter import Letter, letter, link
from app.mail.outbox import enqueue
from app.mail.sending import send_due

__all__ = ["Letter", "enqueue", "letter", "link", "send_due"]
