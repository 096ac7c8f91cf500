from datetime import timedelta

from app import content
from app.db import db
from app.filters import spell
from app.models import Enrolment, Person
from tests.cast import NOON, TODAY, cohort, enrol, open_cohort, person

DAY = timedelta(days=1)


def test_open_and_full_cohorts_are_listed_with_their_seats(client, app):
    tess = person("tess@example.org", "Tess", is_trainer=True)
    open_cohort("winter", name="Winter, evenings", capacity=12, taken=9, trainers=(tess,))
    open_cohort("spring", name="Spring, founders", capacity=10, taken=10)
    page = client.get("/").text
    assert "3 of 12" in page
    assert "Tess" in page
    assert "€1\u00a0200" in page
    assert 'href="/cohorts/winter">Read and sign up' in page
    assert 'href="/cohorts/spring">Join the waiting list' in page


def test_what_can_not_be_signed_up_for_is_not_listed(client, app):
    cohort("running")
    cohort("over", starts_on=TODAY - 99 * DAY, ends_on=TODAY - DAY)
    open_cohort("closed", closes_at=NOON)
    page = client.get("/").text
    assert "No cohort is open for sign-up at present." in page
    for slug in ("running", "over", "closed"):
        assert f"/cohorts/{slug}" not in page


def test_a_cohort_that_opens_later_is_announced_with_its_day(client, app):
    open_cohort("spring", name="Spring, founders", opens_at=NOON + 10 * DAY)
    page = client.get("/").text
    assert "No cohort is open for sign-up at present." in page
    assert "opens for sign-up on 4\u00a0December 2026." in page


def test_a_course_that_runs_and_takes_late_joiners_is_listed(client, app):
    cohort("running", late_joiners=True, closes_at=NOON + DAY)
    assert 'href="/cohorts/running">Read and sign up' in client.get("/").text


def test_lessons_are_counted_from_the_library(client, app):
    page = client.get("/").text
    library = content.library()
    parts = [module for module in library.modules if module.lessons]
    assert f"A course in {spell(len(parts))} part" in page
    assert f"{spell(len(library.lessons)).capitalize()} short lesson" in page
    assert page.count('<span class="n">') == len(parts)
    assert all(module.title in page for module in parts)


def test_the_free_lesson_is_shown_by_its_opening(client, app):
    page = client.get("/").text
    library = content.library()
    lesson = library.lesson("contact-or-connect")
    assert f"Lesson {library.number(lesson.id)}, {spell(lesson.minutes)} minutes" in page
    assert lesson.prose[0].markdown.strip()[:40] in page


def test_the_calculator_on_it_has_its_sum_done(client, app):
    page = client.get("/").text
    assert "100\u00a0000 ÷ (50\u00a0000 × 0.4 × 0.5)" in page
    assert ">10</output>" in page


def test_people_who_are_signed_in_see_it_too(browser_of, cast):
    page = browser_of(cast.ada).get("/")
    assert page.status_code == 200
    assert "Open cohorts" in page.text


def test_hostile_words_in_a_cohort_are_text(client, app):
    open_cohort("winter", name="<b>Winter</b>", promise="<script>x</script>", trainer_line="<i>T</i>")
    for url in ("/", "/cohorts/winter", "/cohorts/winter/thanks"):
        page = client.get(url).text
        assert "<b>Winter" not in page
        assert "<script>x" not in page
        assert "<i>T" not in page


def test_one_cohort_or_two_hundred_take_as_many_queries(client, app, queries):
    tess = person("tess@example.org", is_trainer=True)
    counts = []
    for more in (1, 200):
        for number in range(more):
            open_cohort(f"c{more}-{number}", trainers=(tess,))
        queries.clear()
        assert client.get("/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


def test_one_waiting_or_five_hundred_take_as_many_queries(client, browser_of, app, queries):
    full = open_cohort("full", capacity=1, taken=1)
    last = person("last@example.org")
    enrol(last, full, "waiting", line=1000)
    reader = browser_of(last)
    counts = []
    for more in (0, 500):
        waiters(full, more)
        queries.clear()
        page = reader.get("/cohorts/full")
        counts.append(len(queries))
    assert "You are 501st in line" in page.text
    assert counts[0] == counts[1] <= 4


def waiters(full, count):
    people = [Person(email=f"w{number}@example.org", name="W") for number in range(count)]
    db.session.add_all(people)
    db.session.flush()
    db.session.add_all(
        Enrolment(person_id=each.id, cohort_id=full.id, status="waiting", line=line)
        for line, each in enumerate(people, start=1)
    )
    db.session.commit()
