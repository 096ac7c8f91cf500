"""Take away each permission check within queries and views in turn: `make mutate`, or for a part of them

    python -m tests.mutation owner 2/20        every twentieth ownership filter, from the second on
    python -m tests.mutation ended             every look at whether something has run out or was taken back
    python -m tests.mutation absent            every abort(404)

The tests of app/, and those of two worlds, run once on SQLite; then each mutant meets those that enter its function,
the likeliest first. One that none noticed is a survivor: a missing test, or a check that another makes needless. What a
route's audience is, and whom that lets in, is taken away within the suite: tests/app/test_permissions_removed.py.
"""

import os
import sys
from pathlib import Path

import pytest

from tests.mutation.mutants import Mutant, mutants
from tests.mutation.runner import Runner

# Whose rows a query is about is held there for all of them.
OTHERS = "tests/attacks/test_others.py"
# What starts servers, migrates or races: they meet no check that others don't, and take long.
APART = ("backup", "doctor", "charts", "mail", "test_migrations.py", "test_upgrades.py", "test_server.py")
ALSO_APART = ("test_processes.py", "test_metrics.py", "test_db.py", "cohorts/test_seats_race.py")


def chosen(wanted: list[str]) -> list[Mutant]:
    """The mutants of a kind, or all; with `2/20`, every twentieth from the second on."""
    kind = wanted[0] if wanted else "all"
    first, step = map(int, (wanted[1] if len(wanted) > 1 else "1/1").split("/"))
    return [each for each in mutants() if kind in {"all", each.kind}][first - 1 :: step]


def main() -> None:
    # What pytest captures is not seen before its end.
    runner = Runner(chosen(sys.argv[1:]), Path(f"/proc/{os.getpid()}/fd/{os.dup(1)}"))
    left_out = [f"--ignore=tests/app/{name}" for name in (*APART, *ALSO_APART)]
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--capture=fd", "-k", "not postgresql"]
    code = pytest.main([*options, *left_out, "tests/app", OTHERS], plugins=[runner])
    if code:
        sys.exit(int(code))
    lived, all_of_them = len(runner.survivors), len(runner.tried)
    sys.stdout.write(f"{all_of_them} mutants, {all_of_them - lived} killed, {lived} survived\n")
    sys.exit(1 if lived else 0)


if __name__ == "__main__":
    main()
