from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import DELETE, Clock, Personal, Subject

_BASIS = _("Public interest: the work of the network.")

PERSONAL = tuple(
    Personal(
        "access.Invitation",
        field,
        label=label,
        purpose=_("To invite somebody to the work of the network."),
        basis=_BASIS,
        retention=_("30 days after the invitation has been used or has ended."),
        visibility=_("Those who invite in the same organisation or network."),
        clock=Clock("expires_at", timedelta(days=30), DELETE),
    )
    for field, label in (
        ("email", _("E-mail address of an invitation")),
        ("name", _("Name in an invitation")),
    )
)
SUBJECTS = (
    Subject("access.Invitation", email="email"),
    Subject("access.Grant", person="person"),
    Subject("access.Absence", person="person"),
    Subject("access.Accepted", person="person"),
)
IMPERSONAL = (
    "access.Grant",
    "access.Pledge",
    "access.Invitation.role",
    "access.Invitation.scope",
    "access.Invitation.scope_id",
    "access.Invitation.lang",
    "access.Invitation.token_hash",
)
