from django.db import models
from django.db.models import Q


class Turn(models.Model):
    """When a job is next due, who is at it, and how it went the last time."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()
    # Somebody's, until then; later, whoever began it has been killed.
    taken_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    succeeded_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=80, blank=True)  # the class of the last fault; "" when all is well

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """One row: when a worker was last at work."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="heartbeat_is_one_row")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
