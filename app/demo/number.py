"""The demo's number: Ada's terms, who brought whom, and a few more whom somebody named to her."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from app.db import db
from app.demo.cohorts import instant
from app.demo.log import Life
from app.models import Entry, NumberTerms, Person, Relationship

# Who of Ada's people was brought by whom, by their places; the first came by no one.
BROUGHT = {1: 0, 2: 0, 3: 1, 4: 0, 5: 1, 6: 2, 7: 4, 8: 0}
# Others named to her, by whom, and whether they ever answered.
NAMED = (("Quay 9", 0, True), ("Lock keeper", 2, True), ("The cousin", 1, True), ("Night shift", 4, False))


def make(who: Person, *, life: Life, people: Sequence[Relationship]) -> None:
    """Ada's terms, and the introductions her rates are counted from. The others have saved none."""
    if not life.full:
        return
    for place, by in BROUGHT.items():
        people[place].introduced_by_id = people[place].introduced_by_id or people[by].id
    for place, (alias, by, answered) in enumerate(NAMED):
        named(who, alias, by=people[by], answered=answered, life=life, place=place)
    db.session.add(
        NumberTerms(
            person_id=who.id,
            income=4_000_000,
            deal=500_000,
            margin=Decimal(".60"),
            frequency=Decimal("1.5"),
            introductions=Decimal(".5"),
            wins=Decimal(1),
            saved_at=instant(life.today - timedelta(days=30)),
        )
    )


def named(who: Person, alias: str, *, by: Relationship, answered: bool, life: Life, place: int) -> None:
    """Somebody in the network whom one of Ada's people named, with the one answer they gave or the one they didn't."""
    known_since = life.start + timedelta(days=3 + 5 * place)
    made = Relationship(person_id=who.id, alias=alias, layer="network", cadence_days=365, known_since=known_since)
    made.introduced_by_id = by.id
    db.session.add(made)
    db.session.flush()
    first = Entry(person_id=who.id, relationship_id=made.id, day=known_since + timedelta(days=2), channel="mail")
    first.minutes, first.began = 5, "me"
    first.personal, first.two_way, first.about_them, first.value, first.next_step = 1, int(answered), 1, 0, 0
    db.session.add(first)
