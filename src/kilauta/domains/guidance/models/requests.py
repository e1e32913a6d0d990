import uuid

from django.db import models
from django.db.models import Q

from kilauta.domains.directory.models import EverydayGroup, Organisation, Topic
from kilauta.domains.guidance import choices
from kilauta.domains.territory.models import Locality, Municipality, Network
from kilauta.kit.accounts.models import Person
from kilauta.lib.words import Words

from .sessions import GuidanceSession

LONGEST_CONTACT = 254
NUMBER_LENGTH = 8


class RequestPromise(models.Model):
    """Within how many working days a network promises that somebody takes a request; without a row it is one."""

    network = models.OneToOneField(Network, primary_key=True, on_delete=models.CASCADE, related_name="+")
    working_days = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(working_days__range=(1, 20)), name="promise_of_some_days"),
        ]

    def __str__(self) -> str:
        return str(self.working_days)


class Asking(models.Model):
    """What somebody needs help with, and how they may be reached: all that is ever asked of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    # said on the telephone; tells nothing of how many there are
    number = models.CharField(max_length=NUMBER_LENGTH, unique=True)
    group = models.ForeignKey(
        EverydayGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    locality = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # a code of the list `mode`; any way: empty
    mode = models.CharField(max_length=14, blank=True)
    whose = models.CharField(max_length=5, default="me")
    wanted = models.CharField(max_length=9, default="any")
    contact = models.CharField(max_length=LONGEST_CONTACT, blank=True)
    only_by = models.CharField(max_length=4, blank=True)
    lang = models.CharField(max_length=2, default="fi")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(topic__isnull=True), name="%(class)s_about_one_thing"
            ),
            models.CheckConstraint(condition=Q(mode__in=tuple(choices.WISHED)), name="%(class)s_mode_known"),
            models.CheckConstraint(condition=Q(whose__in=tuple(choices.WHOSE)), name="%(class)s_whose_known"),
            models.CheckConstraint(condition=Q(wanted__in=tuple(choices.WHEN)), name="%(class)s_time_known"),
            models.CheckConstraint(
                condition=Q(only_by__in=tuple(choices.ONLY_BY)), name="%(class)s_contact_way_known"
            ),
            models.CheckConstraint(condition=Q(lang__in=("fi", "sv", "en")), name="%(class)s_language_known"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def about(self) -> Words:
        """What it is about, in the words of the directory; nothing where it was not said."""
        if self.group:
            return self.group.name
        return self.topic.name if self.topic else Words("")

    @property
    def place(self) -> Words:
        """The village or the municipality; nothing where it was not said."""
        if self.locality:
            return self.locality.name
        return self.municipality.name if self.municipality else Words("")

    @property
    def by_mail(self) -> bool:
        return "@" in self.contact

    @property
    def takes_mail(self) -> bool:
        """Whether a mail may be sent: there is an address, and nothing else was asked for."""
        return self.by_mail and self.only_by in ("", "mail")

    @property
    def takes_sms(self) -> bool:
        return bool(self.contact) and not self.by_mail and self.only_by in ("", "sms")

    @property
    def rings(self) -> bool:
        return bool(self.contact) and not self.by_mail and self.only_by in ("", "call")


class HelpRequest(Asking):
    """Somebody asks for help. It waits, is taken by one person at a time, and is closed with a reason."""

    made_by = models.CharField(max_length=8, default="resident")
    state = models.CharField(max_length=7, default="waiting")
    # by then somebody should have taken it; a day of work is counted as in Finland
    due_at = models.DateTimeField()
    # since when the coordinator has been told that nobody did
    raised_at = models.DateTimeField(null=True, blank=True)
    # passed on to one person or one organisation: it waits for them alone
    for_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    for_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # in whose name it was taken, and as what
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_by = models.CharField(max_length=10, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=9, blank=True)
    session = models.OneToOneField(
        GuidanceSession, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(Asking.Meta):
        constraints = [
            *Asking.Meta.constraints,
            models.CheckConstraint(
                condition=Q(made_by__in=tuple(choices.REQUEST_MAKERS)), name="request_maker_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="waiting", taker__isnull=True, organisation__isnull=True, taken_at__isnull=True
                )
                | Q(state="taken", taker__isnull=False, organisation__isnull=False, taken_at__isnull=False)
                | Q(state="closed"),
                name="request_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, reason__in=tuple(choices.REASONS))
                | (Q(state__in=("waiting", "taken"), closed_at__isnull=True, reason="")),
                name="request_closed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(given_by="") | Q(given_by__in=tuple(choices.GIVERS)), name="request_giver_known"
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(reason="helped"), name="request_session_when_helped"
            ),
        ]
        indexes = [
            models.Index(fields=["network", "state", "due_at"], name="request_of_network"),
            models.Index(fields=["taker", "state"], name="request_of_taker"),
            models.Index(fields=["state", "made_at"], name="request_waiting"),
        ]
