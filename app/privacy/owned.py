"""Whose a row is, as a condition for any table, from what is declared of it."""

from sqlalchemy import ColumnElement, FromClause, or_, select

from app.db import Base
from app.privacy.declared import Table


def owned(table: Table, person_id: int) -> ColumnElement[bool]:
    """That a row of the table is the person's, by one of the ways that are declared."""
    schema = Base.metadata.tables[table.name]
    return or_(*(leads_to(schema, way, person_id) for way in table.ways))


def leads_to(schema: FromClause, way: str, person_id: int) -> ColumnElement[bool]:
    """That this way from a row of the table ends at the person."""
    step, _, rest = way.partition(".")
    if not rest:
        return schema.c[step] == person_id
    (foreign,) = schema.c[step].foreign_keys
    above = foreign.column.table
    return schema.c[step].in_(select(foreign.column).where(leads_to(above, rest, person_id)))
