from django.core.management import call_command
from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_table(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """Where attempts to sign in are counted for all processes together."""

    dependencies = [("accounts", "0002_person_lang")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop, elidable=True)]
