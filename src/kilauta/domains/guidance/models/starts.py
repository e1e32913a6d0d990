import uuid

from django.db import models
from django.db.models import Q

from kilauta.domains.guidance import choices
from kilauta.domains.territory.models import Municipality, Network
from kilauta.kit.accounts.models import Person

from .requests import LONGEST_CONTACT, NUMBER_LENGTH

WISH_LONGEST, ANSWER_LONGEST = 800, 2000


class StartRequest(models.Model):
    """A body would like to start guidance at its own venue, and asks the network for help with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=NUMBER_LENGTH, unique=True)
    organisation_name = models.CharField(max_length=120, blank=True)
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    wish = models.TextField(max_length=WISH_LONGEST, blank=True)
    contact = models.CharField(max_length=LONGEST_CONTACT, blank=True)
    lang = models.CharField(max_length=2, default="fi")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")
    answer = models.TextField(max_length=ANSWER_LONGEST, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lang__in=("fi", "sv", "en")), name="start_language_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True, closed_at__isnull=True, outcome="")
                | Q(state="answered", answered_at__isnull=False, closed_at__isnull=True, outcome="")
                | Q(state="closed", closed_at__isnull=False, outcome__in=tuple(choices.START_OUTCOMES)),
                name="start_state_known",
            ),
        ]
        indexes = [models.Index(fields=["network", "made_at"], name="start_of_network")]

    def __str__(self) -> str:
        return self.number

    @property
    def by_mail(self) -> bool:
        return "@" in self.contact
