from django.db import models
from django.db.models import Q

from kilauta.domains.directory.models import Place
from kilauta.domains.events import choices
from kilauta.domains.territory.models import Network


class Venue(models.Model):
    """How guidance goes on at a place after the first event there: who guides, what was promised, what is needed."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, default="not-asked")
    guides = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    promises = models.CharField(max_length=300, blank=True)
    material = models.CharField(max_length=200, blank=True)
    need = models.CharField(max_length=300, blank=True)
    contribution = models.CharField(max_length=300, blank=True)
    check_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=tuple(choices.VENUE_STATES)), name="venue_state_known"
            ),
            models.UniqueConstraint(fields=["network", "place"], name="venue_once"),
            models.CheckConstraint(
                condition=Q(state="agreed") | Q(agreed_on__isnull=True), name="venue_agreed_when_agreed"
            ),
        ]

    def __str__(self) -> str:
        return self.state
