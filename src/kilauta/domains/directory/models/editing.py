import uuid

from django.db import models
from django.db.models import F, Q

from kilauta.domains.directory import choices
from kilauta.domains.territory.models import Network
from kilauta.kit.accounts.models import Person
from kilauta.kit.translations import Translated

from .entries import Organisation, Place
from .help import Channel, Service
from .trust import THINGS, exactly_one


class Proposal(models.Model):
    """What somebody would have the directory say; a coordinator accepts it, sends it back or refuses it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=6)
    # Which entry it is about; a new one has no id yet, a page of ours has only its address.
    entry_kind = models.CharField(max_length=12)
    entry_id = models.UUIDField(null=True, blank=True)
    page = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )
    # What it should say, and what it said when the proposal was made, by field, in the form of a history.
    values = models.JSONField(default=dict, blank=True)
    base = models.JSONField(default=dict, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # How a reporter without an account hopes to be answered, and in which language.
    contact = models.CharField(max_length=120, blank=True)
    lang = models.CharField(max_length=2, default="fi")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting")
    handled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=choices.PROPOSALS), name="proposal_kind_known"),
            models.CheckConstraint(
                condition=Q(entry_kind__in=choices.PROPOSED_FOR), name="proposal_entry_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=choices.PROPOSAL_STATES), name="proposal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", handled_at__isnull=True)
                | (~Q(state="waiting") & Q(handled_at__isnull=False)),
                name="proposal_handled_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("new", "error")) | Q(entry_id__isnull=False),
                name="proposal_names_its_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "network", "made_at"], name="proposals_waiting"),
            models.Index(fields=["entry_kind", "entry_id"], name="proposals_of_an_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_kind} {self.state}"

    @property
    def number(self) -> str:
        """What whoever proposed it says on the telephone: eight digits, out of its key."""
        digits = f"{self.pk.int % 10**8:08}"
        return f"{digits[:4]} {digits[4:]}"

    @property
    def rings(self) -> bool:
        """Whether the answer is told on the telephone: a number was left, and no mail address."""
        return bool(self.contact) and "@" not in self.contact


class Notice(models.Model):
    """Words that hold from one day to another ("closed in week 30"), and end by themselves."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    from_on = models.DateField()
    until_on = models.DateField()
    closes = models.BooleanField(default=False)
    text_fi = models.CharField(max_length=200)
    text_sv = models.CharField(max_length=200, blank=True)
    text_en = models.CharField(max_length=200, blank=True)
    text = Translated()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(THINGS), name="notice_has_one_thing"),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="notice_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.text_fi


class Planning(models.Model):
    """What an organisation tells its network for planning. In a table of its own, which nothing public reads."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="planning")
    kind = models.CharField(max_length=10)
    text = models.TextField(max_length=2000)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="planning_once"),
            models.CheckConstraint(condition=Q(kind__in=choices.PLANNING), name="planning_kind_known"),
        ]

    def __str__(self) -> str:
        return self.kind


class Apart(models.Model):
    """Two entries look alike, and somebody has seen that they are not the same."""

    kind = models.CharField(max_length=12)
    first = models.UUIDField()
    second = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "second"], name="apart_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="apart_in_order"),
            models.CheckConstraint(condition=Q(kind__in=choices.MERGEABLE), name="apart_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} {self.second}"
