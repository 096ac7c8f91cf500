"""The domain without web or database: check and draw the lessons, recompute an account, a cohort, a number. Method §8.

    python -m course check [folder]     every fault of the content as path:line; --before FOLDER also what vanished
    python -m course figures [folder]   the pictures of the lessons, as SVG files
    python -m course account FILE       a ledger's figures as one JSON object; FILE may be -
    python -m course cohort FILE        a cohort's figures, likewise
    python -m course goal --income 100000 --deal 50000 --margin .4 --frequency .5

Exit 0: done; 1: the lessons have faults; 2: what was given can't be used, every fault on standard error.
Each command imports what it needs: an account starts without numpy, a cohort without Markdown.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from course.goal import Unusable, your_number
from course.strict_json import BadFile, Faults, bytes_of, parse

DONE, FAULTY, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; SystemExit for a command line that can't be understood."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except BadFile as error:
        print(error, file=sys.stderr)
    except Unusable as error:
        print(f"--{error.field}: {error}", file=sys.stderr)
    return UNUSABLE


def _check(given: argparse.Namespace) -> int:
    from course.library import check, load

    folder: Path = given.folder
    for named in (folder, given.before or folder):
        if not named.is_dir():
            raise BadFile((f"{named}: there is no such folder",))
    faults = check(folder, last_good=load(given.before).sources if given.before else None)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{_count(len(list(folder.glob('*/*.md'))), 'lesson')}, {_count(len(faults), 'fault')}")
    return FAULTY if faults else DONE


def _figures(given: argparse.Namespace) -> int:
    from course.figures import FIGURES

    folder: Path = given.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, drawing in FIGURES.items():
            (folder / name).write_text(drawing(), encoding="utf-8", newline="\n")
    except OSError as error:
        raise BadFile((f"{folder}: can't be written to ({error.strerror})",)) from error
    print(f"{_count(len(FIGURES), 'picture')} in {folder}")
    return DONE


def _account(given: argparse.Namespace) -> int:
    from course.ledger_file import account_to_json, ledger_from_json
    from course.roi import account

    ledger = ledger_from_json(*_document(given.file))
    print(json.dumps(account_to_json(account(ledger)), indent=1))
    return DONE


def _cohort(given: argparse.Namespace) -> int:
    from course.cohort import summarise
    from course.cohort_file import cohort_from_json, summary_to_json

    cohort = cohort_from_json(*_document(given.file))
    print(json.dumps(summary_to_json(summarise(cohort.learners, seed=cohort.seed)), indent=1))
    return DONE


def _goal(given: argparse.Namespace) -> int:
    from course.exact import fixed, plain

    number = your_number(income=given.income, deal=given.deal, margin=given.margin, frequency=given.frequency)
    print(plain(number.to_integral_value()) if number == number.to_integral_value() else fixed(number, 2))
    return DONE


def _document(name: str) -> tuple[object, Faults]:
    return parse(bytes_of(name, sys.stdin.buffer if sys.stdin else None))


def _decimal(text: str) -> Decimal:
    from course.file_rules import plain_decimal

    try:
        return plain_decimal(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: {error}") from error


def _count(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m course", description="Connect before you count, without the web.")
    commands = parser.add_subparsers(required=True, metavar="command")
    _add_content(commands)
    for name, run, words in (
        ("account", _account, "recompute a learner's account from its ledger"),
        ("cohort", _cohort, "recompute a cohort's return"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("file", metavar="FILE", help="a JSON file, or - for standard input")
        command.set_defaults(run=run)
    _add_goal(commands)
    return parser


def _add_content(commands: Any) -> None:
    check = commands.add_parser("check", help="name every fault in the lessons")
    check.add_argument("folder", nargs="?", type=Path, default=Path("lessons"), help="default: lessons")
    before = "the folder as it was published: name the lessons that have vanished since"
    check.add_argument("--before", type=Path, metavar="FOLDER", help=before)
    check.set_defaults(run=_check)

    figures = commands.add_parser("figures", help="draw the pictures of the lessons")
    figures.add_argument("folder", nargs="?", type=Path, default=Path("lessons/img"), help="default: lessons/img")
    figures.set_defaults(run=_figures)


def _add_goal(commands: Any) -> None:
    goal = commands.add_parser("goal", help="how many clients bring the income you aim for")
    for name, words in (
        ("income", "target margin a year"),
        ("deal", "revenue of one purchase"),
        ("margin", "share of it that stays, 0 to 1"),
        ("frequency", "purchases of a client in a year"),
    ):
        goal.add_argument(f"--{name}", type=_decimal, required=True, help=words)
    goal.set_defaults(run=_goal)


if __name__ == "__main__":
    sys.exit(main())
