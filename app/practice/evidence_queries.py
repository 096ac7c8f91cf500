"""What stands beside a learner's ledger: opportunities with their history, and words. One statement reads them all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from app.db import db
from app.models import Person
from app.practice.evidence_statements import BESIDE
from app.practice.ledger_queries import decimal_of
from course.doubt import Known
from course.evidence import Beside, Intangible, Opportunity

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Version:
    """An opportunity as it was told at one time, about one of the learner's people or nobody."""

    opportunity: Opportunity
    relationship_id: int | None
    written_at: datetime
    removed: bool


@dataclass(frozen=True)
class History:
    """An opportunity in all its states, the first one first. The last one stands."""

    versions: tuple[Version, ...]

    @property
    def standing(self) -> Version:
        return self.versions[-1]

    @property
    def earlier(self) -> tuple[Version, ...]:
        """What was changed since, the latest first."""
        return tuple(reversed(self.versions[:-1]))


@dataclass(frozen=True)
class Told:
    """Everything that stands beside a ledger: histories by the id of every state in them, and the intangibles."""

    histories: Mapping[int, History]
    intangibles: tuple[Intangible, ...]

    @property
    def standing(self) -> tuple[Opportunity, ...]:
        """Every opportunity as it stands, the newest first; those taken out are left out."""
        heads = {history.standing.opportunity.id: history.standing for history in self.histories.values()}
        kept = [version.opportunity for version in heads.values() if not version.removed]
        return tuple(sorted(kept, key=lambda each: (each.day, each.id or 0), reverse=True))


def evidence_of(person: Person, today: date) -> Beside:
    """What stands beside the person's ledger on a day of their own, for `course.evidence.evidence`."""
    return evidence_in(told_by(person), person, today)


def known_in(told: Told) -> Known:
    """How many opportunities there are, and the largest, in minor units."""
    amounts = [int(each.amount * 100) for each in told.standing]
    return Known(len(amounts), max(amounts, default=0))


def evidence_in(told: Told, person: Person, today: date) -> Beside:
    """The same from what was read already."""
    start = person.ledger_start or today
    return Beside(start, today, opportunities=told.standing, intangibles=told.intangibles)


def told_by(person: Person) -> Told:
    """Everything the person told beside the ledger."""
    rows: dict[str, list[AnyRow]] = defaultdict(list)
    for row in db.session.execute(BESIDE, {"people": [person.id]}):
        rows[row.kind].append(row)
    words = tuple(Intangible(row.day, row.text, row.alias or "", row.id) for row in rows["intangible"])
    return Told(histories_from(rows["opportunity"], rows["receipt"]), words)


def histories_from(told: Iterable[AnyRow], brought: Iterable[AnyRow]) -> dict[int, History]:
    """The states of each opportunity in their order, each knowing what all receipts of any of them brought."""
    receipts = {row.of: row for row in brought}
    chains: dict[int, list[AnyRow]] = {}
    # A state is written after the one that it replaces.
    for row in sorted(told, key=lambda row: row.id):
        chain = chains.get(row.of, []) if row.of else []
        chains[row.id] = chain
        chain.append(row)
    found: dict[int, History] = {}
    for chain in {id(chain): chain for chain in chains.values()}.values():
        paid = [receipts[row.id] for row in chain if row.id in receipts]
        history = History(tuple(version_from(row, chain[0].day, paid) for row in chain))
        found |= {row.id: history for row in chain}
    return found


def version_from(row: AnyRow, came_up: date, paid: list[AnyRow]) -> Version:
    """One state as it was told; `paid`: what receipts brought of any of its states."""
    opportunity = Opportunity(
        what=row.text,
        state=row.state,
        amount=decimal_of(row.amount),
        margin=row.margin,
        came_up=came_up,
        day=row.day,
        probability=row.probability,
        expected_on=row.expected_on,
        person=row.alias or "",
        paid=sum((decimal_of(each.amount) for each in paid), Decimal(0)),
        receipts=sum(each.many for each in paid),
        id=row.id,
    )
    return Version(opportunity, row.whose, written_at=row.created_at, removed=row.removed)
