from django.utils.translation import gettext_lazy as _

# What feedback is about.
ABOUT = {
    "accessibility": _("I could not use a page, or something on it"),
    "hard": _("Something was hard to understand"),
    "fault": _("Something is wrong, or does not work"),
    "wish": _("I have a wish or an idea"),
    "thanks": _("I want to say thank you"),
    "other": _("Something else"),
}

# The network's own pages: two of them stand on pages that every network has.
PAGE_KINDS = {
    "about": _("Who we are"),
    "contacts": _("Contact details"),
    "own": _("A page of our own"),
}
# Who is reached through the network, by what they do; never by name.
DUTIES = {
    "coordinator": _("Coordination of the network"),
    "responsible": _("Responsible for the network"),
    "steering": _("Steering group"),
    "communications": _("Communications and media"),
    "guidance": _("Support for supporters"),
    "other": _("Other matters"),
}
LINK_KINDS = {
    "national": _("National pages"),
    "neighbour": _("Networks nearby"),
    "partner": _("Our partners"),
    "social": _("We in social media"),
}
# What may be wrong with a web address (kilauta.lib.outward).
ADDRESS_FAULTS = {
    "not-web": _("It is no web address."),
    "not-public": _("It leads to a machine that is not open to all."),
    "no-host": _("There is no such web site."),
    "no-answer": _("The web site does not answer."),
    "certificate": _("The certificate of the web site is not in order. A browser warns about it."),
    "redirects": _("The page sends round and round."),
    "gone": _("The page is no longer there."),
    "broken": _("The web site has a fault."),
}
# What was done to what the network writes itself.
DEEDS = {
    "made": _("Written"),
    "changed": _("Changed"),
    "published": _("Published"),
    "withdrawn": _("Withdrawn"),
    "removed": _("Removed"),
}
FIELD_NAMES = {
    "title": _("Heading"),
    "text": _("Text"),
    "label": _("Words of the link"),
    "note": _("What they help with"),
    "in_foot": _("At the foot of every page"),
    "position": _("Place in the order"),
    "from_on": _("First day"),
    "until_on": _("Last day"),
    "duty": _("Role"),
    "phone": _("Phone number"),
    "email": _("E-mail address"),
    "kind": _("Kind"),
    "url": _("Web address"),
}
