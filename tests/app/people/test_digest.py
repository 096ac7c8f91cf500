"""The daily reminder: to whom, once a day, of what, and when nothing comes at all."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from app.clock import DAY
from app.content import library
from app.db import db, reading
from app.models import Card, Mail, MailTerms, Person, Plan, Promise, Token
from app.people.digest_actions import remind
from app.people.digest_queries import has_come
from tests.cast import NOON, TODAY, Cast, enrol, entry, open_cohort, person, relationship, save

At = Callable[[Any], None]


def plan(cast: Cast, **given: Any) -> Plan:
    facts = {"lesson_id": "a-lesson", "if_text": "If he calls", "then_text": "I ask first", "due_on": TODAY}
    row: Plan = save(Plan(enrolment_id=cast.ada_enrolled.id, **{**facts, **given}))
    return row


def promise(cast: Cast, due: date = TODAY, **given: Any) -> Promise:
    known = relationship(cast.ada, f"K-{due}-{len(given)}", known_since=TODAY)
    row: Promise = save(
        Promise(
            person_id=cast.ada.id,
            relationship_id=known.id,
            text="the drawing",
            made_on=TODAY - 9 * DAY,
            due_on=due,
            **given,
        )
    )
    return row


def digests(to: str = "ada@example.org") -> list[Mail]:
    db.session.rollback()
    return list(db.session.scalars(select(Mail).where(Mail.recipient == to, Mail.kind == "digest").order_by(Mail.id)))


def terms(who: Any, **given: Any) -> None:
    save(MailTerms(person_id=who.id, **given))


def test_it_tells_how_much_is_due_and_names_nobody(cast: Cast) -> None:
    plan(cast)
    plan(cast, due_on=TODAY + DAY)
    promise(cast)
    promise(cast, TODAY - DAY)
    promise(cast, TODAY - 2 * DAY, kept_on=TODAY)
    known = relationship(cast.ada, "Uncle Theo", seat=1, cadence_days=30)
    entry(cast.ada, known, day=TODAY - timedelta(days=60))
    lesson = next(lesson for lesson in library().lessons if lesson.recalls)
    for recall, at in ((lesson.recalls[0].id, NOON - DAY), ("retired", NOON - DAY)):
        save(Card(enrolment_id=cast.ada_enrolled.id, lesson_id=lesson.id, recall_id=recall, due_at=at, state=2))
    assert remind() == 1
    (mail,) = digests()
    assert mail.subject == (
        "Today: one plan to report on, two promises, one person to get in touch with and one question"
    )
    assert "On Tuesday 24 November:" in mail.body
    assert "– One promise is past the day you named.\n– One promise is due today." in mail.body
    for own in ("Theo", "drawing", "If he calls", "I ask first"):
        assert own not in mail.subject + mail.body
    assert (mail.person_id, mail.key) == (cast.ada.id, f"digest:{cast.ada.id}:2026-11-24")
    assert mail.unsubscribe
    assert "/unsubscribe/" in mail.unsubscribe


def test_it_comes_once_a_day_and_again_the_next(cast: Cast, at: At) -> None:
    plan(cast)
    assert [remind(), remind()] == [1, 0]
    at(NOON + timedelta(hours=6))
    assert remind() == 0
    at(NOON + DAY)
    assert [remind(), remind()] == [1, 0]
    assert [mail.key[-10:] for mail in digests()] == ["2026-11-24", "2026-11-25"]


def test_nothing_comes_where_nothing_is_due_nor_later_on_that_day(cast: Cast, at: At) -> None:
    assert remind() == 0
    plan(cast)
    at(NOON + timedelta(hours=1))
    assert remind() == 0
    at(NOON + DAY)
    assert remind() == 1


def test_it_comes_at_the_persons_hour_in_their_zone(cast: Cast, at: At) -> None:
    plan(cast)
    cast.ada.time_zone = "Asia/Tokyo"
    terms(cast.ada, digest_hour=8)
    at(datetime.fromisoformat("2026-11-24T22:59:00+00:00"))
    assert remind() == 0
    at(datetime.fromisoformat("2026-11-24T23:00:00+00:00"))
    assert remind() == 1
    assert digests()[0].key.endswith("2026-11-25")


def test_a_worker_that_was_down_at_the_hour_keeps_the_quiet_ones(cast: Cast, at: At) -> None:
    plan(cast)
    at(NOON.replace(hour=20, minute=30))  # half past nine in Amsterdam
    assert remind() == 0
    at(NOON.replace(hour=19, minute=30))
    assert remind() == 1


def test_who_moves_west_on_one_day_is_reminded_once(cast: Cast, at: At) -> None:
    plan(cast)
    cast.ada.time_zone = "Pacific/Kiritimati"
    db.session.commit()
    at(datetime.fromisoformat("2026-11-24T19:00:00+00:00"))
    assert remind() == 1
    cast.ada.time_zone = "Pacific/Honolulu"
    db.session.commit()
    assert remind() == 0
    assert digests()[0].key.endswith("2026-11-25")


@pytest.mark.parametrize(
    "why", ["wants none", "unconfirmed", "disabled", "withdrawn", "completed", "over", "called off"]
)
def test_nothing_comes_to_who_does_not_or_no_longer_belongs(cast: Cast, why: str) -> None:
    plan(cast)
    if why == "wants none":
        terms(cast.ada, digest=False)
    elif why == "unconfirmed":
        cast.ada.confirmed_at = None
    elif why == "disabled":
        cast.ada.disabled_at = NOON
    elif why == "over":
        cast.autumn.ends_on = TODAY - DAY
    elif why == "called off":
        cast.autumn.archived_at = NOON
    else:
        cast.ada_enrolled.status = why
    db.session.commit()
    assert remind() == 0
    assert digests() == []


def test_on_the_last_day_of_a_course_it_still_comes(cast: Cast) -> None:
    plan(cast)
    cast.autumn.ends_on = TODAY
    db.session.commit()
    assert remind() == 1


def test_a_course_that_is_over_by_its_own_clocks_is_not_reminded_of(cast: Cast) -> None:
    plan(cast)
    cast.autumn.ends_on, cast.autumn.time_zone = TODAY, "Pacific/Kiritimati"
    db.session.commit()
    assert remind() == 0


def test_a_seat_that_is_held_is_told_until_when(app: Any) -> None:
    emil = person("emil@example.org")
    enrol(emil, open_cohort("winter"), "offered", offered_until=NOON + 2 * DAY)
    assert remind() == 1
    (mail,) = digests("emil@example.org")
    assert mail.subject == "Today: a seat held for you"
    assert "until 26 November 2026, 13:00 (Europe/Amsterdam)" in mail.body


def test_one_whose_digest_fails_does_not_stop_the_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.people import digest_actions

    plan(cast)
    save(Plan(enrolment_id=cast.ben_enrolled.id, lesson_id="a", if_text="b", then_text="c", due_on=TODAY))
    sound, ada = digest_actions.due_for, cast.ada.id

    def broken(who: Any, *given: Any) -> Any:
        if who.id == ada:
            raise RuntimeError("a fault of ours")
        return sound(who, *given)

    monkeypatch.setattr(digest_actions, "due_for", broken)
    assert remind() == 1
    assert (digests(), len(digests("ben@example.org"))) == ([], 1)


def test_four_workers_at_once_write_one(cast: Cast, app: Any) -> None:
    plan(cast)
    # An open transaction would hold the others up.
    db.session.commit()
    ready = threading.Barrier(4)

    def turn() -> None:
        with app.app_context():
            ready.wait(10)
            remind()
            db.session.remove()

    threads = [threading.Thread(target=turn) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(digests()) == 1
    # Only one of them got as far as making its link.
    assert len(db.session.scalars(select(Token)).all()) == 1


def test_looking_for_whose_hour_it_is_takes_two_queries_however_many_there_are(cast: Cast, queries: list[str]) -> None:
    for number in range(20):
        enrol(person(f"learner-{number}@example.org"), cast.autumn)
    remind()
    queries.clear()
    remind()
    assert len(queries) == 2


def test_looking_for_whose_hour_has_come_keeps_no_writer_waiting(cast: Cast, at: At) -> None:
    plan(cast)
    for instant, written in ((NOON - timedelta(hours=9), 0), (NOON, 1)):
        at(instant)
        db.session.rollback()
        writing: list[bool] = []
        event.listen(db.engine, "begin", lambda _connection, kept=writing: kept.append(not reading.get()))
        assert remind() == written
        assert not writing[0]
        assert any(writing) is bool(written)


def test_before_the_hour_nobody_is_even_read(cast: Cast) -> None:
    asked = select(Person.id).outerjoin(MailTerms, MailTerms.person_id == Person.id)
    for hours, found in ((-9, False), (0, True)):
        come = has_come(cast.ada.time_zone, NOON + timedelta(hours=hours))
        assert (cast.ada.id in db.session.scalars(asked.where(come)).all()) is found
