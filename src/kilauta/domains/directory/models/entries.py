import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from kilauta.domains.directory import choices
from kilauta.domains.territory.models import Locality, Municipality, Network, inside_finland
from kilauta.kit.translations import Translated
from kilauta.lib.geo import Point

from .vocabulary import Topic

BUSINESS_ID = RegexValidator(r"^\d{7}-\d$", "A business ID looks like 1234567-8.")


class Entry(models.Model):
    """What every public thing of the directory has: where it came from, its address, its state."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.SlugField(max_length=40, default="kilauta")
    external_id = models.SlugField(max_length=60)
    short_id = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, default="draft")
    steward = models.ForeignKey(Network, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    # The same thing, found twice: this entry is kept for its keys, and its address leads to the other one.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | (Q(state="withdrawn") & ~Q(merged_into=F("id"))),
                name="%(class)s_merged_is_withdrawn",
            ),
            models.UniqueConstraint(fields=["source", "external_id"], name="%(class)s_once_per_source"),
            models.CheckConstraint(condition=Q(state__in=choices.STATES), name="%(class)s_state_known"),
        ]


class Organisation(Entry):
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(max_length=24)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    former_name = models.CharField(max_length=120, blank=True)
    business_id = models.CharField(max_length=9, blank=True, validators=[BUSINESS_ID])
    website = models.URLField(max_length=300, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    email = models.EmailField(blank=True)
    duty_by_law = models.BooleanField(default=False)
    started_on = models.DateField(null=True, blank=True)
    # What its editors change is public at once, also where somebody has made sure of it.
    trusted = models.BooleanField(default=False)
    summary_fi = models.CharField(max_length=150, blank=True)
    summary_sv = models.CharField(max_length=150, blank=True)
    summary_en = models.CharField(max_length=150, blank=True)
    name = Translated()
    summary = Translated()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organisation_is_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(kind__in=choices.codes("organisation_kind")), name="organisation_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name_fi


class OrganisationIdentifier(models.Model):
    """The same organisation in another register: PTV, a database of associations."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    source = models.SlugField(max_length=40)
    value = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "value"], name="identifier_names_one_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.source}={self.value}"


class OrganisationRole(models.Model):
    """What an organisation is in a network: coordinator, member, supplier."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=24)
    since = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "role"], name="organisation_role_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=choices.codes("organisation_role")), name="organisation_role_known"
            ),
        ]

    def __str__(self) -> str:
        return self.role


class Place(Entry):
    kind = models.CharField(max_length=24)
    host = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="places"
    )
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(
        max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$", "A postal code has five digits.")]
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="places")
    locality = models.ForeignKey(
        Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="places"
    )
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    # Codes of the list `access`: what there is, what there is not; a fact in neither is not known.
    access_yes = models.JSONField(default=list, blank=True)
    access_no = models.JSONField(default=list, blank=True)
    connection = models.CharField(max_length=10, default="unknown")
    directions_fi = models.CharField(max_length=300, blank=True)
    directions_sv = models.CharField(max_length=300, blank=True)
    directions_en = models.CharField(max_length=300, blank=True)
    name = Translated()
    directions = Translated()

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            inside_finland("place_in_finland"),
            models.CheckConstraint(
                condition=Q(kind__in=choices.codes("place_kind")), name="place_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(connection__in=choices.codes("connection")), name="place_connection_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name_fi

    @property
    def point(self) -> Point | None:
        return Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None


class EService(Entry):
    """An electronic service people use; its owner advises on it."""

    name_fi = models.CharField(max_length=100)
    name_sv = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="eservices")
    url = models.URLField(max_length=300, blank=True)
    topics = models.ManyToManyField(Topic, related_name="eservices")
    words_fi = models.CharField(max_length=300, blank=True)
    words_sv = models.CharField(max_length=300, blank=True)
    words_en = models.CharField(max_length=300, blank=True)
    description_fi = models.CharField(max_length=600, blank=True)
    description_sv = models.CharField(max_length=600, blank=True)
    description_en = models.CharField(max_length=600, blank=True)
    name = Translated()
    words = Translated()
    description = Translated()

    class Meta(Entry.Meta):
        constraints = [*Entry.Meta.constraints]

    def __str__(self) -> str:
        return self.name_fi


class ExternalLink(models.Model):
    """A link from an organisation or a service to somewhere else."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="links"
    )
    service = models.ForeignKey(
        "directory.Service", null=True, blank=True, on_delete=models.CASCADE, related_name="links"
    )
    kind = models.CharField(max_length=10)
    url = models.URLField(max_length=300)
    label_fi = models.CharField(max_length=100, blank=True)
    label_sv = models.CharField(max_length=100, blank=True)
    label_en = models.CharField(max_length=100, blank=True)
    label = Translated()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(service__isnull=True), name="link_has_one_thing"
            ),
            models.CheckConstraint(condition=Q(kind__in=choices.LINK_KINDS), name="link_kind_known"),
            *(
                models.UniqueConstraint(
                    fields=[thing, "kind", "url"],
                    condition=Q(**{f"{thing}__isnull": False}),
                    name=f"{thing}_linked_once",
                )
                for thing in ("organisation", "service")
            ),
        ]

    def __str__(self) -> str:
        return self.url
