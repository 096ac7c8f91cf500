"""The calendar at a secret address, read back by a reader that shares nothing with what writes it."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.access import digest, new_token
from app.clock import DAY
from app.content import library
from app.db import Base, db
from app.models import Feed, Meeting, PaceException, Promise
from tests.app.people.ics import Part, read
from tests.browsing import Browser
from tests.cast import NOON, TODAY, Cast, entry, relationship, save

At = Callable[[Any], None]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def feed(cast: Cast, client: Browser) -> Callable[..., dict[str, Part]]:
    """Ada's calendar as a visitor reads it, its events by their uid."""
    token = new_token()
    save(Feed(person_id=cast.ada.id, token_hash=digest(token)))

    def reading(words: bool = False) -> dict[str, Part]:
        row = db.session.scalars(select(Feed)).one()
        row.words = words
        answer = client.get(f"/calendar/{token}.ics")
        assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
        events = read(answer.data).parts
        assert len({event.text("UID") for event in events}) == len(events)
        return {event.text("UID"): event for event in events}

    return reading


def meeting(cast: Cast, local: datetime, **given: Any) -> Meeting:
    facts = {"uid": f"meeting-{local:%m%d}@connect", "minutes": 90, "where": "Room 3; first floor, left"}
    row: Meeting = save(
        Meeting(cohort_id=cast.autumn.id, starts_at=local.replace(tzinfo=AMSTERDAM), **{**facts, **given})
    )
    return row


def promise(cast: Cast, alias: str = "K-01", **given: Any) -> Promise:
    facts = {"text": "Send, the “drawing”; soon", "made_on": TODAY, "due_on": TODAY + DAY}
    known = relationship(cast.ada, alias)
    row: Promise = save(Promise(person_id=cast.ada.id, relationship_id=known.id, **{**facts, **given}))
    return row


def named(events: dict[str, Part], words: str) -> Part:
    (found,) = (event for event in events.values() if words in event.text("SUMMARY"))
    return found


def test_meetings_on_both_sides_of_a_change_of_clocks_are_at_the_same_hour_there(cast: Cast, feed: Any, at: At) -> None:
    for local in (datetime(2027, 3, 23, 19), datetime(2027, 3, 30, 19)):
        meeting(cast, local)
    events = feed()
    begins = [events[f"meeting-{day}@connect"].when("DTSTART") for day in ("0323", "0330")]
    assert [instant.hour for instant in begins] == [18, 17]
    assert {instant.astimezone(AMSTERDAM).hour for instant in begins} == {19}
    first = events["meeting-0323@connect"]
    assert first.when("DTEND") - first.when("DTSTART") == timedelta(minutes=90)
    assert (first.text("SUMMARY"), first.text("LOCATION")) == ("Autumn", "Room 3; first floor, left")
    assert first.text("STATUS") == "CONFIRMED"


def test_a_meeting_that_moves_or_is_cancelled_stays_itself_and_says_so(cast: Cast, feed: Any) -> None:
    row = meeting(cast, datetime(2026, 12, 1, 19))
    before = feed()[row.uid]
    row.starts_at, row.sequence, row.changed_at = row.starts_at + DAY, 1, NOON + DAY
    db.session.commit()
    moved = feed()[row.uid]
    assert [event.text("SEQUENCE") for event in (before, moved)] == ["0", "1"]
    assert moved.when("DTSTART") - before.when("DTSTART") == DAY
    assert moved.when("LAST-MODIFIED") == NOON + DAY
    row.cancelled_at, row.sequence = NOON + 2 * DAY, 2
    db.session.commit()
    gone = feed()[row.uid]
    assert (gone.text("STATUS"), gone.text("SEQUENCE")) == ("CANCELLED", "2")
    assert gone.when("LAST-MODIFIED") == NOON + 2 * DAY


def test_a_promise_stands_on_its_day_and_its_words_go_along_only_if_wanted(cast: Cast, feed: Any) -> None:
    promise(cast)
    event = named(feed(), "A promise is due")
    assert (event.when("DTSTART"), event.when("DTEND")) == (TODAY + DAY, TODAY + 2 * DAY)
    assert event.text("TRANSP") == "TRANSPARENT"
    spoken = feed(words=True)[event.text("UID")]
    assert spoken.text("SUMMARY") == "Send, the “drawing”; soon"


def test_a_promise_that_is_kept_and_opened_again_counts_its_changes(cast: Cast, feed: Any, at: At) -> None:
    from app.practice.actions import settle_promise

    row = promise(cast)
    uid = named(feed(), "A promise").text("UID")
    told = []
    for hour, outcome in enumerate(("kept", "open", "dropped")):
        at(NOON + timedelta(hours=hour))
        settle_promise(cast.ada, row.id, outcome=outcome, day=TODAY)
        db.session.commit()
        event = feed()[uid]
        told.append((event.text("SEQUENCE"), event.text("STATUS"), event.when("LAST-MODIFIED") - NOON))
    assert told == [
        ("1", "CANCELLED", timedelta()),
        ("2", "CONFIRMED", timedelta(hours=1)),
        ("3", "CANCELLED", timedelta(hours=2)),
    ]


def test_a_promise_whose_entry_is_corrected_stays_itself(cast: Cast, feed: Any) -> None:
    known = relationship(cast.ada, "K-07")
    first = entry(cast.ada, known)
    facts = {"relationship_id": known.id, "person_id": cast.ada.id, "made_on": TODAY, "text": "the drawing"}
    save(Promise(entry_id=first.id, due_on=TODAY + DAY, **facts))
    before = named(feed(), "A promise")
    second = entry(cast.ada, known, replaces_id=first.id)
    save(Promise(entry_id=second.id, due_on=TODAY + 3 * DAY, **facts))
    after = named(feed(), "A promise")
    assert after.text("UID") == before.text("UID")
    assert (before.text("SEQUENCE"), after.text("SEQUENCE")) == ("0", "1")
    assert after.when("DTSTART") == TODAY + 3 * DAY


def test_lessons_open_on_the_days_of_the_cohorts_pace_and_of_ones_own(cast: Cast, feed: Any) -> None:
    modules = [module for module in library().modules if module.lessons]
    cast.autumn.pace, cast.autumn.version = "weekly", 3
    db.session.commit()
    event = named(feed(), f"Opens: {modules[6].title}")
    assert (event.when("DTSTART"), event.text("SEQUENCE")) == (cast.autumn.starts_on + timedelta(weeks=6), "2")
    own = {"enrolment_id": cast.ada_enrolled.id, "what": modules[6].folder, "reason": "away"}
    save(PaceException(opens_on=date(2027, 1, 4), **own))
    moved = feed()[event.text("UID")]
    assert (moved.when("DTSTART"), moved.text("SEQUENCE")) == (date(2027, 1, 4), "3")


def test_a_cohort_that_is_called_off_is_cancelled_with_all_its_days(cast: Cast, feed: Any) -> None:
    meeting(cast, datetime(2026, 12, 1, 19))
    feed()
    cast.autumn.archived_at = NOON
    db.session.commit()
    assert {event.text("STATUS") for event in feed().values()} == {"CANCELLED"}


@pytest.mark.parametrize("status", ["withdrawn", "waiting", "offered"])
def test_who_has_no_seat_has_no_meetings(cast: Cast, feed: Any, status: str) -> None:
    row = meeting(cast, datetime(2026, 12, 1, 19))
    assert row.uid in feed()
    cast.ada_enrolled.status = status
    db.session.commit()
    assert feed() == {}


def test_what_passed_long_ago_is_left_out(cast: Cast, feed: Any, at: At) -> None:
    promise(cast)
    assert named(feed(), "A promise")
    at(NOON + timedelta(days=120))
    assert feed() == {}


def test_it_names_nobody_and_may_be_kept_by_nobody(cast: Cast, client: Browser) -> None:
    token = new_token()
    save(Feed(person_id=cast.ada.id, token_hash=digest(token)))
    promise(cast)
    promise_of_ben = relationship(cast.ben, "secret alias of Ben")
    save(
        Promise(
            person_id=cast.ben.id, relationship_id=promise_of_ben.id, text="Ben’s", made_on=TODAY, due_on=TODAY + DAY
        )
    )
    answer = client.get(f"/calendar/{token}.ics")
    for own in ("Ada", "ada@", "K-0", "drawing", "Ben", "secret alias", token):
        assert own not in answer.text
    assert answer.text.count("A promise is due") == 1
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers


def test_reading_it_writes_nothing_gives_the_same_bytes_and_takes_four_queries(
    cast: Cast, client: Browser, queries: list[str]
) -> None:
    token = new_token()
    save(Feed(person_id=cast.ada.id, token_hash=digest(token)))
    for day in range(1, 20):
        meeting(cast, datetime(2026, 12, day, 19))
        promise(cast, f"K-{day}", due_on=TODAY + day * DAY)
    before = everything()
    queries.clear()
    first = client.get(f"/calendar/{token}.ics").data
    assert len(queries) == 4
    assert client.get(f"/calendar/{token}.ics").data == first
    assert everything() == before


def everything() -> str:
    """A hash over every row."""
    state = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table).order_by(*table.primary_key)):
            state.update(repr(tuple(row)).encode())
    db.session.rollback()
    return state.hexdigest()


@pytest.mark.parametrize("why", ["unknown", "disabled", "gone"])
def test_an_address_that_leads_nowhere_is_not_found(cast: Cast, client: Browser, why: str) -> None:
    token = new_token()
    save(Feed(person_id=cast.ada.id, token_hash=digest(token)))
    if why == "unknown":
        token = new_token()
    elif why == "disabled":
        cast.ada.disabled_at = NOON
    else:
        db.session.delete(cast.ada)
    db.session.commit()
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_the_reader_of_the_tests_is_strict() -> None:
    sound = b"BEGIN:VCALENDAR\r\nX:a\\, b\\nc\r\nD;VALUE=DATE:20270330\r\nT:20270330T170000Z\r\nEND:VCALENDAR\r\n"
    calendar = read(sound)
    assert calendar.text("X") == "a, b\nc"
    assert (calendar.when("D"), calendar.when("T")) == (date(2027, 3, 30), datetime(2027, 3, 30, 17, tzinfo=UTC))
    for broken in (sound.replace(b"\r\n", b"\n"), sound.replace(b"X:", b"X:" + b"a" * 90), sound[:-15]):
        with pytest.raises((AssertionError, ValueError)):
            read(broken)
