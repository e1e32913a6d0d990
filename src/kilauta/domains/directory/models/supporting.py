import uuid

from django.db import models
from django.db.models import F, Q

from kilauta.domains.directory import choices
from kilauta.domains.territory.models import Municipality
from kilauta.kit.accounts.models import Person

from .entries import Organisation
from .vocabulary import Topic


class Supporter(models.Model):
    """What a person helps with, how and where, for one organisation: `[starts_on, ends_on)`.

    No topic named is every topic, no mode every mode, no municipality wherever the organisation's help reaches.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="supports")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="supporters")
    given_by = models.CharField(max_length=10, default="staff")
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)
    modes = models.JSONField(default=list, blank=True)
    area = models.ManyToManyField(Municipality, related_name="+", blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="supporter_once"),
            models.CheckConstraint(
                condition=Q(given_by__in=tuple(choices.SUPPORTER_KINDS)), name="supporter_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="supporter_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
