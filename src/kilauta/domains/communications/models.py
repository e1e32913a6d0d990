from django.db import models
from django.db.models import F, Q

from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.lib.words import LANGUAGES

from .choices import ABOUT


class Feedback(models.Model):
    """What somebody tells about the service itself, and what was answered. The answer is due in 14 days."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="feedback")
    number = models.CharField(max_length=8, unique=True)
    about = models.CharField(max_length=20)
    text = models.TextField(max_length=3000)
    contact = models.CharField(max_length=254, blank=True)
    lang = models.CharField(max_length=2)
    received_on = models.DateField()
    due_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(max_length=3000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(about__in=tuple(ABOUT)), name="feedback_about_known"),
            models.CheckConstraint(condition=Q(lang__in=LANGUAGES), name="feedback_language_known"),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something"),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("received_on")), name="feedback_due_after_received"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                # a comparison with nothing is neither true nor false, and a constraint lets it pass
                | (Q(answered_on__isnull=False, answered_on__gte=F("received_on")) & ~Q(answer="")),
                name="feedback_answer_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["network", "answered_on", "due_on"], name="feedback_waiting")]

    def __str__(self) -> str:
        return self.number

    @property
    def by_mail(self) -> bool:
        """Whether the answer goes by mail; else somebody rings, if there is a number."""
        return "@" in self.contact
