import pytest
from django.db import connection

from tests.casework.background.harness import TABLES
from tests.owner import run_outside


@pytest.fixture
def tables(transactional_db) -> None:
    """A committed database with the tables of the jobs; made anew after the test."""
    run_outside(TABLES, database=connection.settings_dict["NAME"])
