import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import content
from app.charts.progress import WORDS
from app.db import db
from app.models import Enrolment, Entry, Reading
from app.reports.cohort_queries import cohort_of
from app.reports.learner_queries import learners_of
from course.report import headline
from tests.app.reports.making import plain, running, seated, table, title, words
from tests.cast import NOON, TODAY, cohort, enrol, entry, person, relationship

DAY = timedelta(days=1)
URL = "/trainer/cohorts/autumn/progress"


def finished(enrolment, lesson, *, hash=None, days=1):
    at = NOON - days * DAY
    text = hash or lesson.content_hash
    db.session.add(
        Reading(enrolment_id=enrolment.id, lesson_id=lesson.id, content_hash=text, began_at=at, completed_at=at)
    )
    db.session.commit()


def lines(page):
    """The grid's rows without the lessons: name, read, practised, rate, its words, what stands beside, last seen."""
    modules = len(content.library().modules)
    return [[row[0], *row[1 + modules :]] for row in table(page, "Learners by lessons")]


def test_each_lesson_of_each_learner_has_its_state(app, cast, browser_of):
    first, second, third, *rest = content.library().lessons
    finished(cast.ada_enrolled, first)
    finished(cast.ada_enrolled, second, hash="an older text")
    finished(cast.ada_enrolled, third)
    entry(cast.ada, relationship(cast.ada), lesson_id=third.id)
    page = browser_of(cast.tess).get(URL)
    number = content.library().number
    said = plain(page.text)
    for lesson, state in zip((first, second, third, rest[0]), ("read", "updated", "practised", "none"), strict=True):
        assert f"{number(lesson.id)} {lesson.title}: {WORDS[state]}" in said
    assert [row[:3] for row in lines(page)] == [["Ada", "3", "1"], ["Ben", "0", "0"]]


def test_the_title_says_who_practised_lately(cast, browser_of):
    tess = browser_of(cast.tess)
    assert title(tess.get(URL)) == "Nobody practised in the last seven days"
    entry(cast.ada, relationship(cast.ada), day=TODAY - 6 * DAY)
    entry(cast.ben, relationship(cast.ben), day=TODAY - 7 * DAY)
    page = tess.get(URL)
    assert title(page) == "One of two practised in the last seven days"
    assert [row[-1] for row in lines(page)] == ["18 Nov", "17 Nov"]


def test_a_rate_stands_with_its_interval_and_the_counts_of_all(cast, browser_of):
    tended = relationship(cast.ada)
    for scores in ("22222", "21111", "00000", "20222"):
        entry(cast.ada, tended, scores)
    page = browser_of(cast.tess).get(URL)
    assert "Of all rated entries so far, 2 of 4 connect: 50 %, likely between 15 and 85 %." in words(page)
    assert [row[3] for row in lines(page)] == ["50 %", "–"]
    assert [row[4] for row in lines(page)] == ["50 %, likely between 15 and 85 %", "No rated entries yet"]


def shuffled_life(cast, chance):
    """Entries of every kind for some learners: alone, rated, corrected, corrected twice, taken back."""
    ids = [lesson.id for lesson in content.library().lessons]
    people = [enrolment.person for enrolment in seated(cast.autumn, 4)]
    for who in (cast.ada, *people):
        tended = relationship(who)
        for _ in range(12):
            about = chance.choice((tended, tended, tended, None))
            made = entry(who, about, scores(chance), day=some_day(chance), lesson_id=chance.choice([None, *ids]))
            for _ in range(chance.choice((0, 0, 1, 2))):
                made = entry(
                    who, about, scores(chance), day=some_day(chance), replaces_id=made.id, void=chance.random() < 0.3
                )


def scores(chance):
    return "".join(chance.choice("012") for _ in range(5))


def some_day(chance):
    return TODAY - chance.randrange(60) * DAY


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_by_the_database_are_those_of_a_plain_loop_over_all_rows(app, cast, seed):
    shuffled_life(cast, random.Random(seed))
    found = learners_of([cohort_of(cast.tess, "autumn", NOON)])[cast.autumn.id]
    rows = db.session.scalars(select(Entry)).all()
    replaced = {row.replaces_id for row in rows}
    owners = dict(db.session.execute(select(Enrolment.id, Enrolment.person_id)).all())
    for learner in found:
        mine = [r for r in rows if r.person_id == owners[learner.id] and r.id not in replaced and not r.void]
        rated = [r for r in mine if r.relationship_id]
        assert learner.rated == len(rated)
        assert learner.connecting == sum(
            r.two_way >= 1 and r.about_them >= 1 and r.personal + r.two_way + r.about_them + r.value + r.next_step >= 6
            for r in rated
        )
        assert learner.practised == {r.lesson_id for r in mine if r.lesson_id}
        assert learner.last_entry == max((r.day for r in mine), default=None)
    assert sum(learner.rated for learner in found) > 10


def test_a_lesson_practised_only_in_an_entry_that_was_corrected_is_not_practised(app, cast, browser_of):
    lesson = content.library().lessons[0]
    wrong = entry(cast.ada, relationship(cast.ada), lesson_id=lesson.id)
    entry(cast.ada, None, replaces_id=wrong.id)
    assert lines(browser_of(cast.tess).get(URL))[0][:3] == ["Ada", "0", "0"]


def test_who_waits_was_offered_or_left_has_no_line(cast, browser_of):
    enrol(person("w@example.org", "Wim"), cast.autumn, "waiting", line=1)
    enrol(person("o@example.org", "Oona"), cast.autumn, "offered")
    cast.ben_enrolled.status = "withdrawn"
    enrol(person("c@example.org", "Cora"), cast.autumn, "completed")
    db.session.commit()
    assert [row[0] for row in lines(browser_of(cast.tess).get(URL))] == ["Ada", "Cora"]


def ranked(cast):
    """Ada read most and connects least, Ben read nothing, Cleo and Dov stand between; Eve has no rated entry."""
    lessons = content.library().lessons
    dov, eve = (enrol(person(f"{name}@example.org", name), cast.autumn) for name in ("Dov", "Eve"))
    for enrolment, count in ((cast.ada_enrolled, 3), (dov, 1), (eve, 2)):
        for lesson in lessons[:count]:
            finished(enrolment, lesson, days=5)
    for who, score, days in ((cast.ada, "00000", 3), (cast.ben, "22222", 9), (dov.person, "22222", 1)):
        entry(who, relationship(who), score, day=TODAY - days * DAY)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("name", ["Ada", "Ben", "Dov", "Eve"]),
        ("read", ["Ben", "Dov", "Eve", "Ada"]),
        ("practised", ["Ada", "Ben", "Dov", "Eve"]),
        ("rate", ["Ada", "Ben", "Dov", "Eve"]),
        ("seen", ["Ben", "Eve", "Ada", "Dov"]),
        ("nonsense'--", ["Ada", "Ben", "Dov", "Eve"]),
    ],
)
def test_the_address_keeps_the_order(app, cast, browser_of, order, names):
    ranked(cast)
    page = browser_of(cast.tess).get(URL, query_string={"sort": order})
    assert [row[0] for row in lines(page)] == names


def test_an_unknown_rate_is_not_taken_for_the_lowest(app, cast, browser_of):
    enrol(person("aaa@example.org", "Aaa"), cast.autumn)
    ranked(cast)
    page = browser_of(cast.tess).get(f"{URL}?sort=rate")
    assert [row[0] for row in lines(page)] == ["Ada", "Ben", "Dov", "Aaa", "Eve"]


def test_a_text_finds_names_and_stays_in_the_address_of_every_order(cast, browser_of):
    enrol(person("d@example.org", "Édith Örn"), cast.autumn)
    page = browser_of(cast.tess).get(URL, query_string={"q": "  ÖRN ", "sort": "read"})
    assert [row[0] for row in lines(page)] == ["Édith Örn"]
    assert "/trainer/cohorts/autumn/progress?sort=seen&amp;q=%C3%96RN" in page.text
    assert 'value="ÖRN"' in page.text


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE entry;--", "\x00", "<b>", "x" * 5000])
def test_a_text_that_finds_nobody_says_so(cast, browser_of, text):
    page = browser_of(cast.tess).get(URL, query_string={"q": text})
    assert page.status_code == 200
    assert "Nobody’s name has" in words(page)
    assert "<b>" not in page.text.split("<main")[1]


def test_fifty_stand_on_a_page_and_the_next_page_has_the_rest(cast, browser_of):
    where = running("hall", cast.tess)
    seated(where, 103)
    tess, url = browser_of(cast.tess), "/trainer/cohorts/hall/progress"
    pages = [[row[0] for row in lines(tess.get(f"{url}?page={number}"))] for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [50, 50, 3]
    assert [name for page in pages for name in page] == [f"Learner {place:03}" for place in range(103)]
    assert "Page 3 of 3, 103 learners" in words(tess.get(f"{url}?page=3"))
    assert 'rel="next"' not in tess.get(f"{url}?page=3").text


NO_NUMBERS = ("0", "-1", "9" * 400, "two", "1.5", "٣", "")


@pytest.mark.parametrize(("page", "count"), [("4", 1), ("99999", 1), *((page, 50) for page in NO_NUMBERS)])
def test_a_page_that_does_not_exist_is_the_last_and_what_is_no_number_the_first(cast, browser_of, page, count):
    seated(running("hall", cast.tess), 51)
    answer = browser_of(cast.tess).get("/trainer/cohorts/hall/progress", query_string={"page": page})
    assert len(lines(answer)) == count


def test_a_cohort_without_anybody_says_what_will_stand_there(cast, browser_of):
    cohort("empty", trainers=(cast.tess,))
    page = browser_of(cast.tess).get("/trainer/cohorts/empty/progress")
    assert title(page) == "No learners yet"
    assert "Once somebody does, their line stands here" in words(page)


def test_the_headline_is_of_all_learners_and_not_of_those_found(cast, browser_of):
    found = learners_of([cohort_of(cast.tess, "autumn", NOON)])[cast.autumn.id]
    page = browser_of(cast.tess).get(f"{URL}?q=ada")
    assert title(page) == headline([learner.last_entry for learner in found], TODAY)


def test_a_learners_name_leads_to_their_line_of_the_roster(cast, browser_of):
    tess = browser_of(cast.tess)
    anchor = f"learner-{cast.ada_enrolled.id}"
    assert f'href="/trainer/cohorts/autumn/#{anchor}"' in tess.get(URL).text
    assert f'id="{anchor}"' in tess.get("/trainer/cohorts/autumn/").text
