"""The commands of method §8, which anyone with the file can run."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from course.__main__ import main
from course.cohort_file import cohort_to_json
from course.ledger_file import ledger_to_json
from tests.course.ledgers import worked
from tests.course.lesson_files import library_folder
from tests.course.test_cohort import TWELVE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def ledger_path(tmp_path):
    path = tmp_path / "ledger.json"
    path.write_text(json.dumps(ledger_to_json(worked())), encoding="utf-8")
    return path


def run(*arguments, given=""):
    """The command as anyone would run it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "course", *map(str, arguments)],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def read_from(monkeypatch, raw):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_an_account_is_recomputed_from_its_file_alone(ledger_path):
    done = run("account", ledger_path)
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    assert list(printed) == [
        *("investment", "benefit_attributed", "benefit_trend", "benefit_claimed", "grade"),
        *("bcr", "roi_percent", "payback_months", "break_even_month", "npv", "discounted_break_even_month"),
        *("cumulative", "too_early"),
    ]
    assert (printed["roi_percent"], printed["break_even_month"], printed["npv"]) == ("2.625000", 9, "-15.90")


def test_a_cohort_is_recomputed_from_its_file_alone():
    done = run("cohort", "-", given=json.dumps(cohort_to_json(TWELVE, seed=12345)))
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    assert list(printed) == [
        *("n", "reporting_rate", "roi_percent", "median_percent", "share_positive", "share_positive_interval"),
        *("leave_top_out_percent", "top_share", "interval_percent", "at_least_percent", "display"),
        "total_suppressed",
    ]
    assert (printed["roi_percent"], printed["display"]) == ("51.538462", "indicative")


def test_the_pictures_are_drawn_into_a_folder(tmp_path, capsys):
    assert main(["figures", str(tmp_path / "new" / "img")]) == 0
    drawn = {path.name: path.read_bytes() for path in (tmp_path / "new" / "img").iterdir()}
    assert drawn == {path.name: path.read_bytes() for path in (ROOT / "lessons" / "img").iterdir()}
    assert capsys.readouterr().out == f"{len(drawn)} pictures in {tmp_path}/new/img\n"


def test_pictures_that_find_no_room_say_so(tmp_path, capsys):
    (tmp_path / "img").write_text("a file where the folder should be")
    assert main(["figures", str(tmp_path / "img")]) == 2
    assert capsys.readouterr().err == f"{tmp_path}/img: can't be written to (File exists)\n"


def test_a_bad_file_answers_with_every_fault_on_standard_error_and_nothing_else():
    done = run("account", "-", given='{"start": "soon", "costs": [{"kind": "time", "hours": 1e999}], "costs": NaN}')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "costs: is there more than once",
        "costs: is not a number to count with: NaN, infinite or too large",
        'start: must be a day in quotes, such as "2026-01-31"',
        "as_of: is missing",
        "currency: is missing",
        "hourly_value: is missing",
        "receipts: is missing",
    ]


def test_an_account_needs_neither_numpy_nor_markdown_nor_the_web(ledger_path):
    script = (
        "import sys; from course.__main__ import main; main(sys.argv[1:]); "
        "print(*sorted({'numpy', 'markdown', 'flask', 'sqlalchemy', 'app'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "account", str(ledger_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr.strip() == ""


def test_the_account_of_an_export_is_the_account_of_its_ledger(ledger_path, capsys, monkeypatch):
    assert main(["account", str(ledger_path)]) == 0
    from_file = capsys.readouterr().out
    read_from(monkeypatch, ledger_path.read_bytes())
    assert main(["account", "-"]) == 0
    assert capsys.readouterr().out == from_file


@pytest.mark.parametrize("command", ["account", "cohort"])
@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "line 1, column 1: not JSON here (Expecting value)"),
        (b"{", "line 1, column 2: not JSON here (Expecting property name enclosed in double quotes)"),
        (b"\x00\x01\xff", "byte 3: not text in UTF-8, so not a JSON file"),
        (b"[" * 50_000, "the file: nested too deeply to be read"),
        (b"9" * 50_000, "the file: is not a number to count with: NaN, infinite or too large"),
        (b"NaN", "the file: is not a number to count with: NaN, infinite or too large"),
        (b"[]", "the file: must be an object in braces"),
    ],
    ids=["empty", "cut off", "binary", "deep", "huge number", "NaN", "list"],
)
def test_whatever_the_file_holds_the_answer_is_words(command, raw, fault, capsys, monkeypatch):
    read_from(monkeypatch, raw)
    assert main([command, "-"]) == 2
    assert capsys.readouterr() == ("", f"{fault}\n")


@pytest.mark.parametrize("command", ["account", "cohort"])
def test_a_missing_file_is_named(command, tmp_path, capsys):
    assert main([command, str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr() == ("", f"{tmp_path}/none.json: there is no such file\n")


def test_a_learner_without_a_cost_is_named_by_path(capsys, monkeypatch):
    raw = b'{"seed": 1, "learners": [{"id": "a", "cost": "0", "benefit": "1", "reported": true}]}'
    read_from(monkeypatch, raw)
    assert main(["cohort", "-"]) == 2
    assert capsys.readouterr().err.startswith("learners[0].cost: must be above 0")


@pytest.mark.parametrize(
    ("deal", "margin", "frequency", "printed"),
    [
        ("50000", ".4", ".5", "10\n"),
        ("100", "1", "1", "1000\n"),
        ("30000", "0.4", "0.5", "16.67\n"),
        (".000000000001", ".000000000001", ".000000000001", f"{10**41}\n"),
    ],
)
def test_your_number_is_printed_in_whole_people_or_to_the_hundredth(deal, margin, frequency, printed, capsys):
    figures = ["--deal", deal, "--margin", margin, "--frequency", frequency]
    assert main(["goal", "--income", "100000", *figures]) == 0
    assert capsys.readouterr().out == printed


def test_a_goal_that_cant_be_computed_names_its_option(capsys):
    assert main(["goal", "--income", "1", "--deal", "1", "--margin", "40", "--frequency", "1"]) == 2
    assert capsys.readouterr() == ("", "--margin: The margin is a share from 0 to 1: forty percent is .40.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["accounts"],
        ["account"],
        ["goal", "--income", "1"],
        ["goal", "--income", "1e9", "--deal", "1", "--margin", "1", "--frequency", "1"],
    ],
)
def test_a_command_line_that_makes_no_sense_exits_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: python -m course" in capsys.readouterr().err


@pytest.fixture
def lessons(tmp_path):
    """A folder with a lesson that is none, so that the check has something to say."""
    module = tmp_path / "01-facade"
    module.mkdir()
    (module / "01-money.md").write_text("Not a lesson yet.\n", encoding="utf-8")
    return tmp_path


def test_check_names_each_fault_with_path_and_line_then_counts_them(lessons, capsys):
    assert main(["check", str(lessons)]) == 1
    out, err = capsys.readouterr()
    faults = err.splitlines()
    assert faults
    assert all(re.match(rf"{re.escape(str(lessons))}/\S+:\d+: \S", fault) for fault in faults)
    assert out == f"1 lesson, {len(faults)} fault{'s' if len(faults) > 1 else ''}\n"


def test_check_of_sound_lessons_says_so(monkeypatch, capsys, lessons):
    monkeypatch.setattr("course.library.check", lambda folder, last_good: [])
    assert main(["check", str(lessons)]) == 0
    assert capsys.readouterr() == ("1 lesson, no faults\n", "")


def test_check_beside_the_published_folder_misses_what_vanished(lessons, tmp_path, capsys):
    published = library_folder(tmp_path / "published")
    now = library_folder(tmp_path / "now")
    (now / "01-one/01-alpha.md").unlink()
    assert main(["check", str(now)]) == 0
    assert main(["check", str(now), "--before", str(published)]) == 1
    assert "course.toml:3: the lesson `alpha` has vanished" in capsys.readouterr().err
    assert main(["check", str(now), "--before", str(tmp_path / "none")]) == 2


def test_check_of_no_folder_says_so(tmp_path, capsys):
    assert main(["check", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == f"{tmp_path}/none: there is no such folder\n"


def test_check_looks_at_the_lessons_beside_it_unless_told_otherwise(lessons, monkeypatch, capsys):
    seen = []
    monkeypatch.setattr("course.library.check", lambda folder, last_good: seen.append(folder) or [])
    (lessons / "lessons").mkdir()
    monkeypatch.chdir(lessons)
    assert main(["check"]) == 0
    assert seen == [Path("lessons")]
    assert capsys.readouterr().out == "no lessons, no faults\n"


def test_an_answer_is_readable_however_poor_the_terminal():
    poor = subprocess.run(
        [sys.executable, "-m", "course", "account", "-"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii:strict", "LC_ALL": "C"},
        input='{"Müller\\n": 1}'.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert poor.returncode == 2
    assert b'["M\\u00fcller\\n"]: is not a key of this file' in poor.stderr
