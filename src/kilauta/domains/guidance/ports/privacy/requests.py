from django.utils.translation import gettext_lazy as _

from kilauta.domains.guidance.logic.requests import REFERRAL_KEPT, REQUEST_KEPT, START_KEPT
from kilauta.kit.privacy import EMPTY, Clock, Personal, Subject

_BASIS = _("Public interest: the work of the network.")
_START_CLOCK = Clock("closed_at", START_KEPT)
_OFFICE = _("The network's coordinators.")

PERSONAL = (
    Personal(
        "guidance.HelpRequest",
        "contact",
        label=_("Contact in a help request"),
        purpose=_("To ring or write to whoever asked for help."),
        basis=_BASIS,
        retention=_("7 days after the help was given or the request ended."),
        visibility=_("Only the helper who has taken the request."),
        clock=Clock("closed_at", REQUEST_KEPT),
    ),
    Personal(
        "guidance.Referral",
        "contact",
        label=_("Contact in a referral"),
        purpose=_("To let the next helper reach the person who agreed to it."),
        basis=_("Consent: the person agreed to be led on."),
        retention=_("30 days after the referral ended."),
        visibility=_("The helper who sent it, and the receiver once they have accepted."),
        clock=Clock("closed_at", REFERRAL_KEPT),
    ),
    *(
        Personal(
            "guidance.StartRequest",
            field,
            label=label,
            purpose=_("To help a body begin to give digital support."),
            basis=_BASIS,
            retention=_("30 days after the request ended."),
            visibility=_OFFICE,
            clock=_START_CLOCK,
        )
        for field, label in (
            ("organisation_name", _("Who would like to start")),
            ("wish", _("Words of a request to start")),
            ("contact", _("Contact in a request to start")),
            ("answer", _("Answer to a request to start")),
        )
    ),
)
SUBJECTS = (
    Subject("guidance.HelpRequest", email="contact", phone="contact", erasure=EMPTY),
    Subject("guidance.Referral", email="contact", phone="contact", erasure=EMPTY),
    Subject("guidance.StartRequest", email="contact", phone="contact", erasure=EMPTY),
)
_ASKING = ("number", "mode", "whose", "wanted", "only_by", "lang", "state")
IMPERSONAL = (
    *(f"guidance.HelpRequest.{name}" for name in (*_ASKING, "made_by", "given_by", "reason")),
    *(f"guidance.Referral.{name}" for name in (*_ASKING, "consent", "decline")),
    *(f"guidance.StartRequest.{name}" for name in ("number", "lang", "state", "outcome")),
)
