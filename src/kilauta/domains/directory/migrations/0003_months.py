import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_editing"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthlyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField()),
                ("kind", models.CharField(max_length=12)),
                ("entry", models.CharField(max_length=40)),
                ("values", models.JSONField()),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="months",
                        to="territory.network",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "month", "kind", "entry"), name="monthly_entry_once"
                    ),
                ],
            },
        ),
    ]
