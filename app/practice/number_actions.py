"""Keep the terms of a learner's own number. Flush, never commit."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select

from app.db import db
from app.models import NumberTerms, Person
from app.practice.actions import take_turn
from app.practice.number_facts import NewTerms


class TermsChanged(Exception):
    """The terms were saved in the meantime, by another tab or another device."""


def save_terms(person: Person, new: NewTerms, *, version: int, now: datetime) -> None:
    """Keep these terms in place of those of that version, 0 for none yet. Raises TermsChanged if others are kept."""
    take_turn(person)
    kept = db.session.scalar(select(NumberTerms).where(NumberTerms.person_id == person.id))
    if version != (kept.version if kept else 0):
        raise TermsChanged
    if kept is None:
        kept = NumberTerms(person_id=person.id, version=0)
        db.session.add(kept)
    for name, value in asdict(new).items():
        setattr(kept, name, value)
    kept.version += 1
    kept.saved_at = now
    db.session.flush()
