"""The states of a booking and of a place in line, with their words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BOOKING_STATES: dict[str, Promise] = {
    "asked": _("Waits for the supporter's yes"),
    "booked": pgettext_lazy("booking", "Booked"),
    "cancelled": pgettext_lazy("booking", "Cancelled"),
    "refused": _("The supporter cannot come"),
    "kept": pgettext_lazy("booking", "Held"),
    "missed": _("Did not come"),
}
# In these the time is somebody's; of who did not come it is free again.
HOLDING = ("asked", "booked", "kept")
# In these it may still be moved or cancelled.
OPEN = ("asked", "booked")
MAKERS: dict[str, Promise] = {
    "resident": _("By the customer"),
    "desk": _("At a desk or by phone"),
    "supporter": _("By the supporter"),
    "waiting": _("From the waiting list"),
}
CANCELLERS: dict[str, Promise] = {
    "resident": _("The customer"),
    "desk": _("The desk, for the customer"),
    "provider": _("The provider"),
}
WAITING_STATES: dict[str, Promise] = {
    "waiting": _("In line"),
    "booked": _("Got a time"),
    "left": _("Left the line"),
    "passed": _("Three times were offered"),
    "over": pgettext_lazy("waiting", "Over"),
}
OPENING_STATES: dict[str, Promise] = {
    "offered": _("Offered"),
    "taken": pgettext_lazy("opening", "Taken"),
    "declined": pgettext_lazy("opening", "Declined"),
    "lapsed": _("No answer in time"),
    "gone": _("Somebody else was first"),
}
WEEKS: dict[str, Promise] = {
    "all": _("Every week"),
    "odd": _("Odd weeks"),
    "even": _("Even weeks"),
}
# Why somebody must be rung.
CALLS: dict[str, Promise] = {
    "handed": _("Another supporter comes"),
    "moved": _("The time has changed"),
    "cancelled": _("The time is cancelled"),
    "offered": _("A time has come free"),
}
FACILITIES: dict[str, Promise] = {
    "room": _("Room"),
    "device": _("Device"),
}
# Why a time of a series was not made.
NOT_MADE: dict[str, Promise] = {
    "holiday": _("It is a public holiday."),
    "closed": _("There are no times on that day."),
    "taken": _("Somebody has booked this time."),
    "hour": _("The clock is turned that night: there is no such hour."),
}
# Why an outside calendar could not be read (kilauta.lib.outward, and our own words for what came).
CALENDAR_FAULTS: dict[str, Promise] = {
    "not-web": _("This is no web address."),
    "not-public": _("The address is not open to the internet."),
    "no-host": _("There is no such address. Perhaps there is a slip in it."),
    "no-answer": _("The other service does not answer. We try again within the hour."),
    "certificate": _("The certificate of the other service is not valid."),
    "redirects": _("The address leads in circles."),
    "gone": _("The other service does not give the calendar. Perhaps its address has changed."),
    "broken": _("The other service has a fault. We try again within the hour."),
    "too-long": _("The calendar is too large to be read."),
    "no-calendar": _("What is at the address is no calendar. Copy the address that ends in .ics."),
}
