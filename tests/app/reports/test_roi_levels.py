from datetime import date, timedelta

from app import content
from app.db import db
from app.models import Answer, Cost, MonthlyMargin, Promise, Reading, Receipt
from tests.app.reports.making import START, account, even, figures, level, seated, words
from tests.cast import NOON, TODAY, entry, person, receipt, relationship

DAY = timedelta(days=1)
URL = "/trainer/cohorts/long/roi"


def test_hours_and_money_are_those_of_a_plain_loop_over_all_rows(app, cast, long, browser_of):
    lessons = content.library().lessons
    minutes = cents = 0
    for place, enrolment in enumerate(seated(long, 6)):
        who = enrolment.person
        tended = relationship(who)
        for scores, spent in (("22222", 25), ("00000", 7)):
            entry(who, tended, scores, minutes=spent, day=TODAY - place * DAY)
        wrong = entry(who, tended, minutes=600)
        entry(who, None, minutes=50, replaces_id=wrong.id)
        gone = entry(who, None, minutes=90)
        entry(who, None, minutes=90, replaces_id=gone.id, void=True)
        for lesson in lessons[:place]:
            db.session.add(
                Reading(
                    enrolment_id=enrolment.id,
                    lesson_id=lesson.id,
                    content_hash="any",
                    began_at=NOON,
                    completed_at=NOON - DAY,
                )
            )
        db.session.add_all(
            [
                Cost(person_id=who.id, day=START, kind="fee", amount=120_013),
                Cost(person_id=who.id, day=TODAY, kind="time", minutes=30),
                Cost(person_id=who.id, day=TODAY, kind="cash", amount=99_999, removed_at=NOON),
                Cost(person_id=who.id, day=TODAY + DAY, kind="cash", amount=50_000),
            ]
        )
        minutes += 25 + 7 + 50 + 30 + sum(lesson.minutes for lesson in lessons[:place])
        cents += 120_013
    db.session.commit()
    page = browser_of(cast.tess).get(URL)
    money = round((cents + minutes / 60 * 5_000) / 100)
    assert level(page, "0 Input")[:2] == [
        f"Six people, {round(minutes / 60)} hours, fees and cash",
        "€" + f"{money:,}".replace(",", " "),
    ]


def test_time_without_a_value_counts_nothing_and_that_is_said(cast, long, browser_of):
    for enrolment in seated(long, 5, hourly_value=None):
        account(enrolment, cost=1000)
        entry(enrolment.person, None, minutes=600)
    page = browser_of(cast.tess).get(URL)
    assert level(page, "0 Input") == [
        "Five people, 50 hours, fees and cash",
        "€5 000",
        "Hours of all; their money where one is valued.",
    ]
    assert "Five of five have put no value on an hour" in words(page)


def test_reporting_takes_a_receipt_or_a_known_margin_within_the_window(cast, long, browser_of):
    made = seated(long, 6)
    for enrolment in made:
        account(enrolment, cost=1000, reports=False)
    ids = [enrolment.person_id for enrolment in made]
    receipt(made[0].person, day=TODAY - DAY, attribution=None)
    receipt(made[1].person, day=START - DAY)
    receipt(made[2].person, day=TODAY - DAY, removed_at=NOON)
    receipt(made[3].person, day=TODAY + DAY)
    db.session.add(MonthlyMargin(person_id=ids[4], month=date(2026, 3, 1), amount=0))
    db.session.add(MonthlyMargin(person_id=ids[5], month=date(2026, 3, 1), amount=None))
    db.session.commit()
    page = browser_of(cast.tess).get(URL)
    assert figures(page)["Reported"] == "2 of 6"
    assert level(page, "4 Results")[1] == "1"


def test_learning_counts_graded_answers_a_day_or_more_after_the_first(cast, long, browser_of):
    (enrolment,) = seated(long, 1)

    def answer(recall, days, correct):
        at = NOON - days * DAY
        db.session.add(
            Answer(
                enrolment_id=enrolment.id,
                lesson_id="x",
                recall_id=recall,
                content_hash="h",
                text="",
                confidence="unsure",
                correct=correct,
                answered_at=at,
            )
        )

    for recall, days, correct in (
        ("a", 9, False),
        ("a", 8.5, True),
        ("a", 8, True),
        ("a", 2, False),
        ("b", 9, True),
        ("b", 3, True),
        ("b", 1, None),
    ):
        answer(recall, days, correct)
    db.session.commit()
    page = browser_of(cast.tess).get(URL)
    assert level(page, "2 Learning")[1:] == ["67 %", "Likely between 21 and 94 %; 2 of 3."]


def test_behaviour_counts_entries_and_promises_that_stand(cast, long, browser_of):
    (enrolment,) = seated(long, 1)
    who = enrolment.person
    tended = relationship(who)
    entry(who, tended, "22222")
    replaced = entry(who, tended, "22222")
    entry(who, tended, "00000", replaces_id=replaced.id)
    for due, kept, dropped, made_in in (
        (-9, -9, None, None),
        (-9, -8, None, None),
        (-9, None, None, None),
        (9, None, None, None),
        (-9, None, -10, None),
        (-9, None, -8, None),
        (-9, -9, None, replaced.id),
    ):
        db.session.add(
            Promise(
                person_id=who.id,
                relationship_id=tended.id,
                entry_id=made_in,
                text="a list",
                made_on=TODAY - 30 * DAY,
                due_on=TODAY + due * DAY,
                kept_on=kept and TODAY + kept * DAY,
                dropped_on=dropped and TODAY + dropped * DAY,
            )
        )
    db.session.commit()
    page = browser_of(cast.tess).get(URL)
    assert level(page, "3 Behaviour")[1:] == ["50 %", "Likely between 9 and 91 %; 1 of 2."]
    assert level(page, "3 Behaviour", 1)[1:] == ["25 %", "Likely between 5 and 70 %; 1 of 4."]


def test_what_is_not_asked_or_recorded_yet_says_so(cast, long, browser_of):
    even(long, 5)
    page = browser_of(cast.tess).get(URL)
    assert level(page, "1 Reaction")[1:] == [
        "Not yet",
        "Asked once, when every lesson is read or the course is over.",
    ]
    assert level(page, "4 Results", 1) == ["Opportunities open or signed", "0", "Not money yet, and in no return."]
    assert level(page, "4 Results", 2)[1:] == ["Not yet", "No receipt says yet where its client came from."]


def test_receipts_of_somebody_who_learns_elsewhere_stay_there(cast, long, browser_of):
    even(long, 5)
    for _ in range(3):
        receipt(cast.ada)
    db.session.add(Receipt(person_id=person("x@example.org").id, day=TODAY, amount=1, margin=1))
    db.session.commit()
    assert level(browser_of(cast.tess).get(URL), "4 Results")[1] == "5"
