import io
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from PIL import Image
from sqlalchemy import select

from app.cohorts.picture_actions import Unfit, drawn_anew
from app.db import db
from app.models import Meeting, Picture
from tests.app.cohorts.desk import at
from tests.cast import NOON, open_cohort, save


def drawn(kind="PNG", size=(60, 40), **options):
    """A picture as somebody uploads it."""
    out = io.BytesIO()
    mode = "RGBA" if kind in {"PNG", "WEBP"} else "RGB"
    Image.new(mode, size, "red").save(out, kind, **options)
    return out.getvalue()


def put(desk, data, alt="The harbour hall"):
    """Put a picture on the page of `winter`."""
    sent = {"file": (io.BytesIO(data), "hall.exe"), "alt": alt}
    return desk.send(at("winter", "picture"), sent, content_type="multipart/form-data")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_whatever_it_is_called_and_served_as_what_it_is(desk, winter, client, kind):
    assert put(desk, drawn(kind, size=(2_400, 600))).status_code == 303
    kept = db.session.scalars(select(Picture)).one()
    page = client.get("/cohorts/winter").text
    address = f"/cohorts/winter/picture-{kept.digest}"
    assert f'src="{address}" alt="The harbour hall" width="1200" height="300"' in page
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{address}">' in page
    answer = client.get(address)
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert Image.open(io.BytesIO(answer.data)).size == (1200, 300)
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get("/cohorts/winter/picture-" + "0" * 64).status_code == 404


def test_what_was_noted_in_a_picture_is_not_passed_on(desk, winter, client):
    exif = Image.Exif()
    exif[0x010E] = "52.37 N 4.90 E canary"
    put(desk, drawn("JPEG", exif=exif))
    content = db.session.scalar(select(Picture.content))
    assert b"canary" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_picture_is_turned_the_right_way_up(desk, winter):
    exif = Image.Exif()
    exif[0x0112] = 6
    put(desk, drawn("JPEG", size=(60, 40), exif=exif))
    assert db.session.execute(select(Picture.width, Picture.height)).one() == (40, 60)


NO_PICTURES = [
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no JPEG, PNG or WebP"),
    (b"GIF89a" + b"\0" * 40, "no JPEG, PNG or WebP"),
    (drawn("PNG")[:60], "no JPEG, PNG or WebP"),
    (drawn("PNG", size=(6_000, 4_000)), "more than 20 million pixels"),
    (b"", "no JPEG, PNG or WebP"),
]


@pytest.mark.parametrize(("data", "words"), NO_PICTURES)
def test_what_is_no_picture_is_refused_and_the_old_one_stays(desk, winter, data, words):
    put(desk, drawn())
    answer = put(desk, data)
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.scalar(select(Picture.width)) == 60


def test_a_picture_that_is_too_heavy_is_not_even_opened():
    with pytest.raises(Unfit, match="more than 900 kB"):
        drawn_anew(b"\xff\xd8\xff" + b"x" * 900_000)


def test_a_picture_needs_its_words_and_can_be_taken_off(desk, winter, client):
    assert "Say in a few words what it shows." in put(desk, drawn(), alt="").text
    put(desk, drawn())
    assert desk.send(at("winter", "picture/remove")).status_code == 303
    assert "og:image" not in client.get("/cohorts/winter").text


def test_the_page_says_to_others_what_it_is(client, app):
    open_cohort("winter", name="Winter & <evenings>")
    page = client.get("/cohorts/winter").text
    assert '<meta property="og:title" content="Winter &amp; &lt;evenings&gt;">' in page
    assert '<meta property="og:url" content="http://127.0.0.1:8000/cohorts/winter">' in page


@pytest.mark.parametrize(
    ("kind", "mimetype", "mark"), [("svg", "image/svg+xml", b"<?xml"), ("png", "image/png", b"\x89PNG")]
)
def test_the_code_for_a_camera_leads_to_the_page_whatever_host_asked(client, app, kind, mimetype, mark):
    open_cohort("winter")
    answer = client.get(f"/cohorts/winter/code.{kind}")
    assert answer.mimetype == mimetype
    assert answer.data.startswith(mark)
    assert answer.data == client.get(f"/cohorts/winter/code.{kind}", base_url="http://localhost").data


@pytest.mark.parametrize("file", ["code.svg", "code.png", "dates.ics"])
def test_a_cohort_that_is_not_there_has_no_code_and_no_dates(client, app, file):
    assert client.get(f"/cohorts/winter/{file}").status_code == 404


def test_the_calendar_file_holds_the_meetings_as_a_second_reader_finds_them(client, app):
    winter = open_cohort("winter")
    starts = datetime(2027, 1, 12, 18, tzinfo=UTC)
    save(
        Meeting(
            cohort_id=winter.id, uid="one@connect", starts_at=starts, minutes=75, where="Hall; 2nd, floor", sequence=3
        )
    )
    save(Meeting(cohort_id=winter.id, uid="two@connect", starts_at=starts, minutes=75, cancelled_at=NOON))
    answer = client.get("/cohorts/winter/dates.ics")
    assert answer.mimetype == "text/calendar"
    events = [event for event in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert [(str(e["uid"]), e.decoded("dtstart"), e.decoded("dtend"), int(e["sequence"])) for e in events] == [
        ("one@connect", starts, starts + timedelta(minutes=75), 3)
    ]
    assert str(events[0]["location"]) == "Hall; 2nd, floor"
    assert answer.data == client.get("/cohorts/winter/dates.ics").data


def test_without_meetings_the_calendar_file_holds_the_whole_course(client, app):
    open_cohort("winter", starts_on=date(2027, 1, 12), ends_on=date(2027, 3, 16))
    (event,) = Calendar.from_ical(client.get("/cohorts/winter/dates.ics").data).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 1, 12), date(2027, 3, 17))
