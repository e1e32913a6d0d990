"""From events to the text of a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from icalendar import Calendar, vCalAddress, vUri
from icalendar import Event as Entry

from kilauta.lib.zone import local

MAKER = "-//Kilauta//Kilauta//FI"
# How soon a programme that follows a feed should come back.
AGAIN = timedelta(hours=1)

State = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True, slots=True)
class Event:
    """One time of a calendar. `meeting` is a web address one takes part through, `url` a page that tells more.

    One of `all_day` lasts from midnight to midnight in Finland, and stands there as days without a time.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    lang: str
    place: str = ""
    told: str = ""
    url: str = ""
    meeting: str = ""
    state: State = "CONFIRMED"
    all_day: bool = False


def letter(event: Event, *, sender: str, name: str, receiver: str, now: datetime) -> str:
    """Return what a mail carries to put the event into the receiver's calendar, to move it there, or to take it out.

    `sender` is the address of mail the letter comes from, `name` whose it is. The receiver is held to have agreed: no
    answer is asked for.
    """
    entry = _entry(event, now)
    entry.add("last-modified", now)
    organiser = vCalAddress(f"mailto:{sender}")
    organiser.params["CN"] = name
    guest = vCalAddress(f"mailto:{receiver}")
    guest.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    entry.add("organizer", organiser)
    entry.add("attendee", guest)
    return _told("CANCEL" if event.state == "CANCELLED" else "REQUEST", [entry])


def sheet(events: Iterable[Event], *, now: datetime, name: str = "", followed: bool = False) -> str:
    """Return the events as a file to keep, or as a feed that is `followed`: what is no longer in it is gone."""
    return _told("PUBLISH", [_entry(event, now) for event in events], name=name, followed=followed)


def method_of(text: str) -> str:
    """Return what the text of a calendar asks for: REQUEST, CANCEL, PUBLISH."""
    return str(Calendar.from_ical(text)["method"])


def _told(method: str, entries: list[Entry], *, name: str = "", followed: bool = False) -> str:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if followed:
        calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(entry)
    text: bytes = calendar.to_ical()
    return text.decode()


def _entry(event: Event, now: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", now.astimezone(UTC))
    if event.all_day:
        # the day after the last one: so it is written, and nothing must be added
        entry.add("dtstart", local(event.starts_at).date())
        entry.add("dtend", local(event.ends_at).date())
    else:
        entry.add("dtstart", event.starts_at.astimezone(UTC))
        entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("status", event.state)
    spoken = {"LANGUAGE": event.lang}
    entry.add("summary", event.summary, parameters=spoken)
    if event.place:
        entry.add("location", event.place, parameters=spoken)
    if event.told:
        entry.add("description", event.told, parameters=spoken)
    if event.url:
        entry.add("url", event.url)
    if event.meeting:
        video = {"VALUE": "URI", "FEATURE": "VIDEO"}
        entry.add("conference", vUri(event.meeting), parameters=video)
    return entry
