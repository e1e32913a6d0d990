from django.db import models

from kilauta.domains.territory.models import Network


class LogSettings(models.Model):
    """What a network has turned on in the log; without a row everything is off."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, primary_key=True, related_name="+")
    # a line in one's own words, erased after 30 days
    has_notes = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.network_id
