"""The secret in a mail that ends the mails of its kind."""

from datetime import timedelta

from app import clock
from app.access import digest, new_token
from app.db import db
from app.mail.letter import link
from app.models import Token

LASTS = timedelta(days=90)


def unsubscribe_link(person_id: int, kind: str) -> str:
    """An address that ends the mails of one kind for somebody, and nothing else. Only its secret's hash is kept."""
    token = new_token()
    row = Token(purpose="unsubscribe", kind=kind, person_id=person_id, token_hash=digest(token))
    row.expires_at = clock.now() + LASTS
    db.session.add(row)
    return link(f"/unsubscribe/{token}")
