"""A mail as it goes out: the same words twice, one identity a key, and nothing that could be fetched."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from app.db import db
from app.mail import Letter, enqueue, letter, send_due
from app.mail.message import html_of, message_of
from app.mail.outbox import lease

BODY = "Hello,\n\nA seat in R&D <b>group</b> is yours:\n\nhttp://x.example/w/1?a=1&b=2\n\n– one\n– two\n"


def made(body: str = BODY, **given: Any) -> EmailMessage:
    enqueue(Letter("Your seat", body, "offer"), key="offer-1", to="ada@example.org", **given)
    db.session.commit()
    return message_of(lease("a worker")[0])


def words(text: str) -> list[str]:
    return text.split()


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_text_and_html_say_the_same_words(app: Any) -> None:
    message = made()
    assert message.get_content_type() == "multipart/alternative"
    page = part(message, "html")
    shown = unescape(re.sub(r"<[^>]+>", " ", page[page.index("<body>") :]))
    assert words(shown) == words(part(message, "plain"))
    assert '<a href="http://x.example/w/1?a=1&amp;b=2">' in page
    assert "&lt;b&gt;group&lt;/b&gt;" in page
    assert "– one<br>" in page


def test_a_mail_fetches_nothing_and_runs_nothing(app: Any) -> None:
    page = part(made(), "html")
    assert not re.search(r"<(img|script|link|iframe|form|object)\b|url\(|@import|\bsrc=", page)


def test_a_link_that_is_no_web_address_is_only_text(app: Any) -> None:
    page = html_of("Subject", "javascript:alert(1)\n\nhttps://x.example/\"onclick='a'")
    assert "javascript:alert(1)</p>" in page
    assert 'href="javascript' not in page
    assert '"onclick' not in page


def test_every_try_of_a_key_has_the_same_identity_and_no_other_key_has(app: Any) -> None:
    first = made()
    enqueue(Letter("Your seat", BODY), key="offer-2", to="ada@example.org")
    db.session.commit()
    second = message_of(lease("a worker")[0])
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", first["Message-ID"])
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_what_can_be_ended_says_how_in_its_headers_and_in_its_words(app: Any) -> None:
    message = made(unsubscribe="http://x.example/unsubscribe/abc")
    assert message["List-Unsubscribe"] == "<http://x.example/unsubscribe/abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("plain", "html"):
        assert "http://x.example/unsubscribe/abc" in part(message, kind)


def test_what_cannot_be_ended_has_no_such_header(app: Any) -> None:
    assert made()["List-Unsubscribe"] is None


def test_a_letter_has_its_greeting_and_its_signature() -> None:
    assert letter("A seat", "It is yours.").body == "Hello,\n\nIt is yours.\n\nConnect before you count\n"


def test_in_development_a_mail_is_a_file_and_a_line_with_its_link(
    app: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(app.config, "MAIL_FOLDER", tmp_path / "mail")
    enqueue(Letter("Your seat", BODY), key="offer-1", to="ada@example.org")
    db.session.commit()
    with caplog.at_level("INFO", logger="connect.mail"):
        assert send_due() == 1
    (file,) = (tmp_path / "mail").iterdir()
    assert message_from_bytes(file.read_bytes())["To"] == "ada@example.org"
    assert "http://x.example/w/1" in caplog.text
