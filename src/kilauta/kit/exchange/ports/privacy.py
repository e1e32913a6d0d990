from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import DELETE, Clock, Personal, Subject

# A file on its way in is somebody's own work, and whatever they have written into it.
PERSONAL = tuple(
    Personal(
        "exchange.Upload",
        field,
        label=label,
        purpose=_("To bring the network's own tables in."),
        basis=_("Public interest: the work of the network."),
        retention=_("One day; what was read of a file only until it has been brought in."),
        visibility=_("The person who handed the file in."),
        clock=Clock("at", timedelta(days=1), DELETE),
    )
    for field, label in (
        ("name", _("Name of a file handed in")),
        ("content", _("What was read of a file")),
        ("choices", _("Headings of a file")),
        ("report", _("What was found in a file")),
    )
)
SUBJECTS = (Subject("exchange.Upload", person="who"),)

# Copies of what the tables of the exchange hold, and names of columns. What is about a person stands in a table
# of its own domain, which says so there; the tables of the exchange hold organisations and services.
IMPERSONAL = (
    "exchange.Mapping",
    "exchange.Arrived",
    "exchange.Review",
    "exchange.Upload.region",
    "exchange.Upload.source",
)
