"""The checks that can be taken away, read from the source: filters by owner, what has ended, and views that find
nothing."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parent.parent.parent
OWNERS = frozenset({"person_id", "enrolment_id", "cohort_id", "trainer_id"})
# By when a right ends, and since when it has been taken back.
ENDS = frozenset({"expires_at", "offered_until"})
ENDED = frozenset({"revoked_at", "withdrawn_at", "disabled_at", "used_at", "ended_at", "removed_at", "archived_at"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Place:
    """Where a function begins: by it the source, the compiled code and the living function are told to be one."""

    path: Path
    line: int
    name: str


@dataclass(frozen=True)
class Mutant:
    """One check taken away: `text` stands instead of what lies between two places of a file.

    `function` is the outermost function it is in, None for a statement of the module; `statement` is where that begins.
    """

    kind: str
    path: Path
    node: ast.expr
    text: str
    function: Place | None
    statement: int

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


def mutants() -> Iterator[Mutant]:
    """Every check that can be taken away, in the order of the files; the invented people of the demo need none."""
    for path in sorted(set((ROOT / "app").rglob("*.py")) - set((ROOT / "app" / "demo").rglob("*.py"))):
        for statement in tree_of(path).body:
            for function in outermost(statement):
                place = Place(path, beginning(function), function.name) if isinstance(function, Function) else None
                for node in ast.walk(function):
                    for kind, check, text in (*without_owner(node), *without_end(node), *without_absence(node)):
                        yield Mutant(kind, path, check, text, place, statement.lineno)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def outermost(statement: ast.stmt) -> Iterator[ast.stmt]:
    """The statement, or the functions of the class that it is."""
    yield from statement.body if isinstance(statement, ast.ClassDef) else [statement]


def beginning(function: Function) -> int:
    """The line that its code counts as its first: that of a decorator, if there is one."""
    return min([function.lineno, *(each.lineno for each in function.decorator_list)])


def without_owner(node: ast.AST) -> Iterator[tuple[str, ast.expr, str]]:
    """A filter that any owner passes: a column is asked to equal itself."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "where"):
        return
    for each in (part for given in node.args for part in ast.walk(given)):
        if not (isinstance(each, ast.Compare) and isinstance(each.ops[0], ast.Eq)):
            continue
        left, right = each.left, each.comparators[0]
        joins = isinstance(right, ast.Attribute) and isinstance(right.value, ast.Name) and right.value.id[:1].isupper()
        if isinstance(left, ast.Attribute) and left.attr in OWNERS and not joins:
            yield "owner", each, f"{ast.unparse(left)} == {ast.unparse(left)}"


def without_end(node: ast.AST) -> Iterator[tuple[str, ast.expr, str]]:
    """A filter that also what has run out or was taken back passes."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Gt):
        left = node.left
        if isinstance(left, ast.Attribute) and left.attr in ENDS and of_a_model(left):
            yield "ended", node, f"{ast.unparse(left)}.is_not(None)"
    elif (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node).endswith("is_(None)")
    ):
        column = node.func.value
        if isinstance(column, ast.Attribute) and column.attr in ENDED and of_a_model(column):
            yield "ended", node, f"({ast.unparse(node)} | {ast.unparse(column)}.is_not(None))"


def of_a_model(column: ast.Attribute) -> bool:
    """Whether it is a column, not the value of one row."""
    return isinstance(column.value, ast.Name) and column.value.id[:1].isupper()


def without_absence(node: ast.AST) -> Iterator[tuple[str, ast.expr, str]]:
    """A view that goes on where there is nothing."""
    if isinstance(node, ast.Call) and ast.unparse(node) == "abort(404)":
        yield "absent", node, "None"


def code_of(module: CodeType, place: Place) -> CodeType:
    """The code of a function within its module's. LookupError if there is none."""
    for found in module.co_consts:
        if isinstance(found, CodeType):
            if (found.co_firstlineno, found.co_name) == (place.line, place.name):
                return found
            if found.co_firstlineno <= place.line:
                try:
                    return code_of(found, place)
                except LookupError:
                    continue
    raise LookupError(place)
