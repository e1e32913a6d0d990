from django.db import models


class Count(models.Model):
    """How often one thing was done in one window of time."""

    key = models.CharField(max_length=64, unique=True)
    times = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} × {self.times}"
