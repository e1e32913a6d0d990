from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hour", models.DateTimeField()),
                ("kind", models.CharField(max_length=12)),
                ("network", models.CharField(blank=True, max_length=60)),
                ("lang", models.CharField(max_length=2)),
                ("need", models.CharField(blank=True, max_length=60)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("filters", models.CharField(blank=True, max_length=200)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("chosen", models.CharField(blank=True, max_length=60)),
                ("results", models.CharField(blank=True, max_length=8)),
                ("times", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "hour",
                            "kind",
                            "network",
                            "lang",
                            "need",
                            "words",
                            "filters",
                            "place",
                            "chosen",
                            "results",
                        ),
                        name="finding_counted_in_one_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                ("id", models.SlugField(max_length=80, primary_key=True, serialize=False)),
                ("lang", models.CharField(max_length=2)),
                ("word", models.CharField(max_length=60)),
                ("means", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("lang", "word"), name="synonym_once_per_language"),
                    models.CheckConstraint(
                        condition=models.Q(("lang__in", ("fi", "sv", "en"))), name="synonym_language_known"
                    ),
                ],
            },
        ),
    ]
