import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0005_how_found"),
        ("guidance", "0001_initial"),
        ("reservations", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "supporter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feed_address",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("minutes", models.PositiveSmallIntegerField(default=30)),
                ("before", models.PositiveSmallIntegerField(default=0)),
                ("after", models.PositiveSmallIntegerField(default=0)),
                ("notice", models.PositiveIntegerField(default=120)),
                ("horizon", models.PositiveSmallIntegerField(default=42)),
                ("capacity", models.PositiveSmallIntegerField(default=1)),
                ("needs_yes", models.BooleanField(default=False)),
                ("closed_on_holidays", models.BooleanField(default=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="directory.channel",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.network"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="directory.place",
                    ),
                ),
                (
                    "resources",
                    models.ManyToManyField(blank=True, related_name="+", to="reservations.resource"),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "supporter", "place"), name="offer_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("place__isnull", True)),
                        fields=("channel", "supporter"),
                        name="offer_without_place_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (5, 480))), name="offer_lasts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("after__lte", 240), ("before__lte", 240)),
                        name="offer_way_is_short",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__range", (1, 50))), name="offer_has_room"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("horizon__range", (1, 366))), name="offer_horizon"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("opens", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("closes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="booking.offer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("offer", "on", "opens"), name="exception_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("opens__isnull", True)),
                        fields=("offer", "on"),
                        name="closed_day_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes__isnull", True), ("opens__isnull", True)),
                            models.Q(
                                ("closes__gt", models.F("opens")),
                                ("closes__isnull", False),
                                ("closes__lte", 1440),
                                ("opens__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="exception_closed_or_of_one_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("name", models.CharField(blank=True, max_length=60)),
                ("phone", models.CharField(blank=True, max_length=24)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("lang", models.CharField(default="fi", max_length=2)),
                ("for_other", models.BooleanField(default=False)),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=8, unique=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("state", models.CharField(default="booked", max_length=10)),
                ("made_by", models.CharField(default="resident", max_length=10)),
                ("made_at", models.DateTimeField()),
                ("address", models.CharField(blank=True, max_length=160)),
                ("series", models.UUIDField(blank=True, db_index=True, null=True)),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_by", models.CharField(blank=True, max_length=10)),
                ("room", models.CharField(blank=True, max_length=43)),
                ("room_code", models.CharField(blank=True, max_length=6)),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="booking",
                        to="guidance.guidancesession",
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="bookings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.topic",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="booking.offer",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["supporter", "starts_at"], name="booking_of_supporter"),
                    models.Index(fields=["offer", "starts_at"], name="booking_of_offer"),
                    models.Index(fields=["phone", "state"], name="booking_of_phone"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lang__in", ("fi", "sv", "en"))), name="booking_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="booking_lasts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("asked", "booked", "cancelled", "refused", "kept", "missed"))
                        ),
                        name="booking_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made_by__in", ("resident", "desk", "supporter", "waiting"))),
                        name="booking_maker_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_by", ""),
                                ("state__in", ["asked", "booked", "refused", "kept", "missed"]),
                            ),
                            models.Q(
                                ("cancelled_by__in", ("resident", "desk", "provider")), ("state", "cancelled")
                            ),
                            _connector="OR",
                        ),
                        name="booking_cancelled_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("session__isnull", True), ("state", "kept"), _connector="OR"),
                        name="booking_kept_makes_a_session",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("room_code", ""), _negated=True),
                        fields=("room_code",),
                        name="room_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideCalendar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.URLField(max_length=500)),
                ("fetched_at", models.DateTimeField(blank=True, null=True)),
                ("fault", models.CharField(blank=True, max_length=20)),
                (
                    "supporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outside_calendars",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("supporter", "address"), name="outside_calendar_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Busy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="times",
                        to="booking.outsidecalendar",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["calendar", "starts_at"], name="busy_of_calendar")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="busy_lasts"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pattern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField()),
                ("opens", models.PositiveSmallIntegerField()),
                ("closes", models.PositiveSmallIntegerField()),
                ("weeks", models.CharField(default="all", max_length=4)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="patterns",
                        to="booking.offer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="pattern_weekday"),
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens")), ("closes__lte", 1440)),
                        name="pattern_of_one_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weeks__in", ("all", "odd", "even"))), name="pattern_weeks_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("name", models.CharField(blank=True, max_length=60)),
                ("phone", models.CharField(blank=True, max_length=24)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("lang", models.CharField(default="fi", max_length=2)),
                ("for_other", models.BooleanField(default=False)),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=8, unique=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("address", models.CharField(blank=True, max_length=160)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField()),
                ("came_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.channel"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.municipality",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.network"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.topic",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["channel", "state", "came_at"], name="waiting_line")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lang__in", ("fi", "sv", "en"))), name="waiting_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "booked", "left", "passed", "over"))),
                        name="waiting_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))),
                        name="waiting_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("offered_at", models.DateTimeField()),
                ("lapses_at", models.DateTimeField()),
                ("state", models.CharField(default="offered", max_length=8)),
                (
                    "booking",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="opening",
                        to="booking.booking",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="booking.offer",
                    ),
                ),
                (
                    "waiting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="openings",
                        to="booking.waiting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("offered", "taken", "declined", "lapsed", "gone"))),
                        name="opening_state_known",
                    ),
                    models.UniqueConstraint(
                        fields=("waiting", "offer", "starts_at"), name="opening_offered_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("waiting",),
                        name="opening_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("why", models.CharField(max_length=9)),
                ("was_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("rung_at", models.DateTimeField(blank=True, null=True)),
                (
                    "booking",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calls",
                        to="booking.booking",
                    ),
                ),
                (
                    "rung_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="booking.offer"
                    ),
                ),
                (
                    "opening",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call",
                        to="booking.opening",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why__in", ("handed", "moved", "cancelled", "offered"))),
                        name="call_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("booking__isnull", False), ("opening__isnull", True)),
                            models.Q(("booking__isnull", True), ("opening__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_is_about_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("rung_at__isnull", True)),
                        fields=("booking",),
                        name="call_waits_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallRoom",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("room", models.CharField(max_length=43, unique=True)),
                ("code", models.CharField(max_length=6, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.network"
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="call_rooms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["supporter", "ends_at"], name="call_room_of_supporter")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("opened_at"))), name="call_room_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Facility",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=60)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facilities",
                        to="directory.place",
                    ),
                ),
                (
                    "resource",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facility",
                        to="reservations.resource",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("place", "name"), name="facility_once")],
            },
        ),
    ]
