from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _public_site(db: None, demo: None, door: None) -> None:
    """Every contract is tried on the demo, at the same instant."""
