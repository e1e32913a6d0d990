"""What a test reads of its own changes stays with it: a reading held in memory is taken back like the rows are."""

from __future__ import annotations

import pytest
from django.db import transaction

from kilauta.domains.directory.models import Channel
from kilauta.domains.directory.queries.catalogue import _held, catalogue
from tests.cast import forget_readings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_what_one_test_took_back_is_shown_to_no_other() -> None:
    told = len(catalogue().channels)
    with transaction.atomic():
        _held.clear()
        Channel.objects.update(state="withdrawn")  # without a new edition, as tests do
        assert len(catalogue().channels) == 0
        transaction.set_rollback(True)
    assert len(catalogue().channels) == 0  # what the next test would have been shown
    forget_readings()
    assert len(catalogue().channels) == told > 0
