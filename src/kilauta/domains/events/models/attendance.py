import uuid

from django.db import models
from django.db.models import Q

from kilauta.domains.directory.models import Audience, HowFound
from kilauta.domains.events import choices
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.kit.accounts.models import Person

from .events import Occurrence
from .signups import Signup


class Arrival(models.Model):
    """Somebody who came, or some who were counted together. Its key is made where it was ticked: it comes once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="arrivals")
    signup = models.ForeignKey(
        Signup, null=True, blank=True, on_delete=models.SET_NULL, related_name="arrivals"
    )
    persons = models.PositiveSmallIntegerField(default=1)
    role = models.CharField(max_length=9, default="resident")
    mode = models.CharField(max_length=4, default="here")
    # asked, and told: else empty
    age = models.CharField(max_length=5, blank=True)
    audience = models.ForeignKey(Audience, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    how_found = models.ForeignKey(HowFound, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(persons__gte=1), name="arrival_of_somebody"),
            models.CheckConstraint(condition=Q(role__in=tuple(choices.ROLES)), name="arrival_role_known"),
            models.CheckConstraint(condition=Q(mode__in=tuple(choices.MODES)), name="arrival_mode_known"),
            models.CheckConstraint(condition=Q(age__in=("", *choices.AGES)), name="arrival_age_known"),
            # who signed up comes once to each time
            models.UniqueConstraint(
                fields=["occurrence", "signup"], condition=Q(undone_at__isnull=True), name="arrival_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.mode} {self.persons}"


class Ticket(models.Model):
    """A number in the queue of one time, as it stands on the paper that was handed out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="tickets")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, default="waiting")
    came_at = models.DateTimeField()
    # a booked time: whoever has one is called from then on as if they had come then; others when they came
    due_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # made where the call was pressed, so that it comes once
    call_key = models.UUIDField(null=True, blank=True, unique=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    skipped = models.CharField(max_length=9, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "number"], name="ticket_once"),
            models.CheckConstraint(
                condition=Q(state__in=tuple(choices.TICKET_STATES)), name="ticket_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="skipped", skipped__in=tuple(choices.SKIPPED))
                | Q(state__in=("waiting", "called", "served"), skipped=""),
                name="ticket_skipped_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "skipped")) | Q(called_at__isnull=False),
                name="ticket_called_before_helped",
            ),
        ]
        indexes = [models.Index(fields=["occurrence", "state", "due_at"], name="ticket_line")]

    def __str__(self) -> str:
        return str(self.number)


class Press(models.Model):
    """Something pressed on the day that leaves no row of its own: by its key it is done once, however often sent."""

    id = models.UUIDField(primary_key=True, editable=False)
    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="presses")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class OccurrenceSession(models.Model):
    """A guidance session that was held at an event: its person is counted among those who came, not once more."""

    session = models.OneToOneField(
        GuidanceSession, primary_key=True, on_delete=models.CASCADE, related_name="at_event"
    )
    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="sessions")

    def __str__(self) -> str:
        return str(self.session_id)
