"""The figures of a cohort's return, reckoned a second time from the raw rows by SQL that shares nothing with ours."""

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from sqlalchemy import text

from app.db import db
from app.models import Cost, MonthlyMargin, Receipt
from tests.app.reports.making import figures, level, seated
from tests.cast import NOON, entry, relationship

URL = "/trainer/cohorts/long/roi"
# Amounts in cents, shares in ten-thousandths, an hour at 50 euros: what each learner put in and may claim.
RAW = """
SELECT p.id,
  (SELECT COALESCE(SUM(c.amount), 0) FROM cost c WHERE c.person_id = p.id AND c.removed_at IS NULL) AS cash,
  (SELECT COALESCE(SUM(e.minutes), 0) FROM entry e WHERE e.person_id = p.id) AS minutes,
  (SELECT COALESCE(SUM(r.amount * (r.margin / 10000.0) * (COALESCE(r.attribution, 0) / 10000.0)
     * (COALESCE(r.confidence, 0) / 10000.0)), 0) FROM receipt r
   WHERE r.person_id = p.id AND r.removed_at IS NULL) AS attributed,
  (SELECT COALESCE(SUM(m.amount), 0) FROM monthly_margin m
   WHERE m.person_id = p.id AND m.month >= '2026-01-01') AS above,
  (SELECT COUNT(*) FROM monthly_margin m WHERE m.person_id = p.id AND m.month < '2026-01-01') AS baseline
FROM person p JOIN enrolment n ON n.person_id = p.id WHERE n.cohort_id = :cohort
"""


def life(cohort, chance):
    """Ledgers of every kind: with and without a baseline, silent, with a receipt taken back, with hours."""
    for enrolment in seated(cohort, 14):
        who = enrolment.person_id
        rows = [Cost(person_id=who, day=date(2026, 1, 1), kind="fee", amount=chance.randrange(50_000, 300_000))]
        if chance.random() < 0.8:
            rows += [MonthlyMargin(person_id=who, month=date(2025, month, 1), amount=0) for month in range(1, 13)]
        if chance.random() < 0.8:
            rows.append(MonthlyMargin(person_id=who, month=date(2026, 2, 1), amount=chance.randrange(0, 400_000)))
            rows += [receipt(who, chance) for _ in range(chance.randrange(4))]
        db.session.add_all(rows)
        db.session.commit()
        tended = relationship(enrolment.person)
        for _ in range(chance.randrange(3)):
            entry(enrolment.person, tended, minutes=60 * chance.randrange(1, 4), day=date(2026, 3, 1))


def receipt(who, chance):
    some = (None, Decimal(".25"), Decimal(".5"), Decimal(1))
    shares = {name: chance.choice(some) for name in ("attribution", "confidence")}
    gone = {"removed_at": None} if chance.random() < 0.8 else {"removed_at": NOON}
    amount = chance.randrange(100_000, 900_000)
    return Receipt(person_id=who, day=date(2026, 4, 1), amount=amount, margin=Decimal(".6"), **shares, **gone)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_return_is_that_of_the_raw_rows(cast, long, browser_of, seed):
    life(long, random.Random(seed))
    rows = db.session.execute(text(RAW), {"cohort": long.id}).all()
    costs = [Fraction(row.cash) + Fraction(row.minutes, 60) * 5_000 for row in rows]
    benefits = [min(Fraction(row.attributed), Fraction(row.above)) if row.baseline else 0 for row in rows]
    found = figures(browser_of(cast.tess).get(URL))
    top = max(range(len(rows)), key=lambda place: (benefits[place], -costs[place]))
    if "Return on what was put in" in found:
        assert found["Return on what was put in"] == shown(sum(benefits) / sum(costs) - 1)
    else:
        assert 2 * benefits[top] > sum(benefits)
    each = [benefit / cost - 1 for benefit, cost in zip(benefits, costs, strict=True)]
    rest = (sum(benefits) - benefits[top]) / (sum(costs) - costs[top]) - 1
    assert found["Median return"] == shown(median(each))
    assert found["Return without the largest"] == shown(rest)
    assert found["Got back more than they put in"] == f"{sum(value > 0 for value in each)} of {len(each)}"
    put_in = level(browser_of(cast.tess).get(URL), "0 Input")[1]
    assert put_in.replace("\xa0", "").replace(" ", "") == f"€{round(sum(costs) / 100)}"


def shown(share):
    """A share in whole percent, as pages print it."""
    return f"{round(100 * share)} %".replace("-", "−")
