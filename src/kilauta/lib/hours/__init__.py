"""Opening hours: rules as people tell them, and what they mean at an instant.

Say only what is true
    *Unknown* is a state of its own and is never shown as closed. *Open* means that staff are there; a
    room one may use alone (*self-service*) is not help, and neither is a time that must be agreed first
    (*by appointment*).

What a day's rules say
    A rule belongs to the days it picks: every condition it names must hold (weekdays, odd or even ISO
    week, n-th weekday of the month, validity, holiday). Rules of one kind add up. Of the kinds the first
    that picks the day replaces the others for the whole of that day:

    1. exceptions (`exception=True`; with a holiday too, the rule is of kind 2 or 3)
    2. rules of a holiday by name (`holiday="epiphany"`; two names on one day add up)
    3. rules of all public holidays (`holiday="any"`)
    4. nothing said about a public holiday: unknown, if the ordinary rules would have given hours that
       day. A place that is shut every Sunday is shut on Easter Sunday; there the data says so.
    5. ordinary rules

    Christmas Eve, Midsummer Eve and the other eves have names but are not public holidays by law: 3 and 4
    pass them by.

Where spans overlap
    open > by appointment > self-service > unknown > closed. Closed spans thus fill gaps and never cut
    hours.

Where no span reaches
    Closed, if some rule of the deciding kind gives hours: who lists hours is shut at other times. Of the
    ordinary rules it is enough that such a rule is valid on the date, on whatever weekday. Otherwise
    unknown: no rules, none valid any more, or only rules that name closed or unknown days.

Midnight
    A span belongs to the day it starts on, and runs past midnight when it closes at or before the hour it
    opened; 00:00-00:00 is the whole day. It continues into an exceptional day, even one closed all day:
    people do not stop at midnight because tomorrow is a holiday. A span that an exception replaced does
    not continue.

The nights when the clock is turned
    Rules are wall time in Helsinki, answers are instants in UTC, durations are real. In spring
    03:00-04:00 does not exist: a boundary inside it is the moment of the jump. In autumn the hour comes
    twice: a boundary inside it is its first coming (as in iCalendar), so 00:00-06:00 lasts seven hours.

How far ahead
    `at()` looks to the end of the 60th day after the instant's own; a change beyond that is `None`.
"""

from kilauta.lib.hours.holidays_fi import HOLIDAYS, PUBLIC, holidays_on
from kilauta.lib.hours.printed import DayHours, Line, WallSpan
from kilauta.lib.hours.rules import Rule, State
from kilauta.lib.hours.schedule import HORIZON_DAYS, Now, Schedule, Span

__all__ = [
    "HOLIDAYS",
    "HORIZON_DAYS",
    "PUBLIC",
    "DayHours",
    "Line",
    "Now",
    "Rule",
    "Schedule",
    "Span",
    "State",
    "WallSpan",
    "holidays_on",
]
