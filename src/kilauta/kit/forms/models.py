from django.db import models


class SentForm(models.Model):
    """A form that has had its effect: the hash of its key, the hash of what it said, and where its result is."""

    key = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64)
    address = models.CharField(max_length=300)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:8]
