"""Migrations: none is missing, and each can be taken back and made again while there is no data."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder


def tables() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back_and_made_again() -> None:
    before = tables()
    ours = [config.label for config in apps.get_app_configs() if config.name.startswith("kilauta.")]
    with_migrations = set(MigrationRecorder(connection).migration_qs.values_list("app", flat=True))
    try:
        # in one plan: each command of its own would think through all of them anew
        MigrationExecutor(connection).migrate([(label, None) for label in ours if label in with_migrations])
        left = {name for name in tables() if name.split("_")[0] in ours}
        assert left == set()
    finally:
        call_command("migrate", verbosity=0, interactive=False)
    assert tables() == before
