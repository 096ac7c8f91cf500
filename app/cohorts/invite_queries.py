"""What an invitation leads to, and why it leads nowhere. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.cohorts.page_queries import page_of_id
from app.cohorts.queries import CohortPage
from app.db import db
from app.models import Invite
from course.signup import invites


@dataclass(frozen=True)
class InviteLink:
    """A link that lets people into a cohort. `fault`: revoked, expired, used up, or closed, None while it works."""

    page: CohortPage
    domain: str
    left: int | None
    expires_at: datetime
    fault: str | None


def invite_link(token_hash: str, now: datetime) -> InviteLink | None:
    """What the link with this hash leads to; None if there never was one."""
    invite = db.session.scalar(select(Invite).where(Invite.token_hash == token_hash))
    if invite is None:
        return None
    page = page_of_id(invite.cohort_id, now)
    if page is None:
        return None
    return InviteLink(
        page=page,
        domain=invite.domain,
        left=invite.cap - invite.used if invite.cap is not None else None,
        expires_at=invite.expires_at,
        fault=fault_of(invite, page, now),
    )


def fault_of(invite: Invite, page: CohortPage, now: datetime) -> str | None:
    """Why the link leads nowhere at this instant; None if it leads on."""
    if invite.revoked_at is not None:
        return "revoked"
    if invite.expires_at <= now:
        return "expired"
    if invite.cap is not None and invite.used >= invite.cap:
        return "used up"
    return None if invites(page.terms, now) else "closed"
