"""Cohorts of any size, made at once, and what the pages say of them."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

from app.db import db
from app.models import Cohort, Cost, Enrolment, MonthlyMargin, Person, Receipt
from tests.cast import NOON, PASSWORD_HASH, TODAY, cohort

START = date(2026, 1, 1)
RETURN = "What may be said of the return"


def running(slug: str, trainer: Person, **given: Any) -> Cohort:
    """A cohort in its eleventh month: old enough for every account to be shown."""
    facts = {"starts_on": START, "ends_on": TODAY + timedelta(days=60), "capacity": 1000}
    return cohort(slug, trainers=(trainer,), **{**facts, **given})


def seated(where: Cohort, count: int, *, status: str = "confirmed", **given: Any) -> list[Enrolment]:
    """So many new people with a seat in the cohort."""
    made = []
    for place in range(count):
        email = f"{where.slug}-{status}-{place:03}@example.org"
        facts = {"confirmed_at": NOON, "password_hash": PASSWORD_HASH, "hourly_value": 5_000, **given}
        who = Person(email=email, name=f"Learner {place:03}", ledger_start=where.starts_on, **facts)
        made.append(Enrolment(person=who, cohort_id=where.id, status=status, confirmed_at=NOON - timedelta(days=300)))
    where.taken += count
    db.session.add_all(made)
    db.session.commit()
    return made


def account(enrolment: Enrolment, *, cost: int, benefit: int = 0, reports: bool = True, baseline: bool = True) -> None:
    """A ledger that comes to these whole euros: a fee, one receipt that counts in full, margins that rose enough."""
    who = enrolment.person_id
    rows: list[Any] = [Cost(person_id=who, day=START, kind="fee", amount=cost * 100)] if cost else []
    if baseline:
        months = [date(2025, month, 1) for month in range(1, 13)]
        rows += [MonthlyMargin(person_id=who, month=month, amount=0) for month in months]
    if reports:
        rows.append(MonthlyMargin(person_id=who, month=date(2026, 2, 1), amount=10_000_000))
    if benefit:
        whole = {"margin": Decimal(1), "attribution": Decimal(1), "confidence": Decimal(1)}
        rows.append(Receipt(person_id=who, day=date(2026, 3, 5), amount=benefit * 100, **whole))
    db.session.add_all(rows)
    db.session.commit()


def words(page: Any) -> str:
    """What a page says: its main part without its markup, blanks as one."""
    main = re.search(r"<main.*?</main>", page.text, re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", main[0] if main else page.text)
    return " ".join(unescape(text).split())


def title(page: Any) -> str:
    """The finding of a page."""
    heading = re.search(r"<h1>(.*?)</h1>", page.text, re.DOTALL)
    return " ".join(unescape(heading[1]).split()) if heading else ""


def table(page: Any, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, as text."""
    found = re.search(rf"<caption[^>]*>{caption}</caption>.*?<tbody[^>]*>(.*?)</tbody>", page.text, re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", found[1], re.DOTALL) if found else []
    return [[plain(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)] for row in rows]


def plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def even(where, count, *, benefit=1200, reporting=None):
    """So many learners with much the same return, of whom so many report."""
    for place, enrolment in enumerate(seated(where, count)):
        reports = reporting is None or place < reporting
        account(enrolment, cost=1000, benefit=benefit + place % 7 if reports else 0, reports=reports)


def level(page, name, which=0):
    """What stands beside a level: how it is measured, the figure, how to read it."""
    return [row[1:] for row in table(page, "Levels 0 to 5") if row[0] == name][which]


def figures(page):
    return {row[0]: row[1] for row in table(page, RETURN)}
