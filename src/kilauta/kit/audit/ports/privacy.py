from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import EMPTY, UNTIL_ERASED, Personal, Subject

# What the values of fields about persons were is never kept here, only that they changed.
PERSONAL = (
    Personal(
        "audit.Change",
        "note",
        label=_("Words with a change"),
        purpose=_("Why something was changed, in the words of the one who did it."),
        basis=_("Public interest: the work of the network."),
        retention=_("As long as the thing it is about."),
        visibility=_("The network's coordinators, and the organisation it concerns."),
        clock=UNTIL_ERASED,
    ),
)
SUBJECTS = (Subject("audit.Change", person="actor", erasure=EMPTY, also={"actor": None}),)
IMPERSONAL = ("audit.Change.label", "audit.Change.thing_id", "audit.Change.verb", "audit.Change.values")
