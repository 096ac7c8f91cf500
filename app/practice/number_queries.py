"""What a learner's own number rests on, in three queries however many rows. Reads only; each takes its owner."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import and_, bindparam, select

from app.db import db
from app.models import NumberTerms, Person, Receipt, Relationship
from app.practice.number_facts import Basis, Terms
from app.practice.queries import entries_of
from course.attention import Tended
from course.goal import LayerName
from course.merging import standing_for
from course.own_rates import Known
from course.practice import Entry

KEPT, KNOWN, RECEIPT = (table.__table__.c for table in (NumberTerms, Relationship, Receipt))
OWNER: Any = bindparam("person")
# In the order of the values they make: rows are read by place.
TERMS = select(
    *(KEPT.income, KEPT.deal, KEPT.margin, KEPT.frequency, KEPT.introductions, KEPT.wins),
    *(KEPT.version, KEPT.saved_at),
).where(KEPT.person_id == OWNER)
THEIRS = and_(RECEIPT.relationship_id == KNOWN.id, RECEIPT.removed_at.is_(None))
PEOPLE = (
    select(
        *(KNOWN.id, KNOWN.merged_into_id, KNOWN.introduced_by_id, KNOWN.known_since),
        *(KNOWN.layer, KNOWN.cadence_days, KNOWN.seat, RECEIPT.day.label("paid")),
    )
    .outerjoin_from(Relationship.__table__, Receipt.__table__, THEIRS)
    .where(KNOWN.person_id == OWNER)
    .order_by(KNOWN.id, RECEIPT.day)
)


def terms_of(person: Person) -> Terms | None:
    """The terms the person saved; None before they did."""
    row = db.session.execute(TERMS, {"person": person.id}).first()
    return None if row is None else Terms(*row)


def basis_of(person: Person) -> Basis:
    """The person's people and the log with them; what was written or paid under another alias is the same person's."""
    rows = db.session.execute(PEOPLE, {"person": person.id}).all()
    heads = standing_for({row.id: row.merged_into_id for row in rows if row.merged_into_id is not None})
    log = tuple(as_one_person(entry, heads) for entry in entries_of(person))
    return basis(rows, heads, log)


def as_one_person(entry: Entry, heads: Mapping[int, int]) -> Entry:
    """The entry as one with whoever its alias stands for."""
    if entry.person is None or entry.person not in heads:
        return entry
    return replace(entry, person=heads[entry.person])


def basis(rows: Sequence[Any], heads: Mapping[int, int], entries: tuple[Entry, ...]) -> Basis:
    """The rows of PEOPLE as one basis."""
    paid: dict[int, list[date]] = defaultdict(list)
    brought: dict[int, int] = {}
    since: dict[int, date] = {}
    for row in rows:
        id = heads.get(row.id, row.id)
        since[id] = min(row.known_since, since.get(id, row.known_since))
        if row.paid is not None:
            paid[id].append(row.paid)
        by = id if row.introduced_by_id is None else heads.get(row.introduced_by_id, row.introduced_by_id)
        if by != id:
            brought.setdefault(id, by)
    kept = {row.id: row for row in rows if row.merged_into_id is None}
    return Basis(
        known=tuple(Known(id, since[id], brought.get(id), tuple(sorted(paid[id]))) for id in kept),
        tended=tuple(
            Tended(row.id, cast(LayerName, row.layer), row.cadence_days, row.seat is not None) for row in kept.values()
        ),
        entries=entries,
    )
