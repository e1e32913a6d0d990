from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.operations.proposals import CONTACT_KEPT
from kilauta.kit.privacy import DELETE, EMPTY, Clock, Personal, Subject

# Telephone numbers and addresses here are those of organisations, places and services. A person's own do not
# belong here, nor do names: a role ("koordinaattori") stands where somebody has to be named.
_BASIS = _("Public interest: the work of the network.")
_VISIBILITY = _("The network's coordinators.")

PERSONAL = (
    Personal(
        "directory.Proposal",
        "contact",
        label=_("Contact in an error report"),
        purpose=_("To answer the one who told us."),
        retention=_("14 days after the answer."),
        clock=Clock("handled_at", CONTACT_KEPT),
        basis=_BASIS,
        visibility=_VISIBILITY,
    ),
    *(
        Personal(
            "directory.Proposal",
            field,
            label=label,
            purpose=_("To understand what was proposed, and why it was answered as it was."),
            retention=_("A year after the answer."),
            clock=Clock("handled_at", timedelta(days=365)),
            basis=_BASIS,
            visibility=_VISIBILITY,
        )
        for field, label in (
            ("note", _("Words with a proposal")),
            ("answer", _("Answer to a proposal")),
        )
    ),
    Personal(
        "directory.StaffNote",
        "text",
        label=_("Note of a colleague about a service"),
        purpose=_("To tell colleagues what helps when one rings or goes there."),
        basis=_BASIS,
        retention=_("A year after it was written."),
        visibility=_("Those who help in the same network."),
        clock=Clock("written_at", timedelta(days=365), how=DELETE),
    ),
)
SUBJECTS = (
    Subject("directory.StaffNote", person="author", erasure=DELETE),
    Subject("directory.Follow", person="person", erasure=DELETE),
    Subject(
        "directory.Proposal",
        person="by",
        email="contact",
        phone="contact",
        erasure=EMPTY,
    ),
    Subject("directory.Supporter", person="person", erasure=DELETE),
)
IMPERSONAL = (
    "directory.Proposal.kind",
    "directory.Proposal.entry_kind",
    "directory.Proposal.page",
    "directory.Proposal.values",
    "directory.Proposal.base",
    "directory.Proposal.lang",
    "directory.Proposal.state",
    "directory.MonthlyEntry",
    "directory.Notice",
    "directory.Planning",
    "directory.Apart",
    "directory.VerificationClock",
    "directory.Theme",
    "directory.Topic",
    "directory.Audience",
    "directory.Limit",
    "directory.Device",
    "directory.HowFound",
    "directory.EverydayGroup",
    "directory.Organisation",
    "directory.OrganisationIdentifier",
    "directory.OrganisationRole",
    "directory.Place",
    "directory.EService",
    "directory.ExternalLink",
    "directory.Service",
    "directory.ServiceLanguage",
    "directory.ServiceRole",
    "directory.Channel",
    "directory.RoutingRule",
    "directory.OpeningRule",
    "directory.Verification",
    # codes of what somebody helps with; whose it is goes with the account
    "directory.Supporter",
)
