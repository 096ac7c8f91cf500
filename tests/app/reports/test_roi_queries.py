"""The cohort's report adds the log up in the database: to the last decimal what each learner's own account says."""

from datetime import date, timedelta

import pytest

from app.practice.ledger_queries import ledger_of
from app.reports.cohort_queries import cohorts_of
from app.reports.roi_queries import enrolled_in
from course.ledger import last_day_of
from course.roi import account
from tests.cast import NOON, TODAY, cost, entry, receipt, relationship

STARTS = (date(2025, 10, 31), date(2026, 2, 28), date(2026, 1, 1), TODAY - timedelta(days=1), TODAY)


def boundary_days(start):
    """The last day of every month of the ledger and its neighbours, days before the start, and those about today."""
    ends = [last_day_of(t, start) for t in range(14)]
    around = [end + timedelta(days=by) for end in ends for by in (-1, 0, 1)]
    early = [start - timedelta(days=by) for by in (1, 20, 400)]
    return sorted({*around, *early, *(TODAY + timedelta(days=by) for by in (-2, -1, 0, 1))})


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Pacific/Kiritimati", "Pacific/Midway"])
@pytest.mark.parametrize("start", STARTS, ids=str)
def test_what_the_cohort_counts_of_somebody_is_their_own_account(cast, app, start, zone):
    ada = cast.ada
    ada.ledger_start, ada.hourly_value, ada.time_zone = start, 5_001, zone
    tended = relationship(ada)
    for place, day in enumerate(boundary_days(start)):
        entry(ada, tended, day=day, minutes=(7, 20, 40, 5, 60)[place % 5])
    cost(ada, day=start)
    receipt(ada, day=min(start + timedelta(days=40), TODAY), relationship_id=tended.id)
    now = NOON
    theirs = next(each for each in enrolled_in(cohorts_of(cast.tess, now)[0], now, {}) if each.person_id == ada.id)
    local = theirs.ledger.as_of
    own = account(ledger_of(ada, local, {}).ledger)
    counted = account(theirs.ledger)
    assert counted.investment == own.investment
    assert [month.invested for month in counted.months] == [month.invested for month in own.months]
    assert counted.benefit_claimed == own.benefit_claimed
