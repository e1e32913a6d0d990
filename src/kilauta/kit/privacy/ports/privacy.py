from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import DELETE, Clock, Personal

_TWO_YEARS = Clock("at", timedelta(days=730), DELETE)
_BASIS = _("The law on information management in public administration (906/2019), section 17.")
_RETENTION = _("Two years.")
_VISIBILITY = _("The data protection officer.")

PERSONAL = (
    Personal(
        "privacy.Access",
        "subject_id",
        label=_("Whose data somebody has looked at"),
        purpose=_("So that you can be told who has looked at your data."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_VISIBILITY,
        clock=_TWO_YEARS,
    ),
    Personal(
        "privacy.Access",
        "purpose",
        label=_("Why somebody has looked at data"),
        purpose=_("So that it can be checked that there was a reason."),
        basis=_BASIS,
        retention=_RETENTION,
        visibility=_VISIBILITY,
        clock=_TWO_YEARS,
    ),
)
# Django's own tables hold nothing of ours.
IMPERSONAL = (
    "privacy.Access.what",
    "privacy.Access.subject_kind",
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
)
