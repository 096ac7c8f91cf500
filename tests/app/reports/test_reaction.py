"""What learners say of the course, in their trainer's report and in one for people outside."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.models import Enrolment, Reaction
from tests.app.reports.making import even, level, seated, table, words
from tests.app.reports.test_sponsor_views import given, opened
from tests.cast import NOON

URL = "/trainer/cohorts/long/roi"
HOUR = timedelta(hours=1)


def said(enrolments, *steps, line="", after=0):
    """Each of these says the same step to all three questions, an hour after the other."""
    for place, (who, step) in enumerate(zip(enrolments, steps, strict=False), start=after):
        row = Reaction(enrolment_id=who.id, relevance=step, intent=step, recommend=step, said_at=NOON + place * HOUR)
        row.line = line and f"{line} {place}"
        db.session.add(row)
    db.session.commit()


def reactions(page):
    return {row[1]: row[2:] for row in table(page, "Levels 0 to 5") if row[0] == "1 Reaction"}


@pytest.mark.parametrize("answers", [1, 4])
def test_of_fewer_than_five_nothing_is_told_but_that_they_answered(cast, long, browser_of, answers):
    said(seated(long, 12), *([5] * answers), line="A line")
    page = browser_of(cast.tess).get(URL)
    how_many = "One" if answers == 1 else "Four"
    assert level(page, "1 Reaction") == [
        "Relevance, intent to use",
        "Not shown",
        f"{how_many} of twelve answered; shown from five answers on.",
    ]
    assert "A line" not in words(page)


def test_each_question_is_a_count_with_how_sure_it_is_and_how_many_answered(cast, long, browser_of, queries):
    said(seated(long, 12), 5, 4, 3, 4, 1)
    tess = browser_of(cast.tess)
    queries.clear()
    found = reactions(tess.get(URL))
    assert len(queries) <= 8
    assert list(found) == [
        "Can use most of it in their work",
        "Will use it in the next 30 days",
        "Would tell a colleague to take it",
    ]
    for now, reading in found.values():
        assert now == "60 %"
        assert reading == "Likely between 23 and 88 %; 3 of 5. Five of twelve answered."


def test_the_sixth_answer_moves_nothing_until_four_more_have_come(cast, long, browser_of):
    people, tess = seated(long, 12), browser_of(cast.tess)
    said(people, *([5] * 5), line="Good")
    before = reactions(tess.get(URL))
    said(people[5:9], 1, 1, 1, 1, line="Bad", after=5)
    page = tess.get(URL)
    assert {name: now for name, (now, _) in reactions(page).items()} == {name: now for name, (now, _) in before.items()}
    assert "Nine of twelve answered; four not counted yet" in words(page)
    assert "Bad" not in words(page)
    said(people[9:10], 1, after=9)
    assert {now for now, _ in reactions(tess.get(URL)).values()} == {"50 %"}


def test_lines_stand_without_a_name_and_not_in_the_order_of_their_days(cast, long, browser_of):
    people = seated(long, 5)
    for place, line in enumerate(("Zeal", "Air", "More", "", "Depth")):
        said(people[place : place + 1], 4, line=line, after=place)
    text = words(browser_of(cast.tess).get(URL))
    assert text.index("Air") < text.index("Depth") < text.index("More") < text.index("Zeal")
    assert "Learner 0" not in text


def test_who_rather_did_not_say_is_not_among_those_who_answered(cast, long, browser_of):
    people = seated(long, 6)
    said(people[:5], 5, 5, 5, 5, 5)
    db.session.add(Reaction(enrolment_id=people[5].id))
    db.session.commit()
    page = browser_of(cast.tess).get(URL)
    assert "5 of 5. Five of six answered." in words(page)


def test_people_outside_read_no_count_that_leaves_one_to_four_on_a_side(app, cast, long, browser_of):
    even(long, 12)
    said(enrolled(long), *([5] * 8), 1, 1)
    page = opened(app, given(browser_of(cast.tess)))
    found = {row[1]: row[2:] for row in table(page, "Levels 0 to 5") if row[0] == "1 Reaction"}
    assert {now for now, _ in found.values()} == {"All but fewer than five of 10"}
    assert not any("8 of 10" in reading for _, reading in found.values())


def enrolled(where):
    return list(db.session.scalars(select(Enrolment).where(Enrolment.cohort_id == where.id).order_by(Enrolment.id)))
