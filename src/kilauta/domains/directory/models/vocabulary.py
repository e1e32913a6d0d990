from django.db import models

from kilauta.kit.translations import Translated


class Term(models.Model):
    """A value of an editable list. Codes are kept for ever: a term is retired, never renamed."""

    code = models.SlugField(max_length=40, primary_key=True)
    name_fi = models.CharField(max_length=100)
    name_sv = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    description_fi = models.CharField(max_length=300, blank=True)
    description_sv = models.CharField(max_length=300, blank=True)
    description_en = models.CharField(max_length=300, blank=True)
    examples_fi = models.CharField(max_length=300, blank=True)
    examples_sv = models.CharField(max_length=300, blank=True)
    examples_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)
    name = Translated()
    description = Translated()
    examples = Translated()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_fi


class Theme(Term):
    """A group of topics, for pages and reports."""


class Topic(Term):
    """One of the two questions: what is practised (a-…) or which e-service it concerns (b-…)."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="topics")


class Audience(Term):
    """A group of people that a service is only for, or also for."""


class Limit(Term):
    """Something a service does not do, said aloud."""


class Device(Term):
    """What the help is given with."""


class HowFound(Term):
    """Where somebody heard of the help."""


class EverydayGroup(Term):
    """One of the big choices on the first page: a few topics in everyday words."""

    topics = models.ManyToManyField(Topic, related_name="groups")
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.PROTECT)
