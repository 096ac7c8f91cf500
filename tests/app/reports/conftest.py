"""A cohort that is old enough for its return to be shown."""

import pytest

from tests.app.reports.making import running


@pytest.fixture
def long(cast):
    return running("long", cast.tess)
