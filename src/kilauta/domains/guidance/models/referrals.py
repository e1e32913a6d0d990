from django.db import models
from django.db.models import F, Q

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance import choices
from kilauta.kit.accounts.models import Person

from .requests import Asking, HelpRequest

CONSENT_LONGEST = 400


class Referral(Asking):
    """Somebody is led on to another provider, and has agreed to it.

    Sent by mail, or taken along as a slip of paper: then there is no contact in it. Whoever receives it answers by a
    link, up to `expires_at`.
    """

    request = models.ForeignKey(
        HelpRequest, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    sender = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_slip = models.BooleanField(default=False)
    # what the person agreed to, in the words that were shown; the sender heard it, at `made_at`
    consent = models.CharField(max_length=CONSENT_LONGEST)
    state = models.CharField(max_length=8, default="sent")
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decline = models.CharField(max_length=8, blank=True)

    class Meta(Asking.Meta):
        constraints = [
            *Asking.Meta.constraints,
            models.CheckConstraint(condition=~Q(consent=""), name="referral_with_consent"),
            models.CheckConstraint(condition=~Q(receiver=F("sent_by")), name="referral_to_another"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="referral_open_for_some_time"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", answered_at__isnull=True, closed_at__isnull=True)
                | Q(state="accepted", answered_at__isnull=False, closed_at__isnull=True)
                | Q(state__in=("declined", "done"), answered_at__isnull=False, closed_at__isnull=False)
                | Q(state="lapsed", closed_at__isnull=False),
                name="referral_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="declined", decline__in=tuple(choices.DECLINES))
                | (~Q(state="declined") & Q(decline="")),
                name="referral_declined_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["sent_by", "made_at"], name="referral_of_sender"),
            models.Index(fields=["receiver", "made_at"], name="referral_of_receiver"),
            models.Index(fields=["state", "expires_at"], name="referral_waiting"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in ("sent", "accepted")
