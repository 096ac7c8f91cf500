"""What other features ask of the log."""

from datetime import timedelta

from app.models import Promise
from app.practice import queries
from tests import cast as builders
from tests.cast import TODAY


def test_entries_are_those_of_the_person_as_they_were_written(cast):
    about, theirs = builders.relationship(cast.ada), builders.relationship(cast.ben)
    first = builders.entry(cast.ada, about, "22111", note="n", step="s", step_due=TODAY, sign="advice")
    builders.entry(cast.ada, about, "22211", replaces_id=first.id)
    alone = builders.entry(cast.ada, None, lesson_id="some-lesson")
    builders.entry(cast.ben, theirs)
    log = queries.entries_of(cast.ada)
    assert [entry.id for entry in log] == [first.id, first.id + 1, alone.id]
    assert log[0].rubric is not None
    assert log[0].rubric.total == 7
    assert (log[0].step, log[0].step_due, log[0].sign, log[1].replaces) == ("s", TODAY, "advice", first.id)
    assert (log[2].person, log[2].rubric, log[2].exercise) == (None, None, "some-lesson")


def test_the_logs_of_many_are_read_at_once(cast, queries):
    from app.practice.queries import entries_of_people

    for who in (cast.ada, cast.ben):
        builders.entry(who, builders.relationship(who))
    ids = [cast.ada.id, cast.ben.id, cast.cleo.id]
    queries.clear()
    logs = entries_of_people(ids)
    assert {id: len(log) for id, log in logs.items()} == {cast.ada.id: 1, cast.ben.id: 1}
    assert len(queries) == 1


def test_a_lesson_is_practised_once_its_exercise_stands_in_the_log(cast):
    kept = builders.entry(cast.ada, None, lesson_id="kept")
    gone = builders.entry(cast.ada, None, lesson_id="gone")
    builders.entry(cast.ada, None, lesson_id="gone", replaces_id=gone.id, void=True)
    assert kept.id
    assert queries.practised_lessons(cast.ada) == {"kept"}


def test_people_due_come_with_their_reason(cast):
    late, fresh = builders.relationship(cast.ada, "Late"), builders.relationship(cast.ada, "Fresh")
    builders.entry(cast.ada, late, day=TODAY - timedelta(days=35))
    builders.entry(cast.ada, fresh)
    (due,) = queries.people_due(cast.ada, TODAY)
    assert (due.alias, due.why) == ("Late", "Five days past the rhythm")


def test_weeks_count_to_the_day(cast):
    builders.entry(cast.ada, builders.relationship(cast.ada), "22222")
    weeks = queries.weeks_of(cast.ada, TODAY)
    assert (len(weeks), weeks[-1].connecting) == (12, 1)


def test_a_promise_stands_by_itself_or_with_its_entry(cast):
    about = builders.relationship(cast.ada)
    first = builders.entry(cast.ada, about)
    facts = {"person_id": cast.ada.id, "relationship_id": about.id, "made_on": TODAY, "due_on": TODAY}
    builders.save(Promise(text="by itself", **facts))
    builders.save(Promise(text="corrected", entry_id=first.id, **facts))
    second = builders.entry(cast.ada, about, replaces_id=first.id)
    builders.save(Promise(text="stands", entry_id=second.id, **facts))
    assert [promise.text for promise in queries.promises_of(cast.ada)] == ["by itself", "stands"]
    (tended,) = queries.book_of(cast.ada).people
    assert [promise.text for promise in tended.promises] == ["by itself", "stands"]
