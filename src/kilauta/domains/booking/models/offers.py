import uuid

from django.db import models
from django.db.models import F, Q

from kilauta.domains.booking import choices
from kilauta.domains.directory.models import Channel, Organisation, Place
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.reservations.models import Resource


class Offer(models.Model):
    """What can be booked: one way to get help from one supporter, in slots of one length.

    Times are minutes. A slot is kept free of other slots of the supporter for `before` minutes before it and `after`
    minutes after it: the way from one village hall to the next. It can be booked from `horizon` days ahead until
    `notice` minutes before it begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="offers")
    supporter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offers")
    # where it is held; null: remote, by phone, or at home
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="offers")
    # rooms, devices, lines that are held with every slot, beside the supporter
    resources = models.ManyToManyField(Resource, related_name="+", blank=True)
    minutes = models.PositiveSmallIntegerField(default=30)
    before = models.PositiveSmallIntegerField(default=0)
    after = models.PositiveSmallIntegerField(default=0)
    notice = models.PositiveIntegerField(default=120)
    horizon = models.PositiveSmallIntegerField(default=42)
    # how many bookings one slot takes: more than one is a small group
    capacity = models.PositiveSmallIntegerField(default=1)
    # a booking is an asking until the supporter has said yes: home visits
    needs_yes = models.BooleanField(default=False)
    closed_on_holidays = models.BooleanField(default=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "supporter", "place"], name="offer_once"),
            models.UniqueConstraint(
                fields=["channel", "supporter"],
                condition=Q(place__isnull=True),
                name="offer_without_place_once",
            ),
            models.CheckConstraint(condition=Q(minutes__range=(5, 480)), name="offer_lasts"),
            models.CheckConstraint(condition=Q(before__lte=240, after__lte=240), name="offer_way_is_short"),
            models.CheckConstraint(condition=Q(capacity__range=(1, 50)), name="offer_has_room"),
            models.CheckConstraint(condition=Q(horizon__range=(1, 366)), name="offer_horizon"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.supporter}"


class Pattern(models.Model):
    """Times of a week on which an offer can be booked, in minutes from midnight on the wall: `[opens, closes)`."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="patterns")
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()
    weeks = models.CharField(max_length=4, default="all")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="pattern_weekday"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens"), closes__lte=1440), name="pattern_of_one_day"
            ),
            models.CheckConstraint(condition=Q(weeks__in=tuple(choices.WEEKS)), name="pattern_weeks_known"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"


class DayException(models.Model):
    """One day of an offer that is not as the week says: closed, or open at other times as well."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="exceptions")
    on = models.DateField()
    # both null: closed all day; else these times take the place of the week's
    opens = models.PositiveSmallIntegerField(null=True, blank=True)
    closes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "on", "opens"], name="exception_once"),
            models.UniqueConstraint(
                fields=["offer", "on"], condition=Q(opens__isnull=True), name="closed_day_once"
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens"), closes__lte=1440),
                name="exception_closed_or_of_one_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.on)


class OutsideCalendar(models.Model):
    """An address of a supporter's other calendar, from which busy times come in."""

    supporter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="outside_calendars")
    # whoever has it can read the calendar: shown to its owner only
    address = models.URLField(max_length=500)
    fetched_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supporter", "address"], name="outside_calendar_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Busy(models.Model):
    """A time at which a supporter is elsewhere, as an outside calendar says: nothing but when."""

    calendar = models.ForeignKey(OutsideCalendar, on_delete=models.CASCADE, related_name="times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_lasts"),
        ]
        indexes = [models.Index(fields=["calendar", "starts_at"], name="busy_of_calendar")]

    def __str__(self) -> str:
        return str(self.starts_at)


class FeedAddress(models.Model):
    """The secret address of a supporter's own calendar feed; a new one puts an end to the old."""

    supporter = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="feed_address")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)
