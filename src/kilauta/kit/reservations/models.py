import uuid

from django.db import models
from django.db.models import F, Q

# a group is what has as many seats as people may come at one time
KINDS = ("person", "room", "device", "line", "group")


class Resource(models.Model):
    """Something that can be in one place only at a time, or in as many as it has seats."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8)
    # the owner's own key: of a person, a place, a device
    key = models.CharField(max_length=64)
    seats = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="resource_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="resource_kind_known"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="resource_has_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Reservation(models.Model):
    """One seat of a resource, for a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="reservations")
    seat = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # whose it is: label.matter:key
    holder = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="reservation_lasts"),
        ]
        indexes = [models.Index(fields=["resource", "starts_at"], name="reservation_of_resource")]

    def __str__(self) -> str:
        return f"{self.holder} {self.starts_at}"


class Tick(models.Model):
    """Five minutes of a seat, held by one reservation: the wall that keeps two from the same time."""

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="ticks")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    seat = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "seat", "at"], name="tick_held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.at}"
