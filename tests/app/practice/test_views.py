"""The page of the log, and what it takes."""

from datetime import date, timedelta

import pytest

from tests import cast as builders
from tests.app.practice.telling import aliases, counted, entries, promises, talk
from tests.cast import TODAY

HOSTILE = "<script>alert(1)</script>'; DROP TABLE entry; -- {{ 7*7 }}"


def test_a_talk_is_logged_in_one_post_and_its_verdict_said(cast, browser_of):
    ada = browser_of(cast.ada)
    answer = ada.send("/practice/", talk())
    assert answer.status_code == 303
    (entry,) = entries()
    assert (entry.person_id, entry.day, entry.minutes, entry.channel, entry.began) == (
        *(cast.ada.id, TODAY, 20, "call"),
        "me",
    )
    assert (entry.personal, entry.two_way, entry.about_them, entry.value, entry.next_step) == (2, 2, 1, 1, 1)
    assert entry.note == "The seals hold."
    assert aliases() == ["K-07"]
    page = ada.get(answer.location).text
    assert "Logged: K-07, 7 of 10, connecting." in page
    assert "Correct" in page


def test_seven_points_without_an_answer_are_contacting_and_the_page_says_why(cast, browser_of):
    ada = browser_of(cast.ada)
    answer = ada.send("/practice/", talk(two_way="0", value="2", about_them="2"))
    assert "7 of 10, contacting: no answer yet" in ada.get(answer.location).text


def test_an_entry_from_before_the_ledger_is_taken_and_said_to_count_at_its_start(cast, browser_of):
    first, ada = cast.ada.ledger_start, browser_of(cast.ada)
    early = ada.send("/practice/", talk(day=str(first - timedelta(days=1))))
    page = ada.get(early.location).text
    assert "It lies before 20 October 2026, the first day of your ledger: its minutes count as put in" in page
    assert "The log: K-07" in ada.get("/roi/months/start").text
    on_it = ada.send("/practice/", talk(day=str(first)))
    assert "It lies before" not in ada.get(on_it.location).text


def test_the_form_is_empty_of_verdicts_and_open_to_a_first_alias(cast, browser_of):
    page = browser_of(cast.ada).get("/practice/").text
    assert "Nothing is written here yet" in page
    assert 'data-threshold="6" hidden' in page
    assert "Would I read this aloud to them?" in page


def test_everything_that_an_entry_can_say_is_kept(cast, browser_of):
    browser_of(cast.ada).send(
        "/practice/",
        talk(
            day="2026-11-20",
            minutes="other",
            minutes_other="33",
            began="them",
            step="I send the drawing, he checks the flange",
            step_by="2026-11-27",
            promise="Send the drawing",
            promise_due="2026-11-27",
            sign="advice",
        ),
    )
    (entry,), (promise,) = entries(), promises()
    assert (entry.day, entry.minutes, entry.began, entry.sign) == (date(2026, 11, 20), 33, "them", "advice")
    assert (entry.step, entry.step_due) == ("I send the drawing, he checks the flange", date(2026, 11, 27))
    assert (promise.text, promise.made_on, promise.due_on) == (
        "Send the drawing",
        date(2026, 11, 20),
        date(2026, 11, 27),
    )
    assert (promise.entry_id, promise.relationship_id) == (entry.id, entry.relationship_id)


def test_an_exercise_of_the_course_is_prefilled_and_kept(cast, browser_of):
    from app.content import library

    lesson = library().lessons[0].id
    ada = browser_of(cast.ada)
    page = ada.get(f"/practice/?exercise={lesson}").text
    assert f'<option selected value="{lesson}">' in page
    assert "For exercise" in page
    ada.send("/practice/", talk(exercise=lesson))
    assert entries()[0].lesson_id == lesson


def test_an_exercise_done_alone_has_no_rubric_whatever_was_touched_before(cast, browser_of):
    ada = browser_of(cast.ada)
    answer = ada.send("/practice/", talk(who="alone", alias="", sign="advice"))
    (entry,) = entries()
    assert (entry.relationship_id, entry.channel, entry.began, entry.personal, entry.sign) == (None,) * 5
    assert "20 minutes on your own" in ada.get(answer.location).text


def test_an_alias_typed_in_another_case_is_the_same_person(cast, browser_of):
    known = builders.relationship(cast.ada, "K-07")
    browser_of(cast.ada).send("/practice/", talk(who="other", alias="  k-07 "))
    assert entries()[0].relationship_id == known.id
    assert aliases() == ["K-07"]


def test_somebody_on_the_strip_is_picked_by_a_tap(cast, browser_of):
    known = builders.relationship(cast.ada, "Brouwer")
    browser_of(cast.ada).send("/practice/", talk(who=str(known.id), alias=""))
    assert entries()[0].relationship_id == known.id


def test_the_strip_offers_six_people_the_latest_first_and_the_one_asked_for_before_all(cast, browser_of):
    people = [builders.relationship(cast.ada, f"P{n}") for n in range(8)]
    for n, person in enumerate(people):
        builders.entry(cast.ada, person, day=TODAY - timedelta(days=20 - n))
    page = browser_of(cast.ada).get(f"/practice/?who={people[0].id}").text
    strip = [n for n in range(8) if f'name="who" type="radio" value="{people[n].id}"' in page]
    assert strip == [0, 3, 4, 5, 6, 7]
    assert f'checked id="who-0" name="who" type="radio" value="{people[0].id}"' in page


def test_a_promise_kept_is_ticked_with_the_entry(cast, browser_of):
    ada = browser_of(cast.ada)
    ada.send("/practice/", talk(day="2026-11-20", promise="The list", promise_due="2026-11-26"))
    (promise,) = promises()
    assert "K-07: The list" in ada.get("/practice/").text
    who = str(entries()[0].relationship_id)
    ada.send("/practice/", talk(who=who, alias="", kept=str(promise.id), day="2026-11-23"))
    assert promises()[0].kept_on == date(2026, 11, 23)


def test_hostile_text_is_kept_as_text(cast, browser_of):
    ada = browser_of(cast.ada)
    ada.send(
        "/practice/", talk(alias=HOSTILE[:40], note=HOSTILE, step=HOSTILE, promise=HOSTILE, promise_due="2026-11-27")
    )
    (entry,) = entries()
    assert (entry.note, entry.step) == (HOSTILE, HOSTILE)
    for address in ("/practice/", f"/practice/{entry.id}", "/people/", f"/people/{entry.relationship_id}"):
        page = ada.get(address)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "49" not in page.text.split("DROP TABLE")[-1][:30]


def test_characters_that_no_database_keeps_are_left_out(cast, browser_of):
    browser_of(cast.ada).send("/practice/", talk(alias="K\x00-07", note="a\x00b\r\nc"))
    assert (aliases(), entries()[0].note) == (["K-07"], "ab\nc")


def test_a_doubled_press_logs_once(cast, browser_of):
    ada = browser_of(cast.ada)
    first, second = (ada.send("/practice/", talk(once="pressed twice")) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert counted() == (1, 0, 1)


def test_a_refused_post_may_be_sent_again_corrected(cast, browser_of):
    ada = browser_of(cast.ada)
    assert ada.send("/practice/", talk(minutes="-1", once="the same")).status_code == 422
    assert ada.send("/practice/", talk(once="the same")).status_code == 303
    assert counted() == (1, 0, 1)


def test_a_stale_token_keeps_what_was_typed(cast, browser_of):
    answer = browser_of(cast.ada).send("/practice/", talk(csrf_token="old"))
    assert answer.status_code == 422
    assert "open for too long" in answer.text
    assert "The seals hold." in answer.text
    assert counted() == (0, 0, 0)


def test_another_learners_person_cannot_be_picked(cast, browser_of):
    theirs = builders.relationship(cast.ben, "Quiet one")
    ada = browser_of(cast.ada)
    answer = ada.send("/practice/", talk(who=str(theirs.id), alias=""))
    assert answer.status_code == 422
    assert "not on your list" in answer.text
    assert "Quiet one" not in answer.text
    assert counted() == (0, 0, 1)
    assert ada.get(f"/practice/?who={theirs.id}").status_code == 404
    assert ada.get(f"/practice/?person={theirs.id}").status_code == 404


def test_another_learners_promise_cannot_be_kept(cast, browser_of):
    browser_of(cast.ben).send("/practice/", talk(promise="The list", promise_due="2026-11-27"))
    (promise,) = promises()
    answer = browser_of(cast.ada).send("/practice/", talk(kept=str(promise.id)))
    assert answer.status_code == 422
    assert promises()[0].kept_on is None


def test_the_same_alias_with_two_learners_is_two_people(cast, browser_of):
    for who in (cast.ada, cast.ben):
        browser_of(who).send("/practice/", talk())
    assert len({entry.relationship_id for entry in entries()}) == 2


@pytest.mark.parametrize("who", ["tess", "olga"])
def test_only_learners_have_a_log(who, cast, browser_of):
    assert browser_of(getattr(cast, who)).get("/practice/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get("/practice/").status_code == 302


def test_the_day_is_the_learners_own(cast, browser_of, at):
    from datetime import UTC, datetime

    at(datetime(2026, 11, 24, 23, 30, tzinfo=UTC))  # already the 25th in Amsterdam
    browser_of(cast.ada).send("/practice/", talk())
    assert entries()[0].day == date(2026, 11, 25)


def test_the_list_is_filtered_and_turned_by_its_address(cast, browser_of):
    one, two = builders.relationship(cast.ada, "One"), builders.relationship(cast.ada, "Two")
    for n in range(25):
        builders.entry(cast.ada, one, "22211", day=TODAY - timedelta(days=n), minutes=100 + n)
    builders.entry(cast.ada, two, "20222", minutes=999)
    ada = browser_of(cast.ada)
    first = ada.get("/practice/").text
    assert first.count('<td class="num" data-h="Minutes:">') == 20
    assert "page=2" in first
    second = ada.get(f"/practice/?page=2&person={one.id}&verdict=connecting").text
    assert second.count('<td class="num" data-h="Minutes:">') == 5
    assert f"person={one.id}" in second
    assert "999" in ada.get("/practice/?verdict=contacting").text
    assert ada.get("/practice/?page=none&verdict=none").status_code == 200
    assert ada.get("/practice/?page=-3").status_code == 200


@pytest.mark.parametrize("rows", [1, 500])
def test_the_log_asks_four_questions_however_long_it_is(rows, cast, browser_of, queries):
    from app.db import db
    from app.models import Entry, Promise

    people = [builders.relationship(cast.ada, f"P{n}") for n in range(1 if rows == 1 else 50)]
    lines = {"personal": 1, "two_way": 2, "about_them": 1, "value": 1, "next_step": 1}
    for n in range(rows):
        who = people[n % len(people)]
        db.session.add(
            Entry(
                person_id=cast.ada.id,
                relationship_id=who.id,
                day=TODAY - timedelta(days=n % 300),
                minutes=5,
                channel="call",
                began="me",
                **lines,
            )
        )
        db.session.add(Promise(person_id=cast.ada.id, relationship_id=who.id, text="p", made_on=TODAY, due_on=TODAY))
    db.session.commit()
    first = people[0].id
    ada = browser_of(cast.ada)
    ada.get("/practice/")  # the lessons are read once a process
    for address in ("/practice/", f"/practice/?who={first}", "/people/", f"/people/{first}"):
        queries.clear()
        assert ada.get(address).status_code == 200
        assert len(queries) <= 4, address


def test_logging_an_entry_asks_no_more_however_long_the_log_is(cast, browser_of, queries):
    ada, who, asked = browser_of(cast.ada), builders.relationship(cast.ada), []
    ada.csrf()
    for rows in (1, 40):
        for _ in range(rows):
            builders.entry(cast.ada, who)
        queries.clear()
        assert ada.send("/practice/", talk(once=f"after {rows}")).status_code == 303
        asked.append(len(queries))
        assert not any("entry.minutes" in statement for statement in queries)
    assert asked[0] == asked[1] <= 7


def strip_of(page):
    """The people to choose from."""
    return page.partition('<div class="choice">')[2].partition("</div>")[0]


def test_a_refused_post_offers_the_people_of_the_latest_entries_as_before(cast, browser_of):
    ada = browser_of(cast.ada)
    for n in range(8):
        builders.entry(cast.ada, builders.relationship(cast.ada, f"P{n}"), day=TODAY - timedelta(days=n))
    strip = strip_of(ada.get("/practice/").text)
    answer = ada.send("/practice/", talk(channel=None))
    assert answer.status_code == 422
    assert strip_of(answer.text) == strip
    assert "P5" in strip
    assert "P6" not in strip


def test_a_post_for_somebody_who_is_not_theirs_is_not_found(cast, browser_of):
    theirs = builders.relationship(cast.ben)
    assert browser_of(cast.ada).send(f"/practice/?who={theirs.id}", talk()).status_code == 404
    assert counted() == (0, 0, 1)
