"""What a trainer reads and does is about their own cohort, also had a view let another's through."""

import pytest

from app.models import AskedCase, Contact, Feedback, Shared, SponsorReport
from app.reports import inbox_actions
from app.reports.case_actions import ask_for_cases
from app.reports.case_queries import cases_of
from app.reports.cohort_queries import OwnCohort, cohort_of
from app.reports.one_learner_queries import shown_in, talks_with
from app.reports.sponsor_queries import issued_before
from tests.cast import NOON, TODAY, Cast, entry, relationship, save


def harbour(cast: Cast) -> OwnCohort:
    found = cohort_of(cast.tom, "harbour", NOON)
    assert found is not None
    return found


def shared_by_ada(cast: Cast) -> Shared:
    found: Shared = save(Shared(enrolment_id=cast.ada_enrolled.id, entry_id=entry(cast.ada, relationship(cast.ada)).id))
    return found


def test_cases_of_one_cohort_are_no_others(cast: Cast) -> None:
    save(AskedCase(enrolment_id=cast.ada_enrolled.id, side="above"))
    assert cases_of(harbour(cast)) == ()
    ask_for_cases(harbour(cast), [])


def test_what_is_shown_is_held_and_answered_by_its_own_trainers(cast: Cast) -> None:
    shared = shared_by_ada(cast)
    save(Feedback(shared_id=shared.id, trainer_id=cast.tess.id))
    assert inbox_actions.shown(cast.tess, shared.id).id == shared.id
    assert inbox_actions.begun(cast.tess, shared).trainer_id == cast.tess.id
    for asked in (lambda: inbox_actions.shown(cast.tom, shared.id), lambda: inbox_actions.begun(cast.tom, shared)):
        with pytest.raises(inbox_actions.NotTheirs):
            asked()


def test_a_learner_is_looked_up_within_the_cohort(cast: Cast) -> None:
    shared_by_ada(cast)
    whom = {"enrolment_id": cast.ada_enrolled.id, "trainer_id": cast.tess.id, "day": TODAY, "until": TODAY}
    save(Contact(**whom, kind="spoke", note="Tired"))
    own = cohort_of(cast.tess, "autumn", NOON)
    assert own is not None
    found = [
        (len(shown_in(each, cast.ada_enrolled.id)), len(talks_with(each, cast.ada_enrolled.id)))
        for each in (own, harbour(cast))
    ]
    assert found == [(1, 1), (0, 0)]


def test_a_report_of_a_cohort_that_shares_nobody_is_none_of_those_before(cast: Cast) -> None:
    frozen = {"title": "A report", "levels": [], "figures": []}
    save(SponsorReport(cohort_id=cast.autumn.id, version=1, day=TODAY, content=frozen, contributions={}))
    assert issued_before(harbour(cast)) == ()
