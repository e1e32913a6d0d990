import django.core.validators
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=100)),
                ("name_sv", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=100)),
                ("description_fi", models.CharField(blank=True, max_length=300)),
                ("description_sv", models.CharField(blank=True, max_length=300)),
                ("description_en", models.CharField(blank=True, max_length=300)),
                ("examples_fi", models.CharField(blank=True, max_length=300)),
                ("examples_sv", models.CharField(blank=True, max_length=300)),
                ("examples_en", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=100)),
                ("name_sv", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=100)),
                ("description_fi", models.CharField(blank=True, max_length=300)),
                ("description_sv", models.CharField(blank=True, max_length=300)),
                ("description_en", models.CharField(blank=True, max_length=300)),
                ("examples_fi", models.CharField(blank=True, max_length=300)),
                ("examples_sv", models.CharField(blank=True, max_length=300)),
                ("examples_en", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="directory.theme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=100)),
                ("name_sv", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=100)),
                ("description_fi", models.CharField(blank=True, max_length=300)),
                ("description_sv", models.CharField(blank=True, max_length=300)),
                ("description_en", models.CharField(blank=True, max_length=300)),
                ("examples_fi", models.CharField(blank=True, max_length=300)),
                ("examples_sv", models.CharField(blank=True, max_length=300)),
                ("examples_en", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=100)),
                ("name_sv", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=100)),
                ("description_fi", models.CharField(blank=True, max_length=300)),
                ("description_sv", models.CharField(blank=True, max_length=300)),
                ("description_en", models.CharField(blank=True, max_length=300)),
                ("examples_fi", models.CharField(blank=True, max_length=300)),
                ("examples_sv", models.CharField(blank=True, max_length=300)),
                ("examples_en", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=100)),
                ("name_sv", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=100)),
                ("description_fi", models.CharField(blank=True, max_length=300)),
                ("description_sv", models.CharField(blank=True, max_length=300)),
                ("description_en", models.CharField(blank=True, max_length=300)),
                ("examples_fi", models.CharField(blank=True, max_length=300)),
                ("examples_sv", models.CharField(blank=True, max_length=300)),
                ("examples_en", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="EverydayGroup",
            fields=[
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name_fi", models.CharField(max_length=100)),
                ("name_sv", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=100)),
                ("description_fi", models.CharField(blank=True, max_length=300)),
                ("description_sv", models.CharField(blank=True, max_length=300)),
                ("description_en", models.CharField(blank=True, max_length=300)),
                ("examples_fi", models.CharField(blank=True, max_length=300)),
                ("examples_sv", models.CharField(blank=True, max_length=300)),
                ("examples_en", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="directory.device",
                    ),
                ),
                ("topics", models.ManyToManyField(related_name="groups", to="directory.topic")),
            ],
            options={
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.SlugField(default="kilauta", max_length=40)),
                ("external_id", models.SlugField(max_length=60)),
                ("short_id", models.CharField(max_length=12, unique=True)),
                ("state", models.CharField(default="draft", max_length=10)),
                (
                    "steward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.network",
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="directory.organisation",
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(blank=True, max_length=120)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("former_name", models.CharField(blank=True, max_length=120)),
                (
                    "business_id",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{7}-\\d$", "A business ID looks like 1234567-8."
                            )
                        ],
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=300)),
                ("phone", models.CharField(blank=True, max_length=24)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("duty_by_law", models.BooleanField(default=False)),
                ("started_on", models.DateField(blank=True, null=True)),
                ("summary_fi", models.CharField(blank=True, max_length=150)),
                ("summary_sv", models.CharField(blank=True, max_length=150)),
                ("summary_en", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "external_id"), name="organisation_once_per_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("draft", "published", "withdrawn"))),
                        name="organisation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="organisation_is_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "municipality",
                                    "wellbeing-county",
                                    "responsibility-area",
                                    "service-unit",
                                    "authority",
                                    "regional-council",
                                    "library",
                                    "association",
                                    "village-association",
                                    "college",
                                    "university",
                                    "pharmacy",
                                    "bank",
                                    "company",
                                    "parish",
                                    "project",
                                ),
                            )
                        ),
                        name="organisation_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationIdentifier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="directory.organisation",
                    ),
                ),
                ("source", models.SlugField(max_length=40)),
                ("value", models.CharField(max_length=100)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "value"), name="identifier_names_one_organisation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="directory.organisation",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="territory.network",
                    ),
                ),
                ("role", models.CharField(max_length=24)),
                ("since", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "network", "role"), name="organisation_role_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                (
                                    "responsible",
                                    "coordinator",
                                    "co-implementer",
                                    "member",
                                    "supplier",
                                    "via",
                                    "steering",
                                ),
                            )
                        ),
                        name="organisation_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.SlugField(default="kilauta", max_length=40)),
                ("external_id", models.SlugField(max_length=60)),
                ("short_id", models.CharField(max_length=12, unique=True)),
                ("state", models.CharField(default="draft", max_length=10)),
                (
                    "steward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.network",
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=24)),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="directory.organisation",
                    ),
                ),
                ("name_fi", models.CharField(max_length=120)),
                ("name_sv", models.CharField(blank=True, max_length=120)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=120)),
                (
                    "postal_code",
                    models.CharField(
                        blank=True,
                        max_length=5,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d{5}$", "A postal code has five digits."
                            )
                        ],
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="territory.municipality",
                    ),
                ),
                (
                    "locality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="territory.locality",
                    ),
                ),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                ("access_yes", models.JSONField(blank=True, default=list)),
                ("access_no", models.JSONField(blank=True, default=list)),
                ("connection", models.CharField(default="unknown", max_length=10)),
                ("directions_fi", models.CharField(blank=True, max_length=300)),
                ("directions_sv", models.CharField(blank=True, max_length=300)),
                ("directions_en", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("source", "external_id"), name="place_once_per_source"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("draft", "published", "withdrawn"))),
                        name="place_state_known",
                    ),
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
                        name="place_in_finland",
                        violation_error_message="Coordinates must lie in Finland.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "library",
                                    "service-point",
                                    "town-hall",
                                    "village-hall",
                                    "pharmacy",
                                    "college",
                                    "health-centre",
                                    "association",
                                    "bank",
                                    "parish",
                                    "shop",
                                    "clubhouse",
                                    "other",
                                ),
                            )
                        ),
                        name="place_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("connection__in", ("good", "fair", "weak", "none", "unknown"))),
                        name="place_connection_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EService",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.SlugField(default="kilauta", max_length=40)),
                ("external_id", models.SlugField(max_length=60)),
                ("short_id", models.CharField(max_length=12, unique=True)),
                ("state", models.CharField(default="draft", max_length=10)),
                (
                    "steward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.network",
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("name_fi", models.CharField(max_length=100)),
                ("name_sv", models.CharField(blank=True, max_length=100)),
                ("name_en", models.CharField(blank=True, max_length=100)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eservices",
                        to="directory.organisation",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=300)),
                ("words_fi", models.CharField(blank=True, max_length=300)),
                ("words_sv", models.CharField(blank=True, max_length=300)),
                ("words_en", models.CharField(blank=True, max_length=300)),
                ("description_fi", models.CharField(blank=True, max_length=600)),
                ("description_sv", models.CharField(blank=True, max_length=600)),
                ("description_en", models.CharField(blank=True, max_length=600)),
                ("topics", models.ManyToManyField(related_name="eservices", to="directory.topic")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "external_id"), name="eservice_once_per_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("draft", "published", "withdrawn"))),
                        name="eservice_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.SlugField(default="kilauta", max_length=40)),
                ("external_id", models.SlugField(max_length=60)),
                ("short_id", models.CharField(max_length=12, unique=True)),
                ("state", models.CharField(default="draft", max_length=10)),
                (
                    "steward",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.network",
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="directory.organisation",
                    ),
                ),
                ("name_fi", models.CharField(max_length=100)),
                ("name_sv", models.CharField(blank=True, max_length=100)),
                ("name_en", models.CharField(blank=True, max_length=100)),
                ("summary_fi", models.CharField(max_length=150)),
                ("summary_sv", models.CharField(blank=True, max_length=150)),
                ("summary_en", models.CharField(blank=True, max_length=150)),
                ("description_fi", models.TextField(blank=True, max_length=5000)),
                ("description_sv", models.TextField(blank=True, max_length=5000)),
                ("description_en", models.TextField(blank=True, max_length=5000)),
                ("depth", models.CharField(max_length=10)),
                ("fee", models.CharField(max_length=12)),
                ("fee_note_fi", models.CharField(blank=True, max_length=150)),
                ("fee_note_sv", models.CharField(blank=True, max_length=150)),
                ("fee_note_en", models.CharField(blank=True, max_length=150)),
                ("bring_fi", models.CharField(blank=True, max_length=300)),
                ("bring_sv", models.CharField(blank=True, max_length=300)),
                ("bring_en", models.CharField(blank=True, max_length=300)),
                ("resources", models.TextField(blank=True, max_length=1000)),
                ("topics", models.ManyToManyField(related_name="services", to="directory.topic")),
                (
                    "eservices",
                    models.ManyToManyField(blank=True, related_name="services", to="directory.eservice"),
                ),
                (
                    "devices",
                    models.ManyToManyField(blank=True, related_name="services", to="directory.device"),
                ),
                (
                    "audiences_only",
                    models.ManyToManyField(blank=True, related_name="only_services", to="directory.audience"),
                ),
                (
                    "audiences_also",
                    models.ManyToManyField(blank=True, related_name="also_services", to="directory.audience"),
                ),
                ("limits", models.ManyToManyField(blank=True, related_name="services", to="directory.limit")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("source", "external_id"), name="service_once_per_source"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("draft", "published", "withdrawn"))),
                        name="service_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("depth__in", ("tip", "guided", "long", "course"))),
                        name="service_depth_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fee__in", ("free", "partly-free", "paid"))),
                        name="service_fee_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceLanguage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="languages",
                        to="directory.service",
                    ),
                ),
                ("language", models.CharField(max_length=5)),
                ("note_fi", models.CharField(blank=True, max_length=100)),
                ("note_sv", models.CharField(blank=True, max_length=100)),
                ("note_en", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("service", "language"), name="service_language_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "language__in",
                                ("fi", "sv", "en", "se", "ru", "ar", "so", "fa", "uk", "et", "fse"),
                            )
                        ),
                        name="service_language_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to="directory.service",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="service_roles",
                        to="directory.organisation",
                    ),
                ),
                ("role", models.CharField(max_length=16)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "organisation", "role"), name="service_role_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ("responsible", "producer", "funder", "venue-owner"))
                        ),
                        name="service_role_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.SlugField(default="kilauta", max_length=40)),
                ("external_id", models.SlugField(max_length=60)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to="directory.service",
                    ),
                ),
                ("mode", models.CharField(max_length=14)),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="directory.place",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=24)),
                ("phone_charge", models.CharField(blank=True, max_length=8)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("url", models.URLField(blank=True, max_length=300)),
                ("booking_url", models.URLField(blank=True, max_length=300)),
                ("everywhere", models.BooleanField(default=False)),
                ("lead_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("given_by", models.CharField(default="staff", max_length=10)),
                ("intake", models.CharField(default="open", max_length=5)),
                ("full_until", models.DateField(blank=True, null=True)),
                ("hours_of_place", models.BooleanField(default=False)),
                ("note_fi", models.CharField(blank=True, max_length=200)),
                ("note_sv", models.CharField(blank=True, max_length=200)),
                ("note_en", models.CharField(blank=True, max_length=200)),
                ("closed_from", models.DateField(blank=True, null=True)),
                ("closed_until", models.DateField(blank=True, null=True)),
                ("closed_note_fi", models.CharField(blank=True, max_length=200)),
                ("closed_note_sv", models.CharField(blank=True, max_length=200)),
                ("closed_note_en", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("changed_at", models.DateTimeField()),
                (
                    "area",
                    models.ManyToManyField(blank=True, related_name="channels", to="territory.municipality"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "external_id"), name="channel_once_per_source"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "mode__in",
                                (
                                    "walk-in",
                                    "booked-visit",
                                    "home-visit",
                                    "neighbour",
                                    "phone",
                                    "remote",
                                    "chat",
                                    "group",
                                    "self-service",
                                    "mobile",
                                ),
                            )
                        ),
                        name="channel_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("draft", "published", "withdrawn"))),
                        name="channel_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("given_by__in", ("staff", "volunteers", "both"))),
                        name="channel_given_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("intake__in", ("open", "full"))), name="channel_intake_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("mode__in", ("walk-in", "booked-visit", "group", "self-service")),
                                _negated=True,
                            ),
                            ("place__isnull", False),
                            _connector="OR",
                        ),
                        name="visit_needs_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mode__in", ("walk-in", "booked-visit", "group", "self-service")),
                            models.Q(("phone", ""), _negated=True),
                            models.Q(
                                models.Q(("mode", "phone"), _negated=True),
                                models.Q(
                                    models.Q(("url", ""), _negated=True),
                                    models.Q(("booking_url", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="channel_can_be_reached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hours_of_place", False), ("place__isnull", False), _connector="OR"
                        ),
                        name="hours_of_place_needs_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_until__isnull", True),
                            models.Q(
                                ("closed_from__isnull", False), ("closed_until__gte", models.F("closed_from"))
                            ),
                            _connector="OR",
                        ),
                        name="closed_until_follows_closed_from",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("full_until__isnull", True), ("intake", "full"), _connector="OR"),
                        name="full_until_only_when_full",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutingRule",
            fields=[
                ("id", models.SlugField(max_length=60, primary_key=True, serialize=False)),
                (
                    "topic",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rule", to="directory.topic"
                    ),
                ),
                ("prefer", models.CharField(max_length=16)),
                ("fallback", models.CharField(blank=True, max_length=16)),
                ("forbidden_kinds", models.JSONField(blank=True, default=list)),
                ("reason_fi", models.CharField(blank=True, max_length=200)),
                ("reason_sv", models.CharField(blank=True, max_length=200)),
                ("reason_en", models.CharField(blank=True, max_length=200)),
                ("say_fi", models.CharField(blank=True, max_length=200)),
                ("say_sv", models.CharField(blank=True, max_length=200)),
                ("say_en", models.CharField(blank=True, max_length=200)),
                ("bring_fi", models.CharField(blank=True, max_length=200)),
                ("bring_sv", models.CharField(blank=True, max_length=200)),
                ("bring_en", models.CharField(blank=True, max_length=200)),
                ("warn_fi", models.CharField(blank=True, max_length=200)),
                ("warn_sv", models.CharField(blank=True, max_length=200)),
                ("warn_en", models.CharField(blank=True, max_length=200)),
                (
                    "forbidden_limits",
                    models.ManyToManyField(blank=True, related_name="rules", to="directory.limit"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "prefer__in",
                                ("bank", "eservice-owner", "digital-support", "authority", "health"),
                            )
                        ),
                        name="rule_prefers_a_known_route",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fallback", ""),
                            (
                                "fallback__in",
                                ("bank", "eservice-owner", "digital-support", "authority", "health"),
                            ),
                            _connector="OR",
                        ),
                        name="rule_falls_back_on_a_known_route",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.SlugField(default="kilauta", max_length=40)),
                ("external_id", models.SlugField(max_length=80)),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.place",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="directory.channel",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hours",
                        to="territory.network",
                    ),
                ),
                ("weekdays", models.CharField(blank=True, max_length=7)),
                ("opens", models.TimeField(blank=True, null=True)),
                ("closes", models.TimeField(blank=True, null=True)),
                ("state", models.CharField(max_length=14)),
                ("weeks", models.CharField(default="all", max_length=4)),
                ("nth", models.SmallIntegerField(blank=True, null=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("holiday", models.CharField(blank=True, max_length=20)),
                ("exception", models.BooleanField(default=False)),
                ("note_fi", models.CharField(blank=True, max_length=120)),
                ("note_sv", models.CharField(blank=True, max_length=120)),
                ("note_en", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "external_id"), name="hours_once_per_source"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel__isnull", True), ("network__isnull", True), ("place__isnull", False)
                            ),
                            models.Q(
                                ("channel__isnull", False), ("network__isnull", True), ("place__isnull", True)
                            ),
                            models.Q(
                                ("channel__isnull", True), ("network__isnull", False), ("place__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="hours_have_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("open", "self-service", "by-appointment", "closed", "unknown"))
                        ),
                        name="hours_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weeks__in", ("all", "odd", "even"))), name="hours_weeks_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes__isnull", True), ("opens__isnull", True)),
                            models.Q(("closes__isnull", False), ("opens__isnull", False)),
                            _connector="OR",
                        ),
                        name="hours_have_both_times_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("open", "self-service")), _negated=True),
                            ("opens__isnull", False),
                            _connector="OR",
                        ),
                        name="open_hours_have_times",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nth__isnull", True), models.Q(("weekdays", ""), _negated=True), _connector="OR"
                        ),
                        name="hours_nth_has_weekdays",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exception", False),
                            models.Q(("weeks", "all"), _negated=True),
                            models.Q(("weekdays", ""), _negated=True),
                            ("valid_from__isnull", False),
                            ("valid_to__isnull", False),
                            models.Q(("holiday", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="exceptional_hours_have_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("holiday", ""),
                            (
                                "holiday__in",
                                (
                                    "new-years-day",
                                    "epiphany",
                                    "maundy-thursday",
                                    "good-friday",
                                    "easter-saturday",
                                    "easter-sunday",
                                    "easter-monday",
                                    "may-day-eve",
                                    "may-day",
                                    "ascension",
                                    "whit-sunday",
                                    "midsummer-eve",
                                    "midsummer-day",
                                    "all-saints",
                                    "independence-day",
                                    "christmas-eve",
                                    "christmas-day",
                                    "boxing-day",
                                    "new-years-eve",
                                    "any",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="hours_holiday_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nth__isnull", True), ("nth", -1), ("nth__range", (1, 5)), _connector="OR"
                        ),
                        name="hours_nth_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="hours_end_after_they_begin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExternalLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="directory.organisation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="directory.service",
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("url", models.URLField(max_length=300)),
                ("label_fi", models.CharField(blank=True, max_length=100)),
                ("label_sv", models.CharField(blank=True, max_length=100)),
                ("label_en", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", True), ("service__isnull", True), _connector="XOR"
                        ),
                        name="link_has_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("website", "social", "ptv", "map", "other"))),
                        name="link_kind_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("organisation", "kind", "url"),
                        name="organisation_linked_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("service__isnull", False)),
                        fields=("service", "kind", "url"),
                        name="service_linked_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verifications",
                        to="directory.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verifications",
                        to="directory.place",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verifications",
                        to="directory.service",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verifications",
                        to="directory.channel",
                    ),
                ),
                ("group", models.CharField(max_length=8)),
                ("verified_on", models.DateField()),
                ("method", models.CharField(max_length=8)),
                ("by_role", models.CharField(max_length=60)),
                ("due_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("channel__isnull", True),
                                ("organisation__isnull", False),
                                ("place__isnull", True),
                                ("service__isnull", True),
                            ),
                            models.Q(
                                ("channel__isnull", True),
                                ("organisation__isnull", True),
                                ("place__isnull", False),
                                ("service__isnull", True),
                            ),
                            models.Q(
                                ("channel__isnull", True),
                                ("organisation__isnull", True),
                                ("place__isnull", True),
                                ("service__isnull", False),
                            ),
                            models.Q(
                                ("channel__isnull", False),
                                ("organisation__isnull", True),
                                ("place__isnull", True),
                                ("service__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="verification_has_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ("hours", "contacts", "content"))),
                        name="verification_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ("phone", "email", "visit", "owner", "import"))),
                        name="verification_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("verified_on"))),
                        name="verification_due_after_it_was_made",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("organisation", "group", "verified_on"),
                        name="organisation_verified_once_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("place__isnull", False)),
                        fields=("place", "group", "verified_on"),
                        name="place_verified_once_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("service__isnull", False)),
                        fields=("service", "group", "verified_on"),
                        name="service_verified_once_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("channel__isnull", False)),
                        fields=("channel", "group", "verified_on"),
                        name="channel_verified_once_a_day",
                    ),
                ],
            },
        ),
    ]
