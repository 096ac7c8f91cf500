"""The operator reads the audit, page by page."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app import audit
from app.db import db
from app.models import Audit
from app.operator.audit_queries import LISTED
from tests.browsing import Browser
from tests.cast import Cast

Browsers = Callable[[Any], Browser]


def test_a_line_says_who_did_what_with_whose_data_and_why(cast: Cast, browser_of: Browsers, queries: list[str]) -> None:
    audit.note("read what was shown", by=cast.tess.id, whom=cast.ada.id, about="shared 7", why="Asked by mail <b>")
    db.session.commit()
    olga = browser_of(cast.olga)
    queries.clear()
    page = olga.get("/operator/audit").text
    assert len(queries) <= 4
    for words in ("Tess", "read what was shown", "(shared 7)", "Asked by mail &lt;b&gt;", "Ada"):
        assert words in page


def test_the_audit_is_read_a_hundred_lines_at_a_time(cast: Cast, browser_of: Browsers) -> None:
    for number in range(LISTED + 1):
        audit.note(f"did {number}.", by=None)
        db.session.flush()
    db.session.commit()
    olga = browser_of(cast.olga)
    page = olga.get("/operator/audit").text
    assert ("did 100." in page, "did 1." in page, "did 0." in page) == (True, True, False)
    before = db.session.scalars(select(Audit.id).order_by(Audit.id)).all()[1]
    assert "did 0." in olga.get(f"/operator/audit?before={before}").text
    assert olga.get("/operator/audit?before=-5").status_code == 200
    assert olga.get(f"/operator/audit?before=-{9**30}").status_code == 200


def test_an_empty_audit_says_so(cast: Cast, browser_of: Browsers) -> None:
    assert "Nothing has been done yet" in browser_of(cast.olga).get("/operator/audit").text
