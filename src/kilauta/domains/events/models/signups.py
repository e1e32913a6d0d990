import uuid

from django.db import models
from django.db.models import Q

from kilauta.domains.directory.models import HowFound
from kilauta.domains.events import choices
from kilauta.kit.accounts.models import Person
from kilauta.lib.words import LANGUAGES

from .events import Event, Occurrence

GROUP_MOST = 10


class Signup(models.Model):
    """Somebody, or a few together, who want to come to one time of an event, or to all of them.

    Of its link and its code (`queries.secrets`) only a hash of the link is kept: both are made from the key and the
    secret of the installation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=8, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="signups")
    # none: all times of the event
    occurrence = models.ForeignKey(
        Occurrence, null=True, blank=True, on_delete=models.CASCADE, related_name="signups"
    )
    # the order of coming, of each event
    turn = models.PositiveIntegerField()
    persons = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10)
    # what the person wants to be called; a nickname will do
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    email = models.EmailField(blank=True)
    lang = models.CharField(max_length=2, default="fi")
    for_other = models.BooleanField(default=False)
    how_found = models.ForeignKey(HowFound, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=8, default="resident")
    made_at = models.DateTimeField()
    # when the last time it is for is over: its names go 30 days later
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=tuple(choices.SIGNUP_STATES)), name="signup_state_known"
            ),
            models.CheckConstraint(condition=Q(made_by__in=tuple(choices.MAKERS)), name="signup_maker_known"),
            models.CheckConstraint(condition=Q(persons__range=(1, GROUP_MOST)), name="signup_is_for_a_few"),
            models.CheckConstraint(condition=Q(lang__in=LANGUAGES), name="signup_language_known"),
            models.UniqueConstraint(fields=["event", "turn"], name="signup_turn_once"),
        ]
        indexes = [models.Index(fields=["occurrence", "state", "turn"], name="signup_line")]

    def __str__(self) -> str:
        return self.number


class Seat(models.Model):
    """One seat of one time (or of all times) of an event: the wall that keeps two from the same one."""

    signup = models.ForeignKey(Signup, on_delete=models.CASCADE, related_name="seats")
    # of the time, or of the event where one sign-up is for all times
    of = models.UUIDField()
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="seat_taken_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_counts_from_one"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Call(models.Model):
    """Somebody who must be rung about a time: no message reaches them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signup = models.ForeignKey(Signup, on_delete=models.CASCADE, related_name="calls")
    why = models.CharField(max_length=9)
    made_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, blank=True)
    rung_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(why__in=tuple(choices.CALLS)), name="event_call_reason_known"),
            models.UniqueConstraint(
                fields=["signup"], condition=Q(rung_at__isnull=True), name="event_call_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return self.why
