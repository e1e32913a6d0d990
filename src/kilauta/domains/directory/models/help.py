import uuid

from django.db import models
from django.db.models import F, Q

from kilauta.domains.directory import choices
from kilauta.domains.territory.models import Municipality
from kilauta.kit.translations import Translated

from .entries import Entry, EService, Organisation, Place
from .vocabulary import Audience, Device, Limit, Topic


class Service(Entry):
    """What is helped with. How the help is got stands in its channels."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    name_fi = models.CharField(max_length=100)
    name_sv = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    summary_fi = models.CharField(max_length=150)
    summary_sv = models.CharField(max_length=150, blank=True)
    summary_en = models.CharField(max_length=150, blank=True)
    description_fi = models.TextField(max_length=5000, blank=True)
    description_sv = models.TextField(max_length=5000, blank=True)
    description_en = models.TextField(max_length=5000, blank=True)
    topics = models.ManyToManyField(Topic, related_name="services")
    eservices = models.ManyToManyField(EService, related_name="services", blank=True)
    devices = models.ManyToManyField(Device, related_name="services", blank=True)
    audiences_only = models.ManyToManyField(Audience, related_name="only_services", blank=True)
    audiences_also = models.ManyToManyField(Audience, related_name="also_services", blank=True)
    limits = models.ManyToManyField(Limit, related_name="services", blank=True)
    depth = models.CharField(max_length=10)
    fee = models.CharField(max_length=12)
    fee_note_fi = models.CharField(max_length=150, blank=True)
    fee_note_sv = models.CharField(max_length=150, blank=True)
    fee_note_en = models.CharField(max_length=150, blank=True)
    bring_fi = models.CharField(max_length=300, blank=True)
    bring_sv = models.CharField(max_length=300, blank=True)
    bring_en = models.CharField(max_length=300, blank=True)
    # People, hours, rooms and equipment at hand: for planning within the network, never public.
    resources = models.TextField(max_length=1000, blank=True)
    name = Translated()
    summary = Translated()
    description = Translated()
    fee_note = Translated()
    bring = Translated()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(depth__in=choices.codes("depth")), name="service_depth_known"),
            models.CheckConstraint(condition=Q(fee__in=choices.codes("fee")), name="service_fee_known"),
        ]

    def __str__(self) -> str:
        return self.name_fi


class ServiceLanguage(models.Model):
    """A language the help is given in, and when ("by agreement", "on Tuesdays")."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=5)
    note_fi = models.CharField(max_length=100, blank=True)
    note_sv = models.CharField(max_length=100, blank=True)
    note_en = models.CharField(max_length=100, blank=True)
    note = Translated()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "language"], name="service_language_once"),
            models.CheckConstraint(
                condition=Q(language__in=choices.codes("language")), name="service_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.language


class ServiceRole(models.Model):
    """Another organisation's part in a service: responsible, producer, funder, owner of the venue."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="service_roles")
    role = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "organisation", "role"], name="service_role_once"),
            models.CheckConstraint(
                condition=Q(role__in=choices.codes("service_role")), name="service_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.role


class Channel(models.Model):
    """One way to get one service."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.SlugField(max_length=40, default="kilauta")
    external_id = models.SlugField(max_length=60)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="channels")
    mode = models.CharField(max_length=14)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="channels")
    phone = models.CharField(max_length=24, blank=True)
    phone_charge = models.CharField(max_length=8, blank=True)
    email = models.EmailField(blank=True)
    url = models.URLField(max_length=300, blank=True)
    booking_url = models.URLField(max_length=300, blank=True)
    # Where it reaches: everywhere, the municipalities named, or (none named) the place's own municipality.
    everywhere = models.BooleanField(default=False)
    area = models.ManyToManyField(Municipality, related_name="channels", blank=True)
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    given_by = models.CharField(max_length=10, default="staff")
    intake = models.CharField(max_length=5, default="open")
    full_until = models.DateField(null=True, blank=True)
    hours_of_place = models.BooleanField(default=False)
    note_fi = models.CharField(max_length=200, blank=True)
    note_sv = models.CharField(max_length=200, blank=True)
    note_en = models.CharField(max_length=200, blank=True)
    closed_from = models.DateField(null=True, blank=True)
    closed_until = models.DateField(null=True, blank=True)
    closed_note_fi = models.CharField(max_length=200, blank=True)
    closed_note_sv = models.CharField(max_length=200, blank=True)
    closed_note_en = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default="draft")
    changed_at = models.DateTimeField()
    note = Translated()
    closed_note = Translated()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "external_id"], name="channel_once_per_source"),
            models.CheckConstraint(condition=Q(mode__in=choices.codes("mode")), name="channel_mode_known"),
            models.CheckConstraint(condition=Q(state__in=choices.STATES), name="channel_state_known"),
            models.CheckConstraint(
                condition=Q(given_by__in=choices.codes("given_by")), name="channel_given_by_known"
            ),
            models.CheckConstraint(
                condition=Q(intake__in=choices.codes("intake")), name="channel_intake_known"
            ),
            models.CheckConstraint(
                condition=~Q(mode__in=choices.PLACE_MODES) | Q(place__isnull=False),
                name="visit_needs_a_place",
            ),
            models.CheckConstraint(
                condition=Q(mode__in=choices.PLACE_MODES)
                | ~Q(phone="")
                | (~Q(mode="phone") & (~Q(url="") | ~Q(booking_url=""))),
                name="channel_can_be_reached",
            ),
            models.CheckConstraint(
                condition=Q(hours_of_place=False) | Q(place__isnull=False),
                name="hours_of_place_needs_a_place",
            ),
            models.CheckConstraint(
                condition=Q(closed_until__isnull=True)
                | (Q(closed_from__isnull=False) & Q(closed_until__gte=F("closed_from"))),
                name="closed_until_follows_closed_from",
            ),
            models.CheckConstraint(
                condition=Q(full_until__isnull=True) | Q(intake="full"), name="full_until_only_when_full"
            ),
        ]

    def __str__(self) -> str:
        return self.external_id


class RoutingRule(models.Model):
    """Who is rung first about a topic, who next, and who must never be the answer."""

    id = models.SlugField(max_length=60, primary_key=True)
    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="rule")
    prefer = models.CharField(max_length=16)
    fallback = models.CharField(max_length=16, blank=True)
    forbidden_kinds = models.JSONField(default=list, blank=True)
    forbidden_limits = models.ManyToManyField(Limit, related_name="rules", blank=True)
    reason_fi = models.CharField(max_length=200, blank=True)
    reason_sv = models.CharField(max_length=200, blank=True)
    reason_en = models.CharField(max_length=200, blank=True)
    say_fi = models.CharField(max_length=200, blank=True)
    say_sv = models.CharField(max_length=200, blank=True)
    say_en = models.CharField(max_length=200, blank=True)
    bring_fi = models.CharField(max_length=200, blank=True)
    bring_sv = models.CharField(max_length=200, blank=True)
    bring_en = models.CharField(max_length=200, blank=True)
    warn_fi = models.CharField(max_length=200, blank=True)
    warn_sv = models.CharField(max_length=200, blank=True)
    warn_en = models.CharField(max_length=200, blank=True)
    reason = Translated()
    say = Translated()
    bring = Translated()
    warn = Translated()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(prefer__in=choices.ROUTES), name="rule_prefers_a_known_route"),
            models.CheckConstraint(
                condition=Q(fallback="") | Q(fallback__in=choices.ROUTES),
                name="rule_falls_back_on_a_known_route",
            ),
        ]

    def __str__(self) -> str:
        return self.id
