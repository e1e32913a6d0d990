from django.db import models

from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person

from .help import Service

NOTE_LONGEST = 300


class StaffNote(models.Model):
    """What those who help in a network tell each other about a service; the public never sees it."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="staff_notes")
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=NOTE_LONGEST)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="staff_note_says_something")]
        indexes = [models.Index(fields=["service", "network", "written_at"], name="staff_note_of_service")]

    def __str__(self) -> str:
        return self.text


class Follow(models.Model):
    """Somebody wants to hear when a service changes. What changed before `told_at` has been told."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "network", "service"], name="service_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.service}"
