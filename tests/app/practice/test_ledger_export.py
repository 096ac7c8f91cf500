"""What is taken away adds up to what the page says: by the command from the file, and by summing the table."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app import content
from app.filters import number
from course.__main__ import main
from tests import cast as people
from tests.app.practice.ledger_rows import AFTER, START, begin, figure, paid, random_ledger, worked_example
from tests.cast import Cast, save

ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def recomputed(text: str, folder: Path, capsys: Any) -> dict[str, Any]:
    """What the command makes of the downloaded file."""
    file = folder / "ledger.json"
    file.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["account", str(file)]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def printed(page: str) -> dict[str, Any]:
    """The figures that the page prints, by the command's names."""
    row = r'<tr[^>]*><th scope="row"><a [^>]*>\d+ <span class="muted">\w+</span></a></th>'
    net = re.findall(row + r'(?:<td class="num">([^<]*)</td>){3}', page)
    return {
        "investment": figure(page, "invested"),
        "benefit_attributed": figure(page, "attributed"),
        "benefit_trend": figure(page, "trend"),
        "benefit_claimed": figure(page, "claim"),
        "roi_percent": figure(page, "return"),
        "npv": figure(page, "npv"),
        "cumulative": net,
    }


def as_printed(account: dict[str, Any]) -> dict[str, Any]:
    """The command's figures as the page writes them."""

    def amount(name: str, missing: str = "") -> str:
        return missing if account[name] is None else number(Decimal(account[name]), 2)

    ratio = account["roi_percent"]
    nets = [Decimal(net) for net in account["cumulative"]]
    return {
        **{name: amount(name) for name in ("investment", "benefit_attributed", "benefit_claimed", "npv")},
        "benefit_trend": amount("benefit_trend", "not known"),
        "roi_percent": "not yet" if ratio is None else number(Decimal(ratio), 3, sign=True) + "\u00a0%",
        "cumulative": [number(net, 0 if net == int(net) else 2, sign=True) for net in nets],
    }


def test_the_methods_ledger_comes_out_of_its_file_as_it_went_in(
    cast: Cast, browser_of: Any, at: Callable[[datetime], None], tmp_path: Path, capsys: Any
) -> None:
    worked_example(cast.ada)
    at(AFTER)
    answer = browser_of(cast.ada).get("/roi/ledger.json")
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ledger-2027-01-04.json"'
    account = recomputed(answer.text, tmp_path, capsys)
    assert (account["investment"], account["benefit_claimed"], account["roi_percent"]) == (
        "4800.00",
        "4926.00",
        "2.625000",
    )
    assert (account["break_even_month"], account["npv"], account["grade"]) == (9, "-15.90", "B")


@pytest.mark.parametrize("seed", range(12))
def test_the_command_finds_in_the_file_the_figures_of_the_page_to_the_cent(
    cast: Cast,
    browser_of: Any,
    at: Callable[[datetime], None],
    app: Any,
    tmp_path: Path,
    capsys: Any,
    seed: int,
) -> None:
    lessons = [lesson.id for lesson in content.library().lessons[:3]]
    random_ledger(cast.ada, cast.ada_enrolled.id, seed=seed, lessons=[*lessons, "gone"])
    at(AFTER)
    browser = browser_of(cast.ada)
    account = recomputed(browser.get("/roi/ledger.json").text, tmp_path, capsys)
    assert printed(browser.get("/roi/").text) == as_printed(account)


def table(browser: Any) -> list[dict[str, str]]:
    answer = browser.get("/roi/ledger.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_the_table_sums_to_the_page(cast: Cast, browser_of: Any, at: Callable[[datetime], None]) -> None:
    random_ledger(cast.ada, cast.ada_enrolled.id, seed=7, lessons=[])
    at(AFTER)
    browser = browser_of(cast.ada)
    rows, page = table(browser), browser.get("/roi/").text
    back = sum(Decimal(row["counts"]) for row in rows if row["kind"] == "receipt")
    put_in = sum(Decimal(row["counts"]) for row in rows if row["kind"].split()[0] in {"fee", "cash", "time"})
    assert (number(back, 2), number(put_in, 2)) == (figure(page, "attributed"), figure(page, "invested"))


def test_numbers_are_numbers_and_a_loss_keeps_its_minus(cast: Cast, browser_of: Any) -> None:
    begin(cast.ada)
    people.cost(cast.ada, 120_050, day=START, what="Course fee")
    people.margin(cast.ada, date(2025, 12, 1), -1_234_567)
    fee, *_, baseline = (row for row in table(browser_of(cast.ada)) if row["kind"] in {"fee", "baseline"})
    assert (fee["date"], fee["amount"], fee["counts"]) == ("2026-01-01", "1200.50", "1200.50")
    assert (baseline["date"], baseline["amount"]) == ("2025-12-01", "-12345.67")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1+1", "=HYPERLINK(1)"])
def test_text_cannot_act_as_a_formula(cast: Cast, browser_of: Any, text: str) -> None:
    begin(cast.ada)
    whom = people.relationship(cast.ada, text)
    order = paid(cast.ada, 1, date(2026, 2, 1), whom.id, "1 1 1")
    order.what = text
    save(order)
    people.entry(cast.ada, whom, minutes=10)
    people.cost(cast.ada, what=text)
    cells = [cell for row in table(browser_of(cast.ada)) for name in ("who", "what") if (cell := row[name])]
    assert len(cells) == 4
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(ACTIVE)]
