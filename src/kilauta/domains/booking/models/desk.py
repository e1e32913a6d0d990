import uuid

from django.db import models
from django.db.models import Q

from kilauta.domains.booking import choices
from kilauta.domains.directory.models import Place
from kilauta.kit.accounts.models import Person
from kilauta.kit.reservations.models import Resource

from .bookings import Booking, Opening
from .offers import Offer


class Facility(models.Model):
    """A room or a device of a place, by a name of its own; one that has ended is reserved no more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.OneToOneField(Resource, on_delete=models.PROTECT, related_name="facility")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="facilities")
    name = models.CharField(max_length=60)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="facility_once")]

    def __str__(self) -> str:
        return self.name


class Call(models.Model):
    """Somebody who must be rung about a booking or a freed time: no message reaches them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="calls")
    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.CASCADE, related_name="calls"
    )
    opening = models.OneToOneField(
        Opening, null=True, blank=True, on_delete=models.CASCADE, related_name="call"
    )
    why = models.CharField(max_length=9)
    # when it was before: what the person still believes
    was_at = models.DateTimeField()
    made_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, blank=True)
    rung_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(why__in=tuple(choices.CALLS)), name="call_reason_known"),
            models.CheckConstraint(
                condition=Q(booking__isnull=False, opening__isnull=True)
                | Q(booking__isnull=True, opening__isnull=False),
                name="call_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["booking"], condition=Q(rung_at__isnull=True), name="call_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.was_at}"
