from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q

from kilauta.domains.directory import choices
from kilauta.domains.directory.logic.trust import LONGEST_CLOCK, SHORTEST_CLOCK
from kilauta.domains.territory.models import Network

from .entries import Organisation, Place
from .help import Channel, Service

THINGS = ("organisation", "place", "service", "channel")


def exactly_one(names: tuple[str, ...]) -> Q:
    """Hold for a row that points at one of the things and no other."""
    return reduce(or_, (Q(**{f"{other}__isnull": other != name for other in names}) for name in names))


class Verification(models.Model):
    """Somebody made sure that hours, contacts or content are right. Rows are kept: the newest one counts."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="verifications"
    )
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.CASCADE, related_name="verifications"
    )
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="verifications"
    )
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.CASCADE, related_name="verifications"
    )
    group = models.CharField(max_length=8)
    verified_on = models.DateField()
    method = models.CharField(max_length=8)
    by_role = models.CharField(max_length=60)
    due_on = models.DateField()
    # When the contact person was asked to make sure again; once for each row.
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(THINGS), name="verification_has_one_thing"),
            models.CheckConstraint(
                condition=Q(group__in=choices.codes("verification_group")), name="verification_group_known"
            ),
            models.CheckConstraint(
                condition=Q(method__in=choices.codes("method")), name="verification_method_known"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("verified_on")), name="verification_due_after_it_was_made"
            ),
            *(
                models.UniqueConstraint(
                    fields=[thing, "group", "verified_on"],
                    condition=Q(**{f"{thing}__isnull": False}),
                    name=f"{thing}_verified_once_a_day",
                )
                for thing in THINGS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.verified_on}"


class VerificationClock(models.Model):
    """How many days a network lets a group of facts stand before they are made sure of again."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="clocks")
    group = models.CharField(max_length=8)
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "group"], name="clock_once_per_network"),
            models.CheckConstraint(
                condition=Q(group__in=choices.codes("verification_group")), name="clock_group_known"
            ),
            models.CheckConstraint(
                condition=Q(days__gte=SHORTEST_CLOCK, days__lte=LONGEST_CLOCK), name="clock_is_sensible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.days}"
