import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("directory", "0005_how_found"),
        ("questions", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogSettings",
            fields=[
                (
                    "network",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="territory.network",
                    ),
                ),
                ("has_notes", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="FeedbackFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=60)),
                ("dated_on", models.DateField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("brought_at", models.DateTimeField()),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.network"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("network", "fingerprint"), name="feedback_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="feedback_file_has_its_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpFeedback",
            fields=[
                (
                    "response",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="feedback",
                        serialize=False,
                        to="questions.response",
                    ),
                ),
                ("told_in_network", models.BooleanField(default=False)),
                ("told_in_body", models.BooleanField(default=False)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="guidance.feedbackfile",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
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
                        related_name="+",
                        to="directory.place",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.service",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("service__isnull", True), ("organisation__isnull", False), _connector="OR"
                        ),
                        name="feedback_service_is_somebodys",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestPromise",
            fields=[
                (
                    "network",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="territory.network",
                    ),
                ),
                ("working_days", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("working_days__range", (1, 20))), name="promise_of_some_days"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StartRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=8, unique=True)),
                ("organisation_name", models.CharField(blank=True, max_length=120)),
                ("wish", models.TextField(blank=True, max_length=800)),
                ("contact", models.CharField(blank=True, max_length=254)),
                ("lang", models.CharField(default="fi", max_length=2)),
                ("made_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=8)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "indexes": [models.Index(fields=["network", "made_at"], name="start_of_network")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lang__in", ("fi", "sv", "en"))), name="start_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("closed_at__isnull", True),
                                ("outcome", ""),
                                ("state", "waiting"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("closed_at__isnull", True),
                                ("outcome", ""),
                                ("state", "answered"),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("outcome__in", ("started", "advised", "later", "no")),
                                ("state", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="start_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=40)),
                ("folded", models.CharField(max_length=40)),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="territory.network"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("organisation__isnull", True), ("person__isnull", False), ("scope", "mine")
                            ),
                            models.Q(
                                ("organisation__isnull", False),
                                ("person__isnull", True),
                                ("scope", "organisation"),
                            ),
                            models.Q(
                                ("organisation__isnull", True), ("person__isnull", True), ("scope", "network")
                            ),
                            _connector="OR",
                        ),
                        name="tag_is_of_its_scope",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("scope", "mine")),
                        fields=("network", "person", "folded"),
                        name="own_tag_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("scope", "organisation")),
                        fields=("network", "organisation", "folded"),
                        name="organisation_tag_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("scope", "network")),
                        fields=("network", "folded"),
                        name="network_tag_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuidanceSession",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("given_by", models.CharField(default="staff", max_length=10)),
                ("shape", models.CharField(default="one", max_length=6)),
                ("kind", models.CharField(default="session", max_length=8)),
                ("way", models.CharField(default="form", max_length=8)),
                ("held_on", models.DateField()),
                ("mode", models.CharField(max_length=14)),
                ("persons", models.PositiveSmallIntegerField(default=1)),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("outcome", models.CharField(default="not-recorded", max_length=16)),
                ("referred_to", models.CharField(blank=True, max_length=16)),
                ("age", models.CharField(blank=True, max_length=6)),
                ("language", models.CharField(blank=True, max_length=5)),
                ("was_before", models.BooleanField(blank=True, null=True)),
                ("is_near", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("logged_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("devices", models.ManyToManyField(blank=True, related_name="+", to="directory.device")),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                        related_name="+",
                        to="directory.place",
                    ),
                ),
                (
                    "supporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("topics", models.ManyToManyField(blank=True, related_name="+", to="directory.topic")),
                ("tags", models.ManyToManyField(blank=True, related_name="sessions", to="guidance.tag")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["network", "held_on"], name="session_of_network"),
                    models.Index(fields=["organisation", "held_on"], name="session_of_organisation"),
                    models.Index(fields=["supporter", "held_on"], name="session_of_supporter"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("given_by__in", ("staff", "volunteer", "trainee"))),
                        name="session_giver_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shape__in", ("one", "group"))), name="session_shape_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("session", "meeting", "course"))),
                        name="session_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("way__in", ("form", "counter", "offline", "paper", "request", "booking", "file"))
                        ),
                        name="session_way_known",
                    ),
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
                        name="session_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "solved",
                                    "continues-alone",
                                    "will-return",
                                    "referred",
                                    "not-solved",
                                    "not-recorded",
                                ],
                            )
                        ),
                        name="session_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "age__in",
                                ("", "u18", "18-24", "25-39", "40-59", "60-64", "65-74", "75-84", "85+"),
                            )
                        ),
                        name="session_age_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("referred_to", ""),
                            models.Q(
                                ("outcome", "referred"),
                                (
                                    "referred_to__in",
                                    (
                                        "authority",
                                        "digital-support",
                                        "eservice-owner",
                                        "social-work",
                                        "employment",
                                        "service-point",
                                        "other",
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="session_referred_when_referred",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("persons", 1), ("shape", "one")),
                            models.Q(("persons__gte", 1), ("shape", "group")),
                            _connector="OR",
                        ),
                        name="session_persons_of_shape",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shape", "one"),
                            models.Q(("age", ""), ("language", ""), ("was_before__isnull", True)),
                            _connector="OR",
                        ),
                        name="session_group_is_told_in_shares",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minutes__isnull", True), ("minutes__range", (1, 1439)), _connector="OR"
                        ),
                        name="session_minutes_of_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=8, unique=True)),
                ("mode", models.CharField(blank=True, max_length=14)),
                ("whose", models.CharField(default="me", max_length=5)),
                ("wanted", models.CharField(default="any", max_length=9)),
                ("contact", models.CharField(blank=True, max_length=254)),
                ("only_by", models.CharField(blank=True, max_length=4)),
                ("lang", models.CharField(default="fi", max_length=2)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("made_by", models.CharField(default="resident", max_length=8)),
                ("state", models.CharField(default="waiting", max_length=7)),
                ("due_at", models.DateTimeField()),
                ("raised_at", models.DateTimeField(blank=True, null=True)),
                ("given_by", models.CharField(blank=True, max_length=10)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=9)),
                (
                    "for_organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "for_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.everydaygroup",
                    ),
                ),
                (
                    "locality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.locality",
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="guidance.guidancesession",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["network", "state", "due_at"], name="request_of_network"),
                    models.Index(fields=["taker", "state"], name="request_of_taker"),
                    models.Index(fields=["state", "made_at"], name="request_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__isnull", True), ("topic__isnull", True), _connector="OR"),
                        name="helprequest_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mode__in", ("phone", "remote", "home-visit", "booked-visit", "neighbour", ""))
                        ),
                        name="helprequest_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("whose__in", ("me", "other"))), name="helprequest_whose_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wanted__in", ("any", "today", "week", "morning", "afternoon", "evening"))
                        ),
                        name="helprequest_time_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("only_by__in", ("", "call", "sms", "mail"))),
                        name="helprequest_contact_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lang__in", ("fi", "sv", "en"))),
                        name="helprequest_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made_by__in", ("resident", "desk"))), name="request_maker_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("organisation__isnull", True),
                                ("state", "waiting"),
                                ("taken_at__isnull", True),
                                ("taker__isnull", True),
                            ),
                            models.Q(
                                ("organisation__isnull", False),
                                ("state", "taken"),
                                ("taken_at__isnull", False),
                                ("taker__isnull", False),
                            ),
                            ("state", "closed"),
                            _connector="OR",
                        ),
                        name="request_taken_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                (
                                    "reason__in",
                                    (
                                        "helped",
                                        "referred",
                                        "no-answer",
                                        "not-ours",
                                        "could-not",
                                        "withdrawn",
                                        "forgotten",
                                    ),
                                ),
                                ("state", "closed"),
                            ),
                            models.Q(
                                ("closed_at__isnull", True),
                                ("reason", ""),
                                ("state__in", ("waiting", "taken")),
                            ),
                            _connector="OR",
                        ),
                        name="request_closed_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_by", ""),
                            ("given_by__in", ("staff", "volunteer", "trainee")),
                            _connector="OR",
                        ),
                        name="request_giver_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("session__isnull", True), ("reason", "helped"), _connector="OR"),
                        name="request_session_when_helped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=8, unique=True)),
                ("mode", models.CharField(blank=True, max_length=14)),
                ("whose", models.CharField(default="me", max_length=5)),
                ("wanted", models.CharField(default="any", max_length=9)),
                ("contact", models.CharField(blank=True, max_length=254)),
                ("only_by", models.CharField(blank=True, max_length=4)),
                ("lang", models.CharField(default="fi", max_length=2)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("is_slip", models.BooleanField(default=False)),
                ("consent", models.CharField(max_length=400)),
                ("state", models.CharField(default="sent", max_length=8)),
                ("expires_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("decline", models.CharField(blank=True, max_length=8)),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.everydaygroup",
                    ),
                ),
                (
                    "locality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.locality",
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
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="referrals",
                        to="guidance.helprequest",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
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
                "indexes": [
                    models.Index(fields=["sent_by", "made_at"], name="referral_of_sender"),
                    models.Index(fields=["receiver", "made_at"], name="referral_of_receiver"),
                    models.Index(fields=["state", "expires_at"], name="referral_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__isnull", True), ("topic__isnull", True), _connector="OR"),
                        name="referral_about_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mode__in", ("phone", "remote", "home-visit", "booked-visit", "neighbour", ""))
                        ),
                        name="referral_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("whose__in", ("me", "other"))), name="referral_whose_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wanted__in", ("any", "today", "week", "morning", "afternoon", "evening"))
                        ),
                        name="referral_time_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("only_by__in", ("", "call", "sms", "mail"))),
                        name="referral_contact_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lang__in", ("fi", "sv", "en"))), name="referral_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("consent", ""), _negated=True), name="referral_with_consent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("receiver", models.F("sent_by")), _negated=True),
                        name="referral_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="referral_open_for_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True), ("closed_at__isnull", True), ("state", "sent")
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("closed_at__isnull", True),
                                ("state", "accepted"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("closed_at__isnull", False),
                                ("state__in", ("declined", "done")),
                            ),
                            models.Q(("closed_at__isnull", False), ("state", "lapsed")),
                            _connector="OR",
                        ),
                        name="referral_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decline__in", ("not-ours", "no-time", "too-far", "other")),
                                ("state", "declined"),
                            ),
                            models.Q(models.Q(("state", "declined"), _negated=True), ("decline", "")),
                            _connector="OR",
                        ),
                        name="referral_declined_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(max_length=12)),
                ("code", models.CharField(max_length=16)),
                ("persons", models.PositiveSmallIntegerField()),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shares",
                        to="guidance.guidancesession",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "by", "code"), name="share_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("by__in", ("age", "language", "municipality", "outcome", "before"))
                        ),
                        name="share_property_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("persons__gte", 1)), name="share_of_somebody"),
                ],
            },
        ),
    ]
