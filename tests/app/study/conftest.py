"""A small course of its own for these tests, so that they don't depend on what the real lessons say."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from course.library import Library, load
from tests.app.study.shelf import write_course


@pytest.fixture(scope="session")
def small_course(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small course as it is before anything in it is changed."""
    return load(write_course(tmp_path_factory.mktemp("small") / "lessons"))


@pytest.fixture
def lessons(app: Any, tmp_path: Path, small_course: Library) -> Iterator[Path]:
    """The folder of the small course, served instead of the real one; a file changed in it is read again."""
    from app.content import Shelf

    folder = write_course(tmp_path / "lessons")
    before = app.extensions["content"], app.config["LESSONS"]
    shelf = Shelf(folder, watch=True)
    app.extensions["content"], app.config["LESSONS"] = shelf, folder
    # Read once for all tests: most of them change nothing in it.
    shelf.held, shelf.stamp = small_course, shelf.changed()
    yield folder
    app.extensions["content"], app.config["LESSONS"] = before


@pytest.fixture
def ada(lessons: Path, cast: Any, browser_of: Callable[[Any], Any]) -> Any:
    """Ada's browser, with the small course before her."""
    return browser_of(cast.ada)


@pytest.fixture
def ben(lessons: Path, cast: Any, browser_of: Callable[[Any], Any]) -> Any:
    """Ben's browser."""
    return browser_of(cast.ben)
