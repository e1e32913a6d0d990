from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy import DELETE, Clock, Personal, Subject

_BASIS = _("Legal duty: feedback on accessibility is answered (Act 306/2019).")
_VISIBILITY = _("The network's coordinators.")
_TWO_YEARS = Clock("received_on", timedelta(days=730), how=DELETE)

PERSONAL = (
    Personal(
        "communications.Feedback",
        "contact",
        label=_("Contact in feedback"),
        purpose=_("To answer whoever gave the feedback."),
        basis=_BASIS,
        retention=_("14 days from the answer."),
        visibility=_VISIBILITY,
        clock=Clock("answered_on", timedelta(days=14)),
    ),
    Personal(
        "communications.Feedback",
        "text",
        label=_("Words of feedback"),
        purpose=_("To mend the service. People may tell something of themselves in it."),
        basis=_BASIS,
        retention=_("Two years."),
        visibility=_VISIBILITY,
        clock=_TWO_YEARS,
    ),
    Personal(
        "communications.Feedback",
        "answer",
        label=_("Answer to feedback"),
        purpose=_("To know what was answered when somebody asks."),
        basis=_BASIS,
        retention=_("Two years."),
        visibility=_VISIBILITY,
        clock=_TWO_YEARS,
    ),
)
SUBJECTS = (Subject("communications.Feedback", email="contact", phone="contact"),)
IMPERSONAL = (
    "communications.Feedback.number",
    "communications.Feedback.about",
    "communications.Feedback.lang",
    # what is published for all to read; a contact is a role, with a number and an address that the role shares
    "communications.Page",
    "communications.News",
    "communications.Contact",
    "communications.Link",
    "communications.WebAddress",
)
