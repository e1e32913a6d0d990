from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Deed(models.TextChoices):
    """What was done with the data of another person."""

    SEEN = "seen", _("looked at")
    EXPORTED = "exported", _("saved to a file")
    PRINTED = "printed", _("printed out")
    REPORTED = "reported", _("given to the person")
    ERASED = "erased", _("erased from the service")


class Access(models.Model):
    """Somebody was shown, or took, data about another person. Written before the answer; never altered."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=Deed)
    # label.Model and key of what was shown: the thing may be gone long before this row
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    purpose = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(what__in=Deed.values), name="access_deed_known")]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="access_of_subject"),
            models.Index(fields=["actor", "at"], name="access_by_actor"),
            models.Index(fields=["at"], name="access_at"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.subject_kind} {self.subject_id}"


class Carried(models.Model):
    """One row: up to which number the journal of erasures has been carried out in this database."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="carried_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)
