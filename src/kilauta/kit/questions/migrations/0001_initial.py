import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="QuestionSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("title_fi", models.CharField(max_length=120)),
                ("title_sv", models.CharField(blank=True, max_length=120)),
                ("title_en", models.CharField(blank=True, max_length=120)),
                ("intro_fi", models.CharField(blank=True, max_length=600)),
                ("intro_sv", models.CharField(blank=True, max_length=600)),
                ("intro_en", models.CharField(blank=True, max_length=600)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="question_set_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="question_set_counts_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.SlugField(max_length=40)),
                ("kind", models.CharField(max_length=12)),
                ("label_fi", models.CharField(max_length=300)),
                ("label_sv", models.CharField(blank=True, max_length=300)),
                ("label_en", models.CharField(blank=True, max_length=300)),
                ("help_fi", models.CharField(blank=True, max_length=300)),
                ("help_sv", models.CharField(blank=True, max_length=300)),
                ("help_en", models.CharField(blank=True, max_length=300)),
                ("required", models.BooleanField(default=False)),
                ("offers", models.JSONField(blank=True, default=list)),
                ("lowest", models.IntegerField(blank=True, null=True)),
                ("highest", models.IntegerField(blank=True, null=True)),
                ("only_if", models.SlugField(blank=True, max_length=40)),
                ("only_codes", models.JSONField(blank=True, default=list)),
                ("verdict", models.CharField(default="new", max_length=10)),
                (
                    "set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="questions.questionset",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("set", "code"), name="question_code_once"),
                    models.UniqueConstraint(fields=("set", "position"), name="question_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "single",
                                    "multiple",
                                    "scale",
                                    "municipality",
                                    "age",
                                    "audience",
                                    "topic",
                                    "how-found",
                                    "number",
                                    "short",
                                    "long",
                                    "day",
                                ),
                            )
                        ),
                        name="question_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__in", ("same", "translated", "wording", "scale", "new"))
                        ),
                        name="question_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("highest__isnull", False),
                                ("kind__in", ("scale", "number")),
                                ("lowest__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind__in", ("scale", "number")), _negated=True),
                                ("highest__isnull", True),
                                ("lowest__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="question_bounds_of_numbers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("given_on", models.DateField()),
                ("lang", models.CharField(max_length=2)),
                ("way", models.CharField(max_length=8)),
                (
                    "set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="questions.questionset",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lang__in", ("fi", "sv", "en"))), name="response_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ("link", "qr", "tablet", "paper", "aloud", "file"))),
                        name="response_way_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("state", models.CharField(max_length=10)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("number", models.IntegerField(blank=True, null=True)),
                ("day", models.DateField(blank=True, null=True)),
                ("text", models.TextField(blank=True, max_length=2000)),
                ("text_ends_on", models.DateField(blank=True, null=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="questions.question",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="questions.response",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("response", "question", "code"), name="answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "given",
                                    "dont-know",
                                    "wont-say",
                                    "unanswered",
                                    "illegible",
                                    "two-boxes",
                                    "not-asked",
                                ),
                            )
                        ),
                        name="answer_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "given"),
                            models.Q(
                                ("code", ""), ("day__isnull", True), ("number__isnull", True), ("text", "")
                            ),
                            _connector="OR",
                        ),
                        name="answer_missing_says_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), ("text_ends_on__isnull", False), _connector="OR"),
                        name="answer_text_has_an_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.SlugField(max_length=40)),
                ("label_fi", models.CharField(max_length=200)),
                ("label_sv", models.CharField(blank=True, max_length=200)),
                ("label_en", models.CharField(blank=True, max_length=200)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="questions.question",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("question", "code"), name="option_code_once")
                ],
            },
        ),
    ]
