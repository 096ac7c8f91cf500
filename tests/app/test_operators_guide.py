"""The operators' guide against the application: every setting with its default, every command, every figure's name."""

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

from app import metrics
from app.config import ROOT, settings

GUIDE = (ROOT / "docs" / "operators.md").read_text()
README = (ROOT / "README.md").read_text()
NEEDED = {
    "SECRET_KEY": "k" * 40,
    "BASE_URL": "https://course.example.org",
    "TRUSTED_HOSTS": "course.example.org",
    "SMTP": "mail.example.org:587",
}
FLASKS_OWN = {"run", "shell", "routes"}


class Asked(dict[str, str]):
    """An environment that notes what it was asked for, and which default came with it."""

    def __init__(self, **given: str) -> None:
        super().__init__(given)
        self.defaults: dict[str, str] = {}

    def get(self, key: str, default: Any = None) -> Any:
        self.defaults[key] = written(default)
        return super().get(key, default)


def written(default: object) -> str:
    """A default as the guide writes it: places within the application's folder from there on."""
    text = str(default).replace(f"{ROOT}/", "")
    return f"`{text}`" if text else "none"


def rows() -> dict[str, tuple[str, str]]:
    """The guide's table of settings: defaults in development and in production."""
    found = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \| .+ \|$", GUIDE, re.MULTILINE)
    return {name: (development, production) for name, development, production in found}


def test_the_table_has_every_setting_and_the_default_that_it_really_has() -> None:
    here, there = Asked(), Asked(CONNECT_ENV="production", **NEEDED)
    settings(here)
    settings(there)
    assert here.defaults.keys() == there.defaults.keys()
    assert rows() == {name: (here.defaults[name], there.defaults[name]) for name in here.defaults}


def commands(text: str) -> list[list[str]]:
    """Every line of a code block that gives one of our commands, as words."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    units = [line.partition("--app wsgi ")[2] for line in lines if line.startswith("Exec")]
    plain = [line.removeprefix("flask ") for line in lines if line.startswith("flask ")]
    return [shlex.split(line, comments=True) for line in units + plain]


def named(text: str) -> set[str]:
    """The commands that are given in a block or named in a sentence."""
    return {words[0] for words in commands(text)} | set(re.findall(r"`flask ([a-z-]+)", text))


@pytest.mark.parametrize("words", commands(GUIDE), ids=" ".join)
def test_every_command_of_the_guide_is_one_and_has_these_options(app: Any, words: list[str]) -> None:
    command: click.Command = app.cli
    rest = list(words)
    while isinstance(command, click.Group):
        name = rest.pop(0)
        assert name in command.commands, f"there is no command {name}"
        command = command.commands[name]
    known = {option for parameter in command.params for option in parameter.opts}
    assert [word for word in rest if word.startswith("--") and word not in known] == []
    arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    assert arguments or not rest or rest[0].startswith("--")


def test_no_command_of_ours_is_missing_from_the_guide(app: Any) -> None:
    # The demo is for development, and stands in the README.
    assert set(app.cli.commands) - FLASKS_OWN - named(GUIDE) == {"demo"}


def test_the_readme_names_only_commands_that_there_are(app: Any) -> None:
    assert named(README)
    assert named(README) <= set(app.cli.commands)


def test_every_figure_that_the_guide_watches_is_given(app: Any) -> None:
    given = {name for family in metrics.registry.collect() for name in names_of(family)}
    with app.app_context():
        given |= {family.name for family in metrics.stored()}
    watched = set(re.findall(r"\bconnect_[a-z_]+", GUIDE))
    assert len(watched) >= 7
    assert watched <= given


def names_of(family: Any) -> set[str]:
    if family.type == "histogram":
        return {f"{family.name}_{part}" for part in ("bucket", "sum", "count")}
    return {f"{family.name}_total"} if family.type == "counter" else {family.name}


def test_what_the_guide_points_to_is_there() -> None:
    linked = re.findall(r"\]\(([a-z_.]+)\)", GUIDE)
    assert linked
    assert [name for name in linked if not (Path(ROOT) / "docs" / name).exists()] == []
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.+)$", GUIDE, re.M)
    }
    assert [name for name in re.findall(r"\]\(#([a-z-]+)\)", GUIDE) if name not in anchors] == []
