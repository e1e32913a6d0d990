from collections.abc import Iterable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import DELETE, EMPTY, UNTIL_ERASED, Clock, Personal, Subject

_BASIS = _("Public interest: the work of the network.")
_RETENTION = _("As long as the account exists.")
_SELF = _("The person.")
_NOBODY = _("Nobody.")
_TO_SIGN_IN = _("To sign in.")
_DEVICES = _("So that you see where you are signed in, and can sign out there.")
_TWO_WEEKS = Clock("last_seen_at", timedelta(days=14), DELETE)


def _sessions_of(people: frozenset[str]) -> Iterable[object]:
    found = UserSession.objects.filter(user__in=people).order_by("pk")
    return [each.session_key for each in found]


PERSONAL = (
    Personal(
        "accounts.Person",
        "email",
        label=_("E-mail address"),
        purpose=_("To sign in, and to be told about one's own work."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_("The person, and the network's coordinators."),
        clock=UNTIL_ERASED,
    ),
    Personal(
        "accounts.Person",
        "name",
        label=_("Name"),
        purpose=_("So that colleagues know who did what."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_("People who work in the same network."),
        clock=UNTIL_ERASED,
    ),
    Personal(
        "accounts.Person",
        "password",
        label=_("Password"),
        purpose=_("To sign in. Kept only as a check value from which it cannot be read."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_NOBODY,
        clock=UNTIL_ERASED,
        secret=True,
    ),
    Personal(
        "account.EmailAddress",
        "email",
        label=_("Confirmed e-mail address"),
        purpose=_TO_SIGN_IN,
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_SELF,
        clock=UNTIL_ERASED,
    ),
    Personal(
        "mfa.Authenticator",
        "data",
        label=_("Passkey or key of a code generator"),
        purpose=_TO_SIGN_IN,
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_NOBODY,
        clock=UNTIL_ERASED,
        secret=True,
    ),
    *(
        Personal(
            "socialaccount.SocialAccount",
            field,
            label=label,
            purpose=_("To sign in with the account of one's own organisation."),
            basis=_BASIS,
            retention=_RETENTION,
            visibility=_SELF,
            clock=UNTIL_ERASED,
        )
        for field, label in (
            ("uid", _("Key of an account elsewhere")),
            ("extra_data", _("What the own organisation tells when one signs in")),
        )
    ),
    *(
        Personal(
            "socialaccount.SocialToken",
            field,
            label=_("Pass to an account elsewhere"),
            purpose=_("To sign in with the account of one's own organisation."),
            basis=_BASIS,
            retention=_RETENTION,
            visibility=_NOBODY,
            clock=UNTIL_ERASED,
            secret=True,
        )
        for field in ("token", "token_secret")
    ),
    *(
        Personal(
            "usersessions.UserSession",
            field,
            label=label,
            purpose=_DEVICES,
            basis=_BASIS,
            retention=_("Two weeks after the device was last used."),
            visibility=_SELF,
            clock=_TWO_WEEKS,
        )
        for field, label in (("ip", _("Address of a device")), ("user_agent", _("Browser of a device")))
    ),
    Personal(
        "sessions.Session",
        "session_data",
        label=_("What a signed-in browser needs"),
        purpose=_("So that you stay signed in from page to page."),
        basis=_BASIS,
        retention=_("Until you sign out, at most half a day."),
        visibility=_NOBODY,
        clock=Clock("expire_date", timedelta(), DELETE),
        secret=True,
    ),
)
SUBJECTS = (
    Subject(
        "accounts.Person",
        person="pk",
        email="email",
        erasure=EMPTY,
        also={"is_active": False, "last_login": None},
    ),
    Subject("account.EmailAddress", person="user", email="email"),
    Subject("mfa.Authenticator", person="user"),
    Subject("socialaccount.SocialAccount", person="user"),
    Subject("socialaccount.SocialToken", person="account__user"),
    Subject("usersessions.UserSession", person="user"),
    Subject("sessions.Session", keys=_sessions_of),
)
IMPERSONAL = (
    "accounts.Person.lang",
    "account.EmailConfirmation",
    "mfa.Authenticator.type",
    "socialaccount.SocialApp",
    "socialaccount.SocialAccount.provider",
    "usersessions.UserSession.session_key",
    "usersessions.UserSession.data",
    "sessions.Session.session_key",
)
