"""What a link about somebody's address is good for: the one that confirms a new address, the one that gives it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from app.db import db
from app.models import Person, Token


@dataclass(frozen=True)
class AddressLink:
    """Whose address it is about, the address it leads to, and whether it still does."""

    person_id: int
    present: str
    address: str
    state: Literal["good", "used", "expired"]


def address_link(token_hash: str, purpose: str, *, now: datetime) -> AddressLink | None:
    """The link of this purpose whose token has this hash; None if there is none, or its owner may not sign in."""
    row = db.session.execute(
        select(Token, Person.email)
        .join(Person, Person.id == Token.person_id)
        .where(Token.token_hash == token_hash, Token.purpose == purpose, Person.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    token, present = row
    live: Literal["good", "expired"] = "good" if token.expires_at > now else "expired"
    return AddressLink(
        person_id=token.person_id,
        present=present,
        address=token.address or "",
        state="used" if token.used_at is not None else live,
    )
