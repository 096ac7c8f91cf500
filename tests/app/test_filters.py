"""How values are printed, in one style everywhere."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import filters


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (1234567, 0, "1\u00a0234\u00a0567"),
        (Decimal("-15.9"), 2, "−15.90"),
        (0.125, 2, "0.12"),
        (None, 0, "–"),
        (-0.4, 0, "0"),
    ],
)
def test_a_number_has_its_thousands_apart_and_a_real_minus(value: Any, places: int, printed: str) -> None:
    assert filters.number(value, places) == printed


@pytest.mark.parametrize(
    ("minor", "currency", "printed"),
    [
        (120_000, "EUR", "€1\u00a0200"),
        (120_050, "EUR", "€1\u00a0200.50"),
        (-1590, "EUR", "−€15.90"),
        (120_000, "CHF", "CHF\u00a01\u00a0200"),
        (None, "EUR", "–"),
    ],
)
def test_money_shows_cents_only_where_there_are_any(minor: Any, currency: str, printed: str) -> None:
    assert filters.money(minor, currency) == printed


def test_a_share_is_a_whole_percent_unless_asked() -> None:
    assert filters.percent(0.4375) == "44\u00a0%"
    assert filters.percent(Decimal("0.02625"), 1, sign=True) == "+2.6\u00a0%"


def test_small_counts_are_words() -> None:
    assert [filters.spell(count) for count in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
    assert [filters.ordinal(count) for count in (1, 5, 11, 12, 22, 113)] == [
        "first",
        "fifth",
        "11th",
        "12th",
        "22nd",
        "113th",
    ]


def test_a_day_is_seen_in_its_zone(app: Any) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert filters.day(late, tz="Europe/Amsterdam") == "24\u00a0November 2026"
    assert filters.moment(late, "Pacific/Kiritimati") == "24\u00a0November 2026, 13:30"


def test_a_day_has_its_forms() -> None:
    given = date(2026, 11, 3)
    printed = [filters.day(given, form) for form in ("long", "short", "weekday", "month")]
    assert printed == ["3\u00a0November 2026", "3\u00a0Nov", "Tuesday 3\u00a0November", "November 2026"]


def test_a_static_files_address_changes_with_its_content(app: Any) -> None:
    with app.test_request_context():
        address = app.jinja_env.globals["asset"]("css/tokens.css")
    assert address.startswith("/static/css/tokens.css?v=")


@pytest.mark.parametrize(("env", "looked_at"), [("development", "twice"), ("testing", "once"), ("production", "once")])
def test_a_static_file_is_looked_at_again_only_where_somebody_works_on_it(
    env: str, looked_at: str, tmp_path: Path
) -> None:
    app = Flask("bare", static_folder=str(tmp_path), static_url_path="/static")
    app.config["ENV"] = env
    filters.init_app(app)
    asset: Any = app.jinja_env.globals["asset"]
    with app.test_request_context():
        addresses = []
        for content in ("first", "second one"):
            (tmp_path / "page.css").write_text(content)
            addresses.append(asset("page.css"))
    assert len(set(addresses)) == {"once": 1, "twice": 2}[looked_at]
