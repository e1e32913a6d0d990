import uuid

from django.db import models


class Edition(models.Model):
    """One row: the stamp of all public data. A random stamp, so that a rolled-back one never returns."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="edition_is_one_row")]

    def __str__(self) -> str:
        return str(self.stamp)
