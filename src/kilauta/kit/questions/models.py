import uuid

from django.db import models
from django.db.models import Q

from kilauta.kit.questions import choices
from kilauta.kit.translations import Translated
from kilauta.lib.words import LANGUAGES

LONGEST_SHORT, LONGEST_LONG = 200, 2000


class QuestionSet(models.Model):
    """One version of a set of questions: a draft until it is published, frozen from then on."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    title_fi = models.CharField(max_length=120)
    title_sv = models.CharField(max_length=120, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    intro_fi = models.CharField(max_length=600, blank=True)
    intro_sv = models.CharField(max_length=600, blank=True)
    intro_en = models.CharField(max_length=600, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    title = Translated()
    intro = Translated()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="question_set_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="question_set_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Question(models.Model):
    """A question of one version. Its code is the same in every version that asks it."""

    set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12)
    label_fi = models.CharField(max_length=300)
    label_sv = models.CharField(max_length=300, blank=True)
    label_en = models.CharField(max_length=300, blank=True)
    help_fi = models.CharField(max_length=300, blank=True)
    help_sv = models.CharField(max_length=300, blank=True)
    help_en = models.CharField(max_length=300, blank=True)
    required = models.BooleanField(default=False)
    # which of "I do not know" and "I would rather not say" stand beside the choices
    offers = models.JSONField(default=list, blank=True)
    lowest = models.IntegerField(null=True, blank=True)
    highest = models.IntegerField(null=True, blank=True)
    # asked only of who gave one of these answers to an earlier question
    only_if = models.SlugField(max_length=40, blank=True)
    only_codes = models.JSONField(default=list, blank=True)
    verdict = models.CharField(max_length=10, default=choices.NEW)
    label = Translated()
    help = Translated()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["set", "code"], name="question_code_once"),
            models.UniqueConstraint(fields=["set", "position"], name="question_place_once"),
            models.CheckConstraint(condition=Q(kind__in=choices.KINDS), name="question_kind_known"),
            models.CheckConstraint(
                condition=Q(verdict__in=tuple(choices.VERDICTS)), name="question_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("scale", "number"), lowest__isnull=False, highest__isnull=False)
                | (~Q(kind__in=("scale", "number")) & Q(lowest__isnull=True, highest__isnull=True)),
                name="question_bounds_of_numbers",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Option(models.Model):
    """A choice of a question, or the words at a number of its scale."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    label_fi = models.CharField(max_length=200)
    label_sv = models.CharField(max_length=200, blank=True)
    label_en = models.CharField(max_length=200, blank=True)
    label = Translated()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "code"], name="option_code_once")]

    def __str__(self) -> str:
        return self.code


class Response(models.Model):
    """One person's answers, without who: a day, a language, a way. Keys tell nothing of the order they came in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="responses")
    # the day in Finland
    given_on = models.DateField()
    lang = models.CharField(max_length=2)
    way = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lang__in=LANGUAGES), name="response_language_known"),
            models.CheckConstraint(condition=Q(way__in=tuple(choices.WAYS)), name="response_way_known"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """One answer to one question, or why there is none. Of several choices each is a row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=10)
    code = models.CharField(max_length=40, blank=True)
    number = models.IntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    text = models.TextField(max_length=LONGEST_LONG, blank=True)
    # the day on which the text is erased
    text_ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question", "code"], name="answer_once"),
            models.CheckConstraint(condition=Q(state__in=choices.STATES), name="answer_state_known"),
            models.CheckConstraint(
                condition=Q(state=choices.GIVEN) | Q(code="", number__isnull=True, day__isnull=True, text=""),
                name="answer_missing_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(text="") | Q(text_ends_on__isnull=False), name="answer_text_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return self.state
