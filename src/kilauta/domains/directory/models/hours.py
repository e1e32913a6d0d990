from django.db import models
from django.db.models import F, Q

from kilauta.domains.directory import choices
from kilauta.domains.territory.models import Network
from kilauta.kit.translations import Translated
from kilauta.lib.hours import HOLIDAYS

from .entries import Place
from .help import Channel


class OpeningRule(models.Model):
    """One row of opening hours of a place, a channel or a network's phone line; read by `kilauta.lib.hours`."""

    source = models.SlugField(max_length=40, default="kilauta")
    external_id = models.SlugField(max_length=80)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.CASCADE, related_name="hours")
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.CASCADE, related_name="hours"
    )
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.CASCADE, related_name="hours"
    )
    weekdays = models.CharField(max_length=7, blank=True)
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=14)
    weeks = models.CharField(max_length=4, default="all")
    nth = models.SmallIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    holiday = models.CharField(max_length=20, blank=True)
    exception = models.BooleanField(default=False)
    note_fi = models.CharField(max_length=120, blank=True)
    note_sv = models.CharField(max_length=120, blank=True)
    note_en = models.CharField(max_length=120, blank=True)
    note = Translated()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="hours_once_per_source"),
            models.CheckConstraint(
                condition=Q(place__isnull=False, channel__isnull=True, network__isnull=True)
                | Q(place__isnull=True, channel__isnull=False, network__isnull=True)
                | Q(place__isnull=True, channel__isnull=True, network__isnull=False),
                name="hours_have_one_owner",
            ),
            models.CheckConstraint(condition=Q(state__in=choices.HOUR_STATES), name="hours_state_known"),
            models.CheckConstraint(condition=Q(weeks__in=choices.WEEKS), name="hours_weeks_known"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False),
                name="hours_have_both_times_or_none",
            ),
            # What `kilauta.lib.hours` would refuse to read must not be stored: one such row would stop every page.
            models.CheckConstraint(
                condition=~Q(state__in=("open", "self-service")) | Q(opens__isnull=False),
                name="open_hours_have_times",
            ),
            models.CheckConstraint(
                condition=Q(nth__isnull=True) | ~Q(weekdays=""), name="hours_nth_has_weekdays"
            ),
            models.CheckConstraint(
                condition=Q(exception=False)
                | ~Q(weeks="all")
                | ~Q(weekdays="")
                | Q(valid_from__isnull=False)
                | Q(valid_to__isnull=False)
                | ~Q(holiday=""),
                name="exceptional_hours_have_days",
            ),
            models.CheckConstraint(
                condition=Q(holiday="") | Q(holiday__in=tuple(HOLIDAYS)), name="hours_holiday_known"
            ),
            models.CheckConstraint(
                condition=Q(nth__isnull=True) | Q(nth=-1) | Q(nth__range=(1, 5)), name="hours_nth_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="hours_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id
