import uuid

from django.db import models
from django.db.models import F, Q

from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person


class CallRoom(models.Model):
    """A room of remote help that a supporter opened for somebody who is on the phone now; open until `ends_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    supporter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="call_rooms")
    room = models.CharField(max_length=43, unique=True)
    # what the supporter reads aloud
    code = models.CharField(max_length=6, unique=True)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("opened_at")), name="call_room_in_order"),
        ]
        indexes = [models.Index(fields=["supporter", "ends_at"], name="call_room_of_supporter")]

    def __str__(self) -> str:
        return str(self.pk)
