from django.db import models
from django.db.models import Q

from kilauta.domains.directory.models import Organisation
from kilauta.domains.events import choices
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.translations import Translated

from .events import Event


class Outlet(models.Model):
    """Where a network tells of its events: a paper, a notice board, a page. One that is retired is used no more."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    name_fi = models.CharField(max_length=80)
    name_sv = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    # so many days before the event it must be done
    days_before = models.PositiveSmallIntegerField(default=14)
    # letters that fit; no limit: none
    letters = models.PositiveSmallIntegerField(null=True, blank=True)
    # stands in every event's checklist from the start
    is_usual = models.BooleanField(default=True)
    retired_on = models.DateField(null=True, blank=True)
    name = Translated()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=tuple(choices.OUTLET_KINDS)), name="outlet_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name_fi=""), name="outlet_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name_fi


class Notice(models.Model):
    """One event's telling in one outlet: whose task it is, by when, and when it was done, for how many cents."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notices")
    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="notices")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    cents = models.PositiveIntegerField(null=True, blank=True)
    # the event was changed after it was told here
    is_outdated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "outlet"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(is_outdated=False) | Q(done_on__isnull=False), name="notice_outdated_when_done"
            ),
        ]
        indexes = [models.Index(fields=["due_on", "done_on"], name="notice_due")]

    def __str__(self) -> str:
        return str(self.due_on)


class Delivery(models.Model):
    """Printed leaflets taken somewhere: how many, where, when."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    what = models.CharField(max_length=80)
    where = models.CharField(max_length=120)
    on = models.DateField()
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="delivery_of_something"),
            models.CheckConstraint(condition=~Q(where=""), name="delivery_is_somewhere"),
        ]
        indexes = [models.Index(fields=["network", "on"], name="delivery_of_network")]

    def __str__(self) -> str:
        return f"{self.number} {self.where}"
