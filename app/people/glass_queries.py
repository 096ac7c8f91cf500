"""What breaking the glass reads: a learner's own rows, part by part, as the declarations of their tables say."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.db import db
from app.models import Enrolment, Shared
from app.privacy.declarations import TABLES
from app.privacy.export import plain, statement

PARTS: Mapping[str, tuple[str, ...]] = {
    "shared": ("entry", "plan"),
    "practice": ("relationship", "entry", "promise"),
    "study": ("note", "answer", "plan", "assessment"),
    "money": ("receipt", "cost", "opportunity", "intangible", "monthly_margin"),
}
"""What can be read, and the tables that hold it. `shared`: only what is shown to a trainer now."""


def rows_of(person_id: int, parts: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row with the name of its table, in the order of the parts; no secrets, nobody else's numbers."""
    for part in dict.fromkeys(parts):
        for name in PARTS[part]:
            mine = statement(TABLES[name], person_id)
            if part == "shared":
                mine = mine.where(mine.selected_columns["id"].in_(shown(name, person_id)))
            for row in db.session.execute(mine).mappings():
                yield name, {column: plain(value) for column, value in row.items()}


def shown(name: str, person_id: int) -> Any:
    """The numbers of the entries or plans that the person shows now."""
    column = Shared.entry_id if name == "entry" else Shared.plan_id
    mine = select(column).join(Enrolment, Enrolment.id == Shared.enrolment_id)
    return mine.where(Enrolment.person_id == person_id, Shared.withdrawn_at.is_(None), column.is_not(None))
