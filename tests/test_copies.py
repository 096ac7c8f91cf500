"""The copies that a large installation is made of."""

from sqlalchemy import func, select

from app.db import db
from app.models import Cohort, Enrolment, Entry, Person, Relationship
from bench.copies import copy_all, go_on
from bench.crowd import crowd
from bench.many import TABLES
from tests.cast import Cast, person


def count_of(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_each_copy_holds_together_and_is_apart_from_the_others(cast: Cast) -> None:
    db.session.commit()
    crowd("first", 2, entries=6)
    before = {model: count_of(model) for model in (Cohort, Person, Enrolment, Entry, Relationship)}
    copy_all(2, tables=TABLES)
    assert {model: count_of(model) for model in before} == {model: count * 3 for model, count in before.items()}
    crowded = select(Cohort.slug, func.count(Entry.id), func.count(Entry.id.distinct()))
    crowded = crowded.join(Enrolment, Enrolment.cohort_id == Cohort.id).join(
        Entry, Entry.person_id == Enrolment.person_id
    )
    found = db.session.execute(crowded.where(Cohort.slug.endswith("first")).group_by(Cohort.slug)).all()
    assert sorted(tuple(row) for row in found) == [
        ("copy-1-first", 12, 12),
        ("copy-2-first", 12, 12),
        ("first", 12, 12),
    ]
    whose = select(func.count()).select_from(Entry).join(Relationship, Relationship.id == Entry.relationship_id)
    assert db.session.scalar(whose.where(Relationship.person_id != Entry.person_id)) == 0


def test_rows_can_be_added_after_ids_were_given(cast: Cast) -> None:
    db.session.commit()
    crowd("first", 2, entries=6)
    go_on(TABLES)
    assert person("late@example.org").id > (
        db.session.scalar(select(func.max(Person.id)).where(Person.name == "Learner 00001")) or 0
    )
