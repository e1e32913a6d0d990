import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from kilauta.domains.directory import choices as directory
from kilauta.domains.directory.models import Device, Organisation, Place, Topic
from kilauta.domains.guidance import choices
from kilauta.domains.territory.models import Municipality, Network
from kilauta.kit.accounts.models import Person

NOTE_LONGEST = 200


class Tag(models.Model):
    """A word of one's own for sorting sessions; whose it is says who sees and uses it."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=12)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    # compared by: without case
    folded = models.CharField(max_length=40)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="mine", person__isnull=False, organisation__isnull=True)
                | Q(scope="organisation", person__isnull=True, organisation__isnull=False)
                | Q(scope="network", person__isnull=True, organisation__isnull=True),
                name="tag_is_of_its_scope",
            ),
            models.UniqueConstraint(
                fields=["network", "person", "folded"], condition=Q(scope="mine"), name="own_tag_once"
            ),
            models.UniqueConstraint(
                fields=["network", "organisation", "folded"],
                condition=Q(scope="organisation"),
                name="organisation_tag_once",
            ),
            models.UniqueConstraint(
                fields=["network", "folded"], condition=Q(scope="network"), name="network_tag_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GuidanceSession(models.Model):
    """Help that happened, without anybody's identity: of one person, or a group told in totals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # made by whoever sends the entry, before it is sent: the same entry sent twice is one
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    supporter = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    given_by = models.CharField(max_length=10, default="staff")
    shape = models.CharField(max_length=6, default="one")
    kind = models.CharField(max_length=8, default="session")
    way = models.CharField(max_length=8, default="form")
    # the day in Finland
    held_on = models.DateField()
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # where it was held, or the caller's where nobody went anywhere; not known: null
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    mode = models.CharField(max_length=14)
    persons = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    topics = models.ManyToManyField(Topic, related_name="+", blank=True)
    devices = models.ManyToManyField(Device, related_name="+", blank=True)
    # the same once more, sorted and parted by spaces: a year is counted without a look at what hangs on each session
    topic_codes = models.TextField(blank=True)
    device_codes = models.TextField(blank=True)
    tags = models.ManyToManyField(Tag, related_name="sessions", blank=True)
    outcome = models.CharField(max_length=16, default="not-recorded")
    referred_to = models.CharField(max_length=16, blank=True)
    # of one person; not asked or not told: empty. A group's stand in its shares.
    age = models.CharField(max_length=6, blank=True)
    language = models.CharField(max_length=5, blank=True)
    was_before = models.BooleanField(null=True, blank=True)
    # help close to home, as the network counts it
    is_near = models.BooleanField(default=False)
    note = models.CharField(max_length=NOTE_LONGEST, blank=True)
    logged_at = models.DateTimeField()
    # taken back: it counts nowhere
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_by__in=tuple(choices.GIVERS)), name="session_giver_known"
            ),
            models.CheckConstraint(condition=Q(shape__in=tuple(choices.SHAPES)), name="session_shape_known"),
            models.CheckConstraint(condition=Q(kind__in=tuple(choices.KINDS)), name="session_kind_known"),
            models.CheckConstraint(condition=Q(way__in=tuple(choices.WAYS)), name="session_way_known"),
            models.CheckConstraint(condition=Q(mode__in=directory.codes("mode")), name="session_mode_known"),
            models.CheckConstraint(
                # who did not come was not helped: there is a no-show for a booking, never for a session
                condition=Q(outcome__in=[code for code in directory.codes("outcome") if code != "no-show"]),
                name="session_outcome_known",
            ),
            models.CheckConstraint(condition=Q(age__in=("", *choices.AGES)), name="session_age_known"),
            models.CheckConstraint(
                condition=Q(referred_to="") | Q(referred_to__in=tuple(choices.REFERRED), outcome="referred"),
                name="session_referred_when_referred",
            ),
            models.CheckConstraint(
                condition=Q(shape="one", persons=1) | Q(shape="group", persons__gte=1),
                name="session_persons_of_shape",
            ),
            models.CheckConstraint(
                condition=Q(shape="one") | Q(age="", language="", was_before__isnull=True),
                name="session_group_is_told_in_shares",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 1439)),
                name="session_minutes_of_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "held_on"], name="session_of_network"),
            models.Index(fields=["organisation", "held_on"], name="session_of_organisation"),
            models.Index(fields=["supporter", "held_on"], name="session_of_supporter"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.mode}"


def in_a_word(codes: Iterable[str]) -> str:
    """Return codes as they stand in a column: sorted, each once."""
    return " ".join(sorted(set(codes)))


class Share(models.Model):
    """How many of a group had one property. Groups are totals: no person is put together from them."""

    session = models.ForeignKey(GuidanceSession, on_delete=models.CASCADE, related_name="shares")
    by = models.CharField(max_length=12)
    code = models.CharField(max_length=16)
    persons = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "by", "code"], name="share_once"),
            models.CheckConstraint(condition=Q(by__in=tuple(choices.SHARED)), name="share_property_known"),
            models.CheckConstraint(condition=Q(persons__gte=1), name="share_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.by}={self.code}: {self.persons}"
