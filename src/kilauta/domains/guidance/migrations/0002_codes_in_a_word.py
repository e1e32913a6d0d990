from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PORTION = 500


def tell(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Write what hangs on the sessions of before into them."""
    sessions = apps.get_model("guidance", "GuidanceSession")._default_manager.using(editor.connection.alias)
    keys = list(sessions.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), PORTION):
        portion = list(
            sessions.filter(pk__in=keys[start : start + PORTION]).prefetch_related("topics", "devices")
        )
        for session in portion:
            session.topic_codes = " ".join(sorted(each.pk for each in session.topics.all()))
            session.device_codes = " ".join(sorted(each.pk for each in session.devices.all()))
        sessions.bulk_update(portion, ["topic_codes", "device_codes"])


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_initial")]

    operations = [
        migrations.AddField(
            "guidancesession", "topic_codes", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "guidancesession",
            "device_codes",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
