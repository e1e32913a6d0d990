from django.db import models
from django.db.models import Q

from kilauta.lib.words import LANGUAGES

from .choices import MISSED, OUTCOMES


class Synonym(models.Model):
    """A word people use, and the words of ours that it means (separated by "; ")."""

    id = models.SlugField(max_length=80, primary_key=True)
    lang = models.CharField(max_length=2)
    word = models.CharField(max_length=60)
    means = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lang", "word"], name="synonym_once_per_language"),
            models.CheckConstraint(condition=Q(lang__in=LANGUAGES), name="synonym_language_known"),
        ]

    def __str__(self) -> str:
        return self.word


class Finding(models.Model):
    """How often something was searched, answered, opened, found or not found in one hour.

    Holds nothing about who did it.
    """

    hour = models.DateTimeField()
    kind = models.CharField(max_length=12)
    network = models.CharField(max_length=60, blank=True)
    lang = models.CharField(max_length=2)
    need = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=200, blank=True)
    filters = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    chosen = models.CharField(max_length=200, blank=True)
    results = models.CharField(max_length=8, blank=True)
    outcome = models.CharField(max_length=20, blank=True, default="")
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
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
                    "outcome",
                ],
                name="finding_counted_in_one_row",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("", *OUTCOMES, *MISSED)), name="finding_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.need or self.words} × {self.times}"
