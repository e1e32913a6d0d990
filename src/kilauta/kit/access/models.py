import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kilauta.kit.translations import Translated

from .roles import ROLES, Scope


class GrantQuerySet(models.QuerySet["Grant"]):
    def held_on(self, day: date) -> "GrantQuerySet":
        """Only the roles that are held on this day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))


class Scoped(models.Model):
    """A role, and where it is held."""

    role = models.CharField(max_length=30)
    scope = models.CharField(max_length=10)
    # of the organisation or the network; empty for the whole installation
    scope_id = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


def _fitting() -> Q:
    """Every role in its own kind of scope, named unless it is the whole installation."""
    fits = Q()
    for scope in Scope:
        codes = [role.code for role in ROLES.values() if role.scope == scope]
        named = Q(scope_id="") if scope == Scope.HOUSE else ~Q(scope_id="")
        fits |= Q(scope=scope.value, role__in=codes) & named
    return fits


class Absence(models.Model):
    """A person is away, from a day up to another, and a deputy does their work: `[starts_on, ends_on)`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=~Q(deputy=F("person")), name="deputy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on}"

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)


class Grant(Scoped):
    """A person holds a role, from a day up to another: `[starts_on, ends_on)`, without an end if null."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants_given")
    given_at = models.DateTimeField()
    # held in the place of somebody who is away
    absence = models.ForeignKey(Absence, models.CASCADE, null=True, blank=True, related_name="grants")

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_fitting(), name="role_fits_its_scope"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="grant_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "scope", "scope_id"],
                condition=Q(ends_on__isnull=True),
                name="role_is_held_once",
            ),
        ]
        indexes = [models.Index(fields=["scope", "scope_id"])]

    def __str__(self) -> str:
        return f"{self.role} {self.scope_id}"


class Invitation(Scoped):
    """A role offered by mail to whoever reads that address; used once, within days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    lang = models.CharField(max_length=2, default="fi")
    # of the token in the link; the token itself is in the mail only
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=_fitting(), name="invited_role_fits_its_scope")]
        indexes = [models.Index(fields=["scope", "scope_id"])]

    def __str__(self) -> str:
        return f"{self.role} {self.scope_id}"

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and now < self.expires_at


class Pledge(models.Model):
    """What everybody of a region promises before they see a resident's data; the newest version is in force."""

    region = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    text_fi = models.TextField()
    text_sv = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    made_at = models.DateTimeField()
    # null: the text that comes with the product
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    text = Translated()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "version"], name="pledge_version_once")]

    def __str__(self) -> str:
        return f"{self.region} {self.version}"


class Accepted(models.Model):
    """A person has promised what a version says."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="accepted")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "pledge"], name="pledge_accepted_once")]

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.at}"
