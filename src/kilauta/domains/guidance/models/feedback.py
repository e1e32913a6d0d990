from django.db import models

from kilauta.domains.directory.models import Organisation, Place, Service
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.questions.models import Response


class FeedbackFile(models.Model):
    """Feedback that another system gathered: where it comes from, and of which day it is."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60)
    dated_on = models.DateField()
    # of its content: the same file is brought in once
    fingerprint = models.CharField(max_length=64)
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "fingerprint"], name="feedback_file_once"),
            models.CheckConstraint(condition=~models.Q(source=""), name="feedback_file_has_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.dated_on}"


class HelpFeedback(models.Model):
    """What one person said of the help they got: of a service, at a place, or of help in general."""

    response = models.OneToOneField(
        Response, primary_key=True, on_delete=models.CASCADE, related_name="feedback"
    )
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    # who gave the help, where that is known
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(
        FeedbackFile, null=True, blank=True, on_delete=models.PROTECT, related_name="feedback"
    )
    # counted in the figures of the network, and in those of the organisation: five and more become so at once
    told_in_network = models.BooleanField(default=False)
    told_in_body = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(service__isnull=True) | models.Q(organisation__isnull=False),
                name="feedback_service_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
