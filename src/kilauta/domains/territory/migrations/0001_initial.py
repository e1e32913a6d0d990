import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=60)),
                ("name_sv", models.CharField(max_length=60)),
                ("name_en", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=60)),
                ("name_sv", models.CharField(max_length=60)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="municipalities",
                        to="territory.region",
                    ),
                ),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                ("languages", models.CharField(max_length=20)),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="territory.municipality",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lat__isnull", False),
                                ("lat__range", (59.3, 70.2)),
                                ("lon__isnull", False),
                                ("lon__range", (19.0, 31.7)),
                            ),
                            models.Q(("lat__isnull", True), ("lon__isnull", True)),
                            _connector="OR",
                        ),
                        name="municipality_in_finland",
                        violation_error_message="Coordinates must lie in Finland.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True), ("successor__isnull", False), _connector="OR"
                        ),
                        name="ended_municipality_has_successor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("successor", models.F("code")), _negated=True),
                        name="municipality_succeeds_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Locality",
            fields=[
                ("id", models.CharField(max_length=60, primary_key=True, serialize=False)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="localities",
                        to="territory.municipality",
                    ),
                ),
                ("name_fi", models.CharField(max_length=80)),
                ("name_sv", models.CharField(blank=True, max_length=80)),
                ("lat", models.FloatField()),
                ("lon", models.FloatField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lat__isnull", False),
                                ("lat__range", (59.3, 70.2)),
                                ("lon__isnull", False),
                                ("lon__range", (19.0, 31.7)),
                            ),
                            models.Q(("lat__isnull", True), ("lon__isnull", True)),
                            _connector="OR",
                        ),
                        name="locality_in_finland",
                        violation_error_message="Coordinates must lie in Finland.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Network",
            fields=[
                ("id", models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ("host", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ("is_default", models.BooleanField(default=False)),
                ("name_fi", models.CharField(max_length=80)),
                ("name_sv", models.CharField(blank=True, max_length=80)),
                ("name_en", models.CharField(blank=True, max_length=80)),
                (
                    "region",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="territory.region"),
                ),
                ("phone", models.CharField(max_length=24)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "accent",
                    models.CharField(
                        blank=True,
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9A-Fa-f]{6}$", "A colour looks like #0B4A6F."
                            )
                        ],
                    ),
                ),
                ("coordinator_note_fi", models.TextField(blank=True, max_length=600)),
                ("coordinator_note_sv", models.TextField(blank=True, max_length=600)),
                ("coordinator_note_en", models.TextField(blank=True, max_length=600)),
                (
                    "municipalities",
                    models.ManyToManyField(related_name="networks", to="territory.municipality"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("is_default",),
                        name="one_default_network",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_default", True), ("host__isnull", False), _connector="OR"),
                        name="network_has_host_or_is_default",
                    ),
                ],
            },
        ),
    ]
