from __future__ import annotations

import pytest

from tests.cast import demo, door, story  # noqa: F401


@pytest.fixture(autouse=True)
def _public_site(db: None, demo: None, door: None) -> None:  # noqa: F811
    """Every contract is tried on the demo, at the same instant."""
