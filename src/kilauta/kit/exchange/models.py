import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_KEY = 500
LONGEST_REGION = 60
LONGEST_SOURCE = 40


class Mapping(models.Model):
    """What a source's sheet is taken for: one of our tables, and for each of its headings one of our columns.

    Each region knows its own sources; "" is the command line. A heading with "" is left out; so is a sheet whose
    table is "".
    """

    region = models.CharField(max_length=LONGEST_REGION, blank=True)
    source = models.CharField(max_length=40)
    sheet = models.CharField(max_length=100)
    table = models.CharField(max_length=60, blank=True)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "source", "sheet"], name="mapping_once")]

    def __str__(self) -> str:
        return f"{self.source}: {self.sheet} → {self.table}"


class Arrived(models.Model):
    """What a source said of a row when it last said something new, by our columns, as the tables write it."""

    source = models.CharField(max_length=40)
    table = models.CharField(max_length=60)
    external_id = models.CharField(max_length=LONGEST_KEY)
    values = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "table", "external_id"], name="arrived_once")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.table} {self.external_id}"


class ReviewQuerySet(models.QuerySet["Review"]):
    def waiting(self) -> "ReviewQuerySet":
        """Return what nobody has settled yet."""
        return self.filter(settled_at=None)

    def of(self, region: str) -> "ReviewQuerySet":
        """Return what is about rows that the region looks after."""
        return self.filter(region=region)


class Review(models.Model):
    """Something an import leaves to a person: a field that changed on both sides, or a row that is gone there.

    There is one for each field or row. It ends when somebody settles it, or when both sides agree again.
    """

    class Kind(models.TextChoices):
        CONFLICT = "conflict", _("Changed here and there")
        MISSING = "missing", _("No longer in the source")

    source = models.CharField(max_length=40)
    region = models.CharField(max_length=LONGEST_REGION, blank=True)
    table = models.CharField(max_length=60)
    external_id = models.CharField(max_length=LONGEST_KEY)
    kind = models.CharField(max_length=10, choices=Kind)
    column = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200, blank=True)
    here = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "table", "external_id", "column"], name="review_once"),
            models.CheckConstraint(
                condition=models.Q(kind="conflict") ^ models.Q(column=""), name="review_conflict_has_column"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.table} {self.external_id} {self.column or self.kind}"


class Upload(models.Model):
    """A file that somebody has handed in for a region, on its way in; for a day, and then it is gone.

    `content` is what was read of it (`packing`), never the file itself; it is empty once it has been brought in.
    `choices` says what each sheet is taken for, `report` what was found when it was last looked at or brought in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    region = models.CharField(max_length=LONGEST_REGION)
    source = models.CharField(max_length=LONGEST_SOURCE)
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    choices = models.JSONField()
    report = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    brought_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.source}: {self.at:%Y-%m-%d %H:%M}"
