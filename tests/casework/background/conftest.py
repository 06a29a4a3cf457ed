import pytest

from tests.casework.background.harness import TABLES
from tests.casework.background.jobs import execute


@pytest.fixture
def tables(transactional_db) -> None:
    """A committed database with the tables of the jobs; made anew after the test."""
    execute(TABLES)
