"""Times for other people's calendars, and the busy times of theirs (iCalendar, RFC 5545 and 5546).

Words: an *event* is one time that stands in a calendar; its UID is its own for life, and its *sequence* rises with
every change that matters. A *letter* is one event for one receiver's calendar, carried by a mail: it asks to be put in
(REQUEST) or taken out (CANCEL). A *sheet* is any number of events to read: a file, or a feed that is fetched again.
What is *busy* in another calendar is nothing but when.

Instants go out in UTC, so that no table of summer times is needed to read them. The words of an event are for its
receiver's eyes: the caller leaves out what a shared calendar should not tell.
"""

from .reading import Unreadable, busy_times
from .writing import Event, letter, method_of, sheet

__all__ = ["Event", "Unreadable", "busy_times", "letter", "method_of", "sheet"]
