"""The rules of the house, held by reading the source: who imports whom, how large, and what is never written."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FEATURES = ("people", "cohorts", "study", "practice", "reports", "operator")
SOURCES = sorted(path for folder in ("course", "app", "tests", "bench") for path in (ROOT / folder).rglob("*.py"))
CODE = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in {"course", "app"}]
TEMPLATES = sorted((ROOT / "app" / "templates").rglob("*.html"))

# What a kind of file in a feature may not import: the first part of the module's name, or the whole of it.
FORBIDDEN = {
    "views": {"sqlalchemy", "app.models", "app.db", "app.transaction.db"},
    "forms": {"sqlalchemy", "app.models", "app.db", "app.access", "app.content"},
    "queries": {"flask", "flask_login", "flask_wtf", "wtforms", "app.access", "app.forms"},
    # What a page is made of, from what its view was given.
    "page": {"flask_wtf", "sqlalchemy", "wtforms", "app.models", "app.db"},
    "actions": {"flask_login", "flask_wtf", "wtforms", "app.forms"},
}


@cache
def tree(path: Path) -> ast.Module:
    """A file as Python reads it, once for all the tests."""
    return ast.parse(path.read_text())


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a file."""
    return tuple(ast.walk(tree(path)))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module that a file imports, and every name it takes from one."""
    found: list[str] = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    return tuple(found)


def kind(path: Path) -> str:
    """views, forms, queries or actions: the last word of the file's name."""
    return path.stem.rpartition("_")[2]


FEATURE_FILES = [
    path for feature in FEATURES for path in sorted((ROOT / "app" / feature).glob("*.py")) if kind(path) in FORBIDDEN
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FEATURE_FILES, ids=name_of)
def test_a_feature_file_imports_only_what_its_kind_may(path: Path) -> None:
    banned = FORBIDDEN[kind(path)]
    found = [name for name in imports(path) if name in banned or name.split(".")[0] in banned]
    assert not found


@pytest.mark.parametrize("path", FEATURE_FILES, ids=name_of)
def test_actions_flush_and_never_commit_unless_they_are_a_workers(path: Path) -> None:
    commits = [node for node in nodes(path) if isinstance(node, ast.Attribute) and node.attr == "commit"]
    assert not commits or "worker" in path.stem or "worker" in path.read_text()


def test_time_enters_in_one_place() -> None:
    pattern = re.compile(r"\bdatetime\.now\(|\bdate\.today\(|\butcnow\(|\btime\.time\(")
    assert [name_of(path) for path in CODE if pattern.search(path.read_text())] == ["app/clock.py"]


def test_only_markup_renders_markdown_and_only_review_knows_fsrs_and_only_cohort_numpy() -> None:
    found = {
        library: [name_of(path) for path in CODE if any(name.split(".")[0] == library for name in imports(path))]
        for library in ("markdown", "nh3", "fsrs", "numpy")
    }
    assert found == {
        "markdown": ["course/markup.py"],
        "nh3": ["course/markup.py"],
        "fsrs": ["course/review.py"],
        "numpy": ["course/cohort.py"],
    }


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_reads_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_function_fits_in_a_glance(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert lines <= 30, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_fourth_argument_is_named(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef) and not node.decorator_list:
            positional = [
                arg.arg for arg in (*node.args.posonlyargs, *node.args.args) if arg.arg not in {"self", "cls"}
            ]
            assert len(positional) <= 3, f"{node.name}({', '.join(positional)})"


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    if path.read_text().strip() and path.name != "__init__.py":
        assert ast.get_docstring(tree(path))


def test_no_file_is_named_after_nothing_in_particular() -> None:
    vague = {"utils", "helpers", "common", "misc", "manager", "service", "helper", "util"}
    assert not [name_of(path) for path in SOURCES if vague & set(path.stem.split("_"))]


def test_nothing_is_left_undone_or_skipped() -> None:
    left = re.compile("TO" + "DO|FIX" + "ME|XX" + r"X|NotImplemented|mark\.(skip|xfail)|pytest\.skip")
    assert not [name_of(path) for path in SOURCES if path != Path(__file__) and left.search(path.read_text())]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_no_style_no_script_and_no_arithmetic(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "| safe" not in text or path.name in {"icons.html"}


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_form_that_posts_carries_its_token_and_its_key(path: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL):
        if re.search(r'method="post"', form):
            assert re.search(r"\bbegin\(", form), form[:200]


def test_a_test_makes_a_claim() -> None:
    silent = []
    for path in SOURCES:
        if not path.name.startswith("test_"):
            continue
        lines = path.read_text().splitlines()
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                source = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                # `sight` is a fixture that fails at its end for all that was seen.
                if not re.search(r"assert|raises|expect\(|command\.check|sight\(", source):
                    silent.append(f"{name_of(path)}: {node.name}")
    assert not silent
