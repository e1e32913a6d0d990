import uuid

from django.db import models
from django.db.models import F, Q

from kilauta.domains.directory.models import Audience, Device, Organisation, Place, Topic
from kilauta.domains.events import choices
from kilauta.domains.territory.models import Municipality, Network
from kilauta.kit.translations import Translated

SUMMARY_LONGEST = 160


class Event(models.Model):
    """A gathering as it is told of: what, where, by whom and for whom. Its times are its occurrences."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # in its address; for life
    short_id = models.CharField(max_length=12, unique=True)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    organised = models.CharField(max_length=6, default="own")
    state = models.CharField(max_length=10, default="draft")
    name_fi = models.CharField(max_length=80)
    name_sv = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    summary_fi = models.CharField(max_length=SUMMARY_LONGEST, blank=True)
    summary_sv = models.CharField(max_length=SUMMARY_LONGEST, blank=True)
    summary_en = models.CharField(max_length=SUMMARY_LONGEST, blank=True)
    text_fi = models.TextField(max_length=3000, blank=True)
    text_sv = models.TextField(max_length=3000, blank=True)
    text_en = models.TextField(max_length=3000, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # where no place of the directory is: a shop, a market square
    where = models.CharField(max_length=120, blank=True)
    # of the place, or of where it is
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    remote_url = models.URLField(max_length=300, blank=True)
    # in words: "5 €"; free of charge: empty
    fee = models.CharField(max_length=60, blank=True)
    bring = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    email = models.EmailField(blank=True)
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)
    audiences = models.ManyToManyField(Audience, related_name="+", blank=True)
    devices = models.ManyToManyField(Device, related_name="+", blank=True)
    # seats of each time; none: nobody signs up
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    waiting_places = models.PositiveSmallIntegerField(default=0)
    # one sign-up is for all times
    is_whole = models.BooleanField(default=False)
    guides_needed = models.PositiveSmallIntegerField(null=True, blank=True)
    # digital support is on view here, though the event is about something else
    on_view = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    name = Translated()
    summary = Translated()
    text = Translated()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(choices.KINDS)), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(organised__in=tuple(choices.ORGANISED)), name="event_organised_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=tuple(choices.EVENT_STATES)), name="event_state_known"
            ),
            models.CheckConstraint(condition=~Q(name_fi=""), name="event_has_a_name"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(place__isnull=False) | ~Q(where="") | ~Q(remote_url=""),
                name="event_is_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True, waiting_places=0)
                # a comparison with nothing is neither true nor false, and a constraint lets it pass
                | Q(capacity__isnull=False, capacity__gte=1),
                name="event_waiting_is_for_seats",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "state", "changed_at"], name="event_of_network"),
        ]

    def __str__(self) -> str:
        return self.name_fi


class Part(models.Model):
    """An organisation's part in an event: it organises, takes part, or is there; and what it pays, in cents."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10)
    cents = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part__in=tuple(choices.PARTS)), name="part_known"),
            models.UniqueConstraint(fields=["event", "organisation", "part"], name="part_once"),
        ]

    def __str__(self) -> str:
        return self.part


class Occurrence(models.Model):
    """One time of an event, `[starts_at, ends_at)`; of whole days from midnight to midnight in Finland.

    After it, how many came: none is known until it is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="occurrences")
    # the event's, once more: what comes next is found without a look at ten thousand events
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_shown = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    all_day = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="planned")
    # when it was before it was moved: printed leaflets still say so
    was_at = models.DateTimeField(null=True, blank=True)
    # elsewhere than the others
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # of its calendar entry: rises with every change that matters
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_as = models.CharField(max_length=8, blank=True)
    # who counted at the door counted those who had signed up as well
    counted_all = models.BooleanField(default=False)
    residents_here = models.PositiveSmallIntegerField(null=True, blank=True)
    residents_afar = models.PositiveSmallIntegerField(null=True, blank=True)
    supporters_here = models.PositiveSmallIntegerField(null=True, blank=True)
    supporters_afar = models.PositiveSmallIntegerField(null=True, blank=True)
    # somebody waited longer than `logic.queue.LONG`, or whoever closed it said so
    had_queue = models.BooleanField(null=True, blank=True)
    handouts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="occurrence_lasts"),
            models.CheckConstraint(
                condition=Q(state__in=tuple(choices.OCCURRENCE_STATES)), name="occurrence_state_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_as="", closed_at__isnull=True)
                | Q(closed_as__in=tuple(choices.CLOSED_AS), closed_at__isnull=False),
                name="occurrence_closed_as_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    closed_as="counted",
                    residents_here__isnull=False,
                    residents_afar__isnull=False,
                    supporters_here__isnull=False,
                    supporters_afar__isnull=False,
                )
                | Q(
                    closed_as__in=("", "unknown"),
                    residents_here__isnull=True,
                    residents_afar__isnull=True,
                    supporters_here__isnull=True,
                    supporters_afar__isnull=True,
                ),
                name="occurrence_counted_has_numbers",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "starts_at", "id"], name="occurrence_shown"),
            models.Index(fields=["ends_at"], name="occurrence_ends"),
            models.Index(fields=["event", "starts_at"], name="occurrence_of_event"),
        ]

    def __str__(self) -> str:
        return str(self.starts_at)
