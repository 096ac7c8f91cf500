"""Tess at her desk."""

import pytest

from tests.cast import open_cohort, person


@pytest.fixture
def tess(app):
    return person("tess@example.org", is_trainer=True)


@pytest.fixture
def desk(tess, browser_of):
    return browser_of(tess)


@pytest.fixture
def winter(tess):
    return open_cohort("winter", trainers=(tess,))
