import uuid

from django.db import models
from django.db.models import F, Q

from kilauta.domains.booking import choices
from kilauta.domains.directory.models import Topic
from kilauta.domains.guidance.models import GuidanceSession
from kilauta.domains.territory.models import Municipality, Network
from kilauta.kit.accounts.models import Person
from kilauta.lib.words import LANGUAGES

from .offers import Offer


class Contact(models.Model):
    """How somebody without an account is reached, if at all: a phone, an address of mail, or neither."""

    # what the person wants to be called; a nickname will do
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    email = models.EmailField(blank=True)
    lang = models.CharField(max_length=2, default="fi")
    for_other = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(lang__in=LANGUAGES), name="%(class)s_language_known")
        ]


class Booking(Contact):
    """A slot that is somebody's.

    Of its link and its code (`queries.secrets`) only a hash of the link is kept: both are made from the key and the
    secret of the installation.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # what is read aloud and stands on the slip
    number = models.CharField(max_length=8, unique=True)
    # whoever has the link, or the code together with the number, may move or cancel it
    token_hash = models.CharField(max_length=64, unique=True)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="bookings")
    supporter = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="booked")
    made_by = models.CharField(max_length=10, default="resident")
    made_at = models.DateTimeField()
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # where to come on a home visit
    address = models.CharField(max_length=160, blank=True)
    # bookings of one series share it
    series = models.UUIDField(null=True, blank=True, db_index=True)
    # of its calendar entry: rises with every change that matters
    sequence = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, blank=True)
    # the room of a remote meeting, and the code that is read aloud; both stop working after the meeting
    room = models.CharField(max_length=43, blank=True)
    room_code = models.CharField(max_length=6, blank=True)
    session = models.OneToOneField(
        GuidanceSession, null=True, blank=True, on_delete=models.SET_NULL, related_name="booking"
    )

    class Meta(Contact.Meta):
        constraints = [
            *Contact.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_lasts"),
            models.CheckConstraint(
                condition=Q(state__in=tuple(choices.BOOKING_STATES)), name="booking_state_known"
            ),
            models.CheckConstraint(
                condition=Q(made_by__in=tuple(choices.MAKERS)), name="booking_maker_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    cancelled_by="", state__in=[s for s in choices.BOOKING_STATES if s != "cancelled"]
                )
                | Q(cancelled_by__in=tuple(choices.CANCELLERS), state="cancelled"),
                name="booking_cancelled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(state="kept"), name="booking_kept_makes_a_session"
            ),
            models.UniqueConstraint(fields=["room_code"], condition=~Q(room_code=""), name="room_code_once"),
        ]
        indexes = [
            models.Index(fields=["supporter", "starts_at"], name="booking_of_supporter"),
            models.Index(fields=["offer", "starts_at"], name="booking_of_offer"),
            models.Index(fields=["phone", "state"], name="booking_of_phone"),
        ]

    def __str__(self) -> str:
        return self.number


class Waiting(Contact):
    """A place in line for a time that may come free at one offer's channel, in order of coming."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=8, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey("directory.Channel", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField(max_length=160, blank=True)
    # days that would do: `[from_on, until_on]`
    from_on = models.DateField()
    until_on = models.DateField()
    came_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Contact.Meta):
        constraints = [
            *Contact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=tuple(choices.WAITING_STATES)), name="waiting_state_known"
            ),
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="waiting_days_in_order"),
        ]
        indexes = [models.Index(fields=["channel", "state", "came_at"], name="waiting_line")]

    def __str__(self) -> str:
        return self.number


class Opening(models.Model):
    """A freed time offered to one who waits; until it is answered or lapses it counts as booked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    waiting = models.ForeignKey(Waiting, on_delete=models.CASCADE, related_name="openings")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="openings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    offered_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="offered")
    booking = models.OneToOneField(
        Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="opening"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=tuple(choices.OPENING_STATES)), name="opening_state_known"
            ),
            models.UniqueConstraint(fields=["waiting", "offer", "starts_at"], name="opening_offered_once"),
            models.UniqueConstraint(
                fields=["waiting"], condition=Q(state="offered"), name="opening_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.starts_at)
