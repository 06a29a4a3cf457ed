"""What the tests of this room share."""

import pytest

from tests.workflows.walk import Walk


@pytest.fixture
def walk(world):
    """A case of lan's that can be walked."""
    return Walk(world, world.open_case())
