"""Take away each permission check in turn and see whether a test fails: `make mutate`, or for a part of them

    python -m tests.mutation audience 1/4      every fourth audience, from the first on
    python -m tests.mutation owner 2/20        every twentieth ownership filter, from the second on
    python -m tests.mutation absent            every abort(404)

Works on a copy. A mutant that no test noticed is a survivor: a missing test, or a check that another makes needless.
"""

import ast
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("app", "course", "tests", "lessons", "migrations", "wsgi.py", "pyproject.toml")
AUDIENCES = frozenset({"signed_in_only", "learner_only", "trainer_only", "operator_only"})
OPEN = '__import__("app.access", fromlist=["public"]).public'
OWNERS = frozenset({"person_id", "enrolment_id", "cohort_id", "trainer_id"})
# Loaded once, and shared by the processes that run the mutants; nothing of ours may be among them.
LOADED = (
    *("pytest", "flask", "flask_login", "flask_wtf", "sqlalchemy.orm", "flask_sqlalchemy", "alembic.command", "numpy"),
    *("argon2", "markdown", "nh3", "fsrs", "pypdf", "pydantic", "PIL.Image", "joserfc", "pyotp", "segno", "icalendar"),
)
PERMISSIONS = "tests/app/test_permissions.py"


@dataclass(frozen=True)
class Mutant:
    """One check taken away: `text` stands instead of what lies between two places of a file."""

    kind: str
    path: Path
    node: ast.expr
    text: str

    @property
    def name(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.node.lineno} {self.kind}: {ast.unparse(self.node)}"

    def applied(self) -> str:
        """The file without the check."""
        lines = self.path.read_bytes().splitlines(keepends=True)
        first, last = self.node.lineno - 1, (self.node.end_lineno or 0) - 1
        head = lines[first][: self.node.col_offset]
        tail = lines[last][self.node.end_col_offset :]
        return b"".join([*lines[:first], head + self.text.encode() + tail, *lines[last + 1 :]]).decode()

    @property
    def tests(self) -> list[str]:
        """The narrow tests that should notice: those of all routes, then those of its part of the house."""
        if self.kind == "audience":
            return [PERMISSIONS, "-k", "not postgresql and (part_of_the_house or opens_for_whom)"]
        feature = self.path.relative_to(ROOT / "app").parts[0]
        known = [
            PERMISSIONS,
            *([f"tests/app/{feature}"] if (ROOT / "tests" / "app" / feature).is_dir() else ["tests/app"]),
        ]
        return [*known, "-k", "not postgresql"]


def mutants() -> Iterator[Mutant]:
    """Every check that can be taken away, in the order of the files."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            yield from without_audience(path, node)
            yield from without_owner(path, node)
            yield from without_absence(path, node)


def without_audience(path: Path, node: ast.AST) -> Iterator[Mutant]:
    """A route that answers everybody."""
    if isinstance(node, ast.FunctionDef):
        for each in node.decorator_list:
            if isinstance(each, ast.Name) and each.id in AUDIENCES:
                yield Mutant("audience", path, each, OPEN)


def without_owner(path: Path, node: ast.AST) -> Iterator[Mutant]:
    """A filter that any owner passes: a column is asked to equal itself."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "where"):
        return
    for each in (part for given in node.args for part in ast.walk(given)):
        if not (isinstance(each, ast.Compare) and isinstance(each.ops[0], ast.Eq)):
            continue
        left, right = each.left, each.comparators[0]
        joins = isinstance(right, ast.Attribute) and isinstance(right.value, ast.Name) and right.value.id[:1].isupper()
        if isinstance(left, ast.Attribute) and left.attr in OWNERS and not joins:
            yield Mutant("owner", path, each, f"{ast.unparse(left)} == {ast.unparse(left)}")


def without_absence(path: Path, node: ast.AST) -> Iterator[Mutant]:
    """A view that goes on where there is nothing."""
    if isinstance(node, ast.Call) and ast.unparse(node) == "abort(404)":
        yield Mutant("absent", path, node, "None")


def survives(mutant: Mutant, copy: Path) -> bool:
    """Whether no narrow test fails on the mutant; run in a process of its own."""
    place = copy / mutant.path.relative_to(ROOT)
    whole = place.read_text()
    place.write_text(mutant.applied())
    child = os.fork()
    if child == 0:
        os._exit(run(mutant, copy))
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    place.write_text(whole)
    # 1 is pytest's for a failed test, 2 for a file that can't be collected.
    return status not in {1, 2}


def run(mutant: Mutant, copy: Path) -> int:
    import pytest

    os.chdir(copy)
    sys.path[:] = [str(copy), *(part for part in sys.path if Path(part or ".").resolve() != ROOT)]
    for name in [name for name in sys.modules if name.split(".")[0] in {"app", "course", "tests"}]:
        del sys.modules[name]
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    return int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *mutant.tests]))


def sound(copy: Path) -> bool:
    """Whether the tests pass before anything is taken away: else every mutant would seem killed."""
    child = os.fork()
    if child == 0:
        os._exit(run(next(each for each in mutants() if each.kind == "audience"), copy))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def chosen(wanted: list[str]) -> list[Mutant]:
    """The mutants of a kind, or all; with `2/20`, every twentieth from the second on."""
    kind = wanted[0] if wanted else "all"
    first, step = map(int, (wanted[1] if len(wanted) > 1 else "1/1").split("/"))
    return [each for each in mutants() if kind in {"all", each.kind}][first - 1 :: step]


def main() -> None:
    for name in LOADED:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    tried = chosen(sys.argv[1:])
    survivors = []
    with tempfile.TemporaryDirectory(prefix="connect-mutants-") as folder:
        copy = Path(folder)
        for part in COPIED:
            source = ROOT / part
            shutil.copytree(source, copy / part) if source.is_dir() else shutil.copy(source, copy / part)
        if not sound(copy):
            sys.exit("The tests fail before anything is taken away: mend that first.")
        for number, mutant in enumerate(tried, 1):
            lives = survives(mutant, copy)
            survivors += [mutant.name] if lives else []
            sys.stdout.write(f"{number}/{len(tried)} {'SURVIVED' if lives else 'killed'} {mutant.name}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(tried)} mutants, {len(tried) - len(survivors)} killed, {len(survivors)} survived\n")
    sys.exit(1 if survivors else 0)


if __name__ == "__main__":
    main()
