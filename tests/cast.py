"""The one small story all tests share: the two example networks of the demo, and a day that never changes.

`demo` gives a module of tests the whole demo. It is loaded once in each process, through the operations as a
coordinator's import would, and remembered as rows; each module then gets the rows inside a transaction that is
rolled back after its last test, so tests elsewhere find an empty database. A test asks for it beside the database:

    pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.apps import apps
from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

# A Tuesday in November, eleven o'clock in Finland: libraries, offices and the network's line are open.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LANGUAGES = ("fi", "sv", "en")
KAAKKO = "kaakko.localhost"


@dataclass(frozen=True)
class Story:
    """The rows of the loaded demo, by model, in the order of the map."""

    rows: dict[type, list[Any]]

    def tell(self) -> None:
        from kilauta.kit.search import backends
        from kilauta.kit.search.models import SearchDocument

        for model, rows in self.rows.items():
            model._base_manager.bulk_create(rows, batch_size=2000)
        backends.clear()
        backends.put((row.pk, row.title, row.about, row.body) for row in self.rows[SearchDocument])


@pytest.fixture(scope="session")
def story(django_db_setup: None, django_db_blocker: Any) -> Story:
    with django_db_blocker.unblock(), transaction.atomic():
        _load()
        models = [
            model
            for model in apps.get_models(include_auto_created=True)
            if model.__module__.startswith("kilauta.")
        ]
        story = Story({model: list(model._base_manager.order_by("pk")) for model in models})
        transaction.set_rollback(True)
    return story


def _load() -> None:
    from kilauta.kit.accounts.models import Person
    from kilauta.kit.search import index
    from kilauta.site.demo.load import load_demo
    from kilauta.site.reference import load_reference_data

    actor = Person.objects.system()
    with time_machine.travel(NOW, tick=False):
        reports = load_reference_data(actor=actor, now=NOW), load_demo(actor=actor, now=NOW)
        index.rebuild()
    assert [problem for report in reports for problem in report.problems] == []


@pytest.fixture(scope="module")
def demo(story: Story, django_db_blocker: Any) -> Iterator[None]:
    """The demo, for all tests of a module; what a test changes is gone after it."""
    with django_db_blocker.unblock():
        told = transaction.atomic()
        told.__enter__()
        story.tell()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        told.__exit__(None, None, None)
