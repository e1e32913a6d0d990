from django.db import models

from kilauta.domains.territory.models import Network


class MonthlyEntry(models.Model):
    """An entry as a network had it at the beginning of a month, kept so that change can be told later.

    `entry` is the id of what it was of, without a foreign key: an entry that is gone stays in the months it was in.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="months")
    month = models.DateField()
    kind = models.CharField(max_length=12)
    entry = models.CharField(max_length=40)
    values = models.JSONField()

    class Meta:
        constraints = [
            # that a month is its first day is the operation's to hold: a check by parts of a date would name a
            # function that only Django's own connections to SQLite have, and no backup could be read without it
            models.UniqueConstraint(fields=["network", "month", "kind", "entry"], name="monthly_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind} {self.entry}"
