from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import Personal

_BASIS = _("Public interest: the work of the network.")
_RETENTION = _("As long as the account exists.")

PERSONAL = (
    Personal(
        "accounts.Person",
        "email",
        purpose=_("To sign in, and to be told about one's own work."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_("The person, and the network's coordinators."),
    ),
    Personal(
        "accounts.Person",
        "name",
        purpose=_("So that colleagues know who did what."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_("People who work in the same network."),
    ),
    Personal(
        "accounts.Person",
        "password",
        purpose=_("To sign in. Kept only as a check value from which it cannot be read."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_("Nobody."),
    ),
)
IMPERSONAL = ()
