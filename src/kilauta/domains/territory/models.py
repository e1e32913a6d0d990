from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from kilauta.kit.translations import Translated
from kilauta.lib.geo import FINLAND_LAT, FINLAND_LON, Point


def inside_finland(name: str) -> models.CheckConstraint:
    """Hold `lat` and `lon` together and inside Finland."""
    # a comparison with nothing is neither true nor false, and a constraint lets it pass: hence the first two
    inside = Q(lat__isnull=False, lon__isnull=False, lat__range=FINLAND_LAT, lon__range=FINLAND_LON)
    return models.CheckConstraint(
        condition=inside | (Q(lat__isnull=True) & Q(lon__isnull=True)),
        name=name,
        violation_error_message="Coordinates must lie in Finland.",
    )


class Region(models.Model):
    code = models.CharField(max_length=2, primary_key=True)
    name_fi = models.CharField(max_length=60)
    name_sv = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    name = Translated()

    def __str__(self) -> str:
        return self.name_fi


class Municipality(models.Model):
    code = models.CharField(max_length=3, primary_key=True)
    name_fi = models.CharField(max_length=60)
    name_sv = models.CharField(max_length=60)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    languages = models.CharField(max_length=20)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    ended_on = models.DateField(null=True, blank=True)
    name = Translated()

    class Meta:
        constraints = [
            inside_finland("municipality_in_finland"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(successor__isnull=False),
                name="ended_municipality_has_successor",
            ),
            models.CheckConstraint(condition=~Q(successor=F("code")), name="municipality_succeeds_another"),
        ]

    def __str__(self) -> str:
        return self.name_fi

    @property
    def point(self) -> Point | None:
        return Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None


class Border(models.Model):
    """Where a municipality ends: rings of [latitude, longitude], brought in from a file of an office."""

    municipality = models.OneToOneField(
        Municipality, primary_key=True, on_delete=models.CASCADE, related_name="border"
    )
    rings = models.JSONField()

    def __str__(self) -> str:
        return str(self.municipality_id)

    @property
    def area(self) -> list[list[Point]]:
        return [[Point(lat, lon) for lat, lon in ring] for ring in self.rings]


class Locality(models.Model):
    """A village or part of a town, with the point people mean by its name."""

    id = models.CharField(max_length=60, primary_key=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="localities")
    name_fi = models.CharField(max_length=80)
    name_sv = models.CharField(max_length=80, blank=True)
    lat = models.FloatField()
    lon = models.FloatField()
    name = Translated()

    class Meta:
        constraints = [inside_finland("locality_in_finland")]

    def __str__(self) -> str:
        return self.name_fi

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)


class Network(models.Model):
    id = models.SlugField(max_length=60, primary_key=True)
    host = models.CharField(max_length=120, unique=True, null=True, blank=True)
    is_default = models.BooleanField(default=False)
    name_fi = models.CharField(max_length=80)
    name_sv = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    municipalities = models.ManyToManyField(Municipality, related_name="networks")
    phone = models.CharField(max_length=24)
    email = models.EmailField(blank=True)
    accent = models.CharField(
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$", "A colour looks like #0B4A6F.")],
    )
    coordinator_note_fi = models.TextField(max_length=600, blank=True)
    coordinator_note_sv = models.TextField(max_length=600, blank=True)
    coordinator_note_en = models.TextField(max_length=600, blank=True)
    name = Translated()
    coordinator_note = Translated()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_network"
            ),
            models.CheckConstraint(
                condition=Q(is_default=True) | Q(host__isnull=False), name="network_has_host_or_is_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name_fi
