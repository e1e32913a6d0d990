from django.db import migrations, models

from kilauta.kit.search import backends


def create(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Make the full-text table, which is another one on each database."""
    backends.create(schema_editor)


def drop(apps, schema_editor):  # type: ignore[no-untyped-def]
    backends.drop(schema_editor)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("term", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("documents", models.PositiveIntegerField()),
                ("is_word", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.SlugField(max_length=20)),
                ("key", models.CharField(max_length=60)),
                ("title", models.TextField()),
                ("about", models.TextField()),
                ("body", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="search_document_once")],
            },
        ),
        migrations.RunPython(create, drop),
    ]
