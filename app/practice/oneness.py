"""Merged aliases as a statement reads them: each with the one that stands for it. The rule is `course.merging`."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, select

from app.models import Relationship


def merged_aliases(whose: Any, name: str = "merged") -> CTE:
    """Every merged alias of these owners: its `id`, and the `root` that stands for it with its `alias`.

    whose: says of a column of owners which are meant. Nobody has merged anything, mostly: then it holds no row, and
    costs a look into an index.
    """
    table = Relationship.__table__
    below, above = table.alias(f"{name}_below"), table.alias(f"{name}_above")
    first = (
        select(below.c.id, above.c.id.label("root"), above.c.alias)
        .join(above, above.c.id == below.c.merged_into_id)
        .where(whose(below.c.person_id), below.c.merged_into_id.is_not(None), above.c.merged_into_id.is_(None))
    )
    tree = first.cte(name, recursive=True)
    next_ones = table.alias(f"{name}_next")
    return tree.union_all(
        select(next_ones.c.id, tree.c.root, tree.c.alias).join(tree, next_ones.c.merged_into_id == tree.c.id)
    )


def owned_by(person: ColumnElement[int]) -> Any:
    """That a row belongs to this one person."""
    return lambda owner: owner == person
