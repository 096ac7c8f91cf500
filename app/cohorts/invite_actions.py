"""What a trainer does with invitations: make one, take one back. Using one is signing up."""

from datetime import datetime

from sqlalchemy import update

from app import clock
from app.access import digest, new_token
from app.cohorts import seats
from app.db import db
from app.models import Invite, Person


def make_invite(
    cohort_id: int, author: Person, *, label: str, domain: str, cap: int | None, expires_at: datetime
) -> str:
    """A new link; its secret, which only its hash is kept of: it is shown once."""
    token = new_token()
    db.session.add(
        Invite(
            cohort_id=cohort_id,
            author_id=author.id,
            token_hash=digest(token),
            label=label,
            domain=domain,
            cap=cap,
            expires_at=expires_at,
        )
    )
    db.session.flush()
    return token


def revoke_invite(cohort_id: int, invite_id: int) -> bool:
    """Take an invitation back; who came by it keeps their place. False if it is none of this cohort's."""
    mine = update(Invite).where(Invite.id == invite_id, Invite.cohort_id == cohort_id)
    return seats.changed(mine.values(revoked_at=clock.now()))
