from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import EMPTY, UNTIL_ERASED, Clock, Personal, Subject

PERSONAL = (
    Personal(
        "guidance.GuidanceSession",
        "note",
        label=_("Note to an entry in the log"),
        purpose=_("To remember what was done, where the network has turned notes on."),
        basis=_("Public interest: the work of the network."),
        retention=_("30 days from the logging."),
        visibility=_("The person who logged it."),
        clock=Clock("logged_at", timedelta(days=30)),
    ),
    Personal(
        "guidance.Tag",
        "name",
        label=_("Own words for sorting entries in the log"),
        purpose=_("To sort the entries of the log."),
        basis=_("Public interest: the work of the network."),
        retention=_("Until taken away."),
        visibility=_("Those whose tag it is: one person, an organisation or the network."),
        clock=UNTIL_ERASED,
    ),
)
SUBJECTS = (
    # the figures stay: nobody helped is in them, and who helped is forgotten
    Subject("guidance.GuidanceSession", person="supporter", erasure=EMPTY, also={"supporter": None}),
    Subject("guidance.Tag", person="person"),
)
IMPERSONAL = (
    *(
        f"guidance.GuidanceSession.{field}"
        for field in (
            "given_by", "shape", "kind", "way", "mode", "topic_codes", "device_codes", "outcome", "referred_to", "age",
            "language",
        )
    ),
    "guidance.Tag.scope",
    "guidance.Tag.folded",
    "guidance.Share",
)  # fmt: skip
