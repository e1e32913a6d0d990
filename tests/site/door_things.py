"""Who comes to the doors, and a thing of each kind for each owner: what stands in the addresses of the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.test import Client

from kilauta.domains.booking.logic.contact import BookingContact
from kilauta.domains.booking.models import Booking, Call, Offer
from kilauta.domains.booking.operations.bookings import book
from kilauta.domains.booking.operations.offers import add_facility
from kilauta.domains.booking.operations.rooms import open_call_room
from kilauta.domains.booking.queries.secrets import token_of
from kilauta.domains.communications.models import Contact, Feedback, Link, News, Page
from kilauta.domains.directory import operations as directory
from kilauta.domains.directory.models import Channel, Notice, Place, Service
from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.logic.feedback import Helped
from kilauta.domains.guidance.models import HelpRequest, Referral, StartRequest
from kilauta.domains.guidance.operations import log_session
from kilauta.domains.guidance.operations.feedback import give_feedback
from kilauta.domains.territory.models import Locality, Network
from kilauta.kit.access.models import Absence
from kilauta.kit.access.operations import grant, invite
from kilauta.kit.access.pledging import accept, current
from kilauta.kit.accounts.models import Person
from kilauta.kit.audit.models import Change
from kilauta.kit.exchange import uploads
from kilauta.kit.exchange.models import Review
from kilauta.kit.outbox.operations import send
from kilauta.kit.questions.given import Given
from kilauta.lib.words import Words
from tests import factories
from tests.cast import NOW
from tests.site import door_events as events
from tests.site.door_owners import organisation
from tests.site.doors_table import Row

SECOND = [{"method": "mfa", "at": NOW.timestamp()}]

# Who comes: "-" a stranger, s a supporter of ours, e the editor of our organisation, o the editor of another one of
# our network, c our coordinator, t our steering group, x the coordinator of the other network, a the administrator.
PEOPLE = {
    "s": (("supporter", "ours"),),
    "e": (("provider-editor", "ours"),),
    "o": (("provider-editor", "neighbour"),),
    "c": (("coordinator", "kainuu"),),
    "t": (("steering", "kainuu"),),
    "x": (("coordinator", "kaakko"),),
    "a": (("administrator", ""),),
}


def comers() -> dict[str, Client]:
    """Return the browser of each who comes, signed in."""
    system = Person.objects.system()
    scopes = {"ours": str(organisation("ours").pk), "neighbour": str(organisation("neighbour").pk)}
    found = {"-": Client()}
    for who, roles in PEOPLE.items():
        person = Person.objects.create(email=f"{who}@doors.example", name=who)
        for role, place in roles:
            grant(person, role=role, scope_id=scopes.get(place, place), actor=system, now=NOW)
        for network in ("kainuu", "kaakko"):
            accept(network, version=current(network).version, actor=person, now=NOW)
        client = found[who] = Client()
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = SECOND
        session.save()
    return found


def things_of(owner: str) -> dict[str, object]:
    of = organisation(owner)
    service = Service.objects.filter(organisation=of, channels__isnull=False).order_by("pk")[0]
    return {
        "organisation": of,
        "service": service,
        "channel": Channel.objects.filter(service=service).order_by("pk")[0],
        "place": Place.objects.filter(host=of).order_by("pk")[0],
    }


def arguments(row: Row, owner: str) -> tuple[object, ...]:
    """Return what stands in the address for the thing of an owner; of nobody: ids of the right form that are not there."""
    if not row.thing:
        return ()
    if owner == "nobody":
        return NOT_THERE[row.thing]
    return MAKE[row.thing](owner)


def _grant(owner: str) -> tuple[object, ...]:
    helper = Person.objects.create(email=f"helper-{owner}@doors.example")
    place = str(organisation(owner).pk)
    return (grant(helper, role="supporter", scope_id=place, actor=Person.objects.system(), now=NOW).pk,)


def helper(owner: str) -> Person:
    made = Person.objects.create(email=f"away-{owner}@doors.example")
    grant(
        made,
        role="supporter",
        scope_id=str(organisation(owner).pk),
        actor=Person.objects.system(),
        now=NOW,
    )
    return made


def _absence(owner: str) -> tuple[object, ...]:
    away, deputy = helper(owner), Person.objects.create(email=f"deputy-{owner}@doors.example")
    days = {"starts_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=3)}
    made = Absence.objects.create(person=away, deputy=deputy, made_by=away, made_at=NOW, **days)
    return (made.pk,)


def _invitation(owner: str) -> tuple[object, ...]:
    place = str(organisation(owner).pk)
    made, _ = invite(
        "new@doors.example", role="supporter", scope_id=place, actor=Person.objects.system(), now=NOW
    )
    return (made.pk,)


def _scope(owner: str) -> tuple[object, ...]:
    if owner in {"region", "other region"}:
        return "region", {"region": "kainuu", "other region": "kaakko"}[owner]
    return ("house", "kaikki") if owner == "house" else ("body", str(organisation(owner).pk))


def _proposal(owner: str) -> tuple[object, ...]:
    of = organisation(owner)
    made = directory.propose(of, {"name_fi": "Toinen nimi"}, actor=Person.objects.system(), now=NOW)
    return (made.pk,)


def _change(owner: str) -> tuple[object, ...]:
    system = Person.objects.system()
    directory.change_organisation(organisation(owner), {"summary_fi": "Muutettu."}, actor=system, now=NOW)
    return (Change.objects.order_by("-pk")[0].pk,)


def _notice(owner: str) -> tuple[object, ...]:
    words, day = Words("Kiinni viikolla 30"), NOW.date()
    directory.add_notice(
        organisation(owner),
        words,
        from_on=day,
        until_on=day,
        closes=False,
        actor=Person.objects.system(),
        now=NOW,
    )
    return (Notice.objects.order_by("-pk")[0].pk,)


def _feedback(owner: str) -> tuple[object, ...]:
    network = {"ours": "kainuu", "theirs": "kaakko"}[owner]
    from kilauta.domains.communications.operations import receive_feedback

    made = receive_feedback(network, about="other", text="Hyvä", contact="", lang="fi", actor=None, now=NOW)
    return (Feedback.objects.get(pk=made.pk).number,)


def _message(_owner: str) -> tuple[object, ...]:
    return (send("accounts/unknown", to="nobody", lang="fi", now=NOW, context={"host": "testserver"}).pk,)


def _pair(owner: str) -> tuple[object, ...]:
    other = {"ours": "neighbour", "theirs": "ours"}[owner]
    return "organisaatio", organisation(owner).pk, organisation(other).pk


def _registered(owner: str) -> tuple[object, ...]:
    if owner == "shared":
        return "aiheet", "a-laite"
    network = {"ours": "kainuu", "theirs": "kaakko"}[owner]
    villages = Locality.objects.filter(municipality__networks=network, places__isnull=True)
    return "kylat", villages.order_by("pk")[0].pk


def _upload(owner: str) -> tuple[object, ...]:
    who, region = {"ours": ("c", "kainuu"), "theirs": ("x", "kaakko")}[owner]
    person = Person.objects.get(email=f"{who}@doors.example")
    # a row that is wrong: nothing comes of it
    made = uploads.receive(
        "places.csv", b"id,name_fi,kind\nx,X,library\n", source="kunta", region=region, actor=person, now=NOW
    )
    uploads.look(made, actor=person, now=NOW)
    return (made.pk,)


def _review(owner: str) -> tuple[object, ...]:
    region = {"ours": "kainuu", "theirs": "kaakko"}[owner]
    return (Review.objects.create(source="kunta", table="places", region=region, kind="missing", at=NOW).pk,)


def _help_feedback(owner: str) -> tuple[object, ...]:
    of = organisation(owner)
    made = give_feedback(
        "kaakko" if owner == "theirs" else "kainuu",
        {"got": Given("given", codes=("yes",)), "words": Given("given", text="Hyvä.")},
        about=Helped(organisation=of.pk),
        way="aloud",
        lang="fi",
        now=NOW,
    )
    return (made.pk,)


def _own_session(_owner: str) -> tuple[object, ...]:
    """An entry that the supporter of ours has logged."""
    who, of = Person.objects.get(email="s@doors.example"), organisation("ours")
    entry = Entry(key=uuid4(), network="kainuu", organisation=of.pk, held_on=NOW.date(), mode="phone")
    return (log_session(entry, actor=who, now=NOW).pk,)


def _request(owner: str) -> tuple[object, ...]:
    """A request passed on to the organisation; or one that the supporter of ours has taken."""
    network = "kaakko" if owner == "theirs" else "kainuu"
    asked = {"network_id": network, "number": "12345678", "made_at": NOW, "due_at": NOW}
    if owner == "taken by s":
        person = Person.objects.get(email="s@doors.example")
        asked |= {"state": "taken", "taker": person, "organisation": organisation("ours"), "taken_at": NOW}
    else:
        asked["for_organisation"] = organisation(owner)
    return (HelpRequest.objects.create(**asked).pk,)


def _referral(owner: str) -> tuple[object, ...]:
    of, to = organisation(owner), organisation("neighbour" if owner == "theirs" else "theirs")
    made = Referral.objects.create(
        network_id="kaakko" if owner == "theirs" else "kainuu",
        number="12345678",
        sender=Person.objects.system(),
        sent_by=of,
        receiver=to,
        is_slip=True,
        consent="Saako kertoa?",
        made_at=NOW,
        expires_at=NOW + timedelta(days=8),
    )
    return (made.pk,)


def _start(owner: str) -> tuple[object, ...]:
    network = {"ours": "kainuu", "theirs": "kaakko"}[owner]
    return (StartRequest.objects.create(network_id=network, number="12345678", made_at=NOW).pk,)


def _offer(owner: str) -> Offer:
    """Times of a helper of the organisation, on weekdays from nine to twelve."""
    things, supporter = things_of(owner), helper(owner)
    network = Network.objects.get(pk="kaakko" if owner == "theirs" else "kainuu")
    return factories.offer(things["channel"], supporter, network=network)  # type: ignore[arg-type]


def _booking(owner: str) -> Booking:
    tomorrow = datetime(2026, 11, 25, 7, tzinfo=UTC)
    given = {"contact": BookingContact(), "made_by": "supporter", "actor": None, "now": NOW}
    return book(_offer(owner), starts_at=tomorrow, **given).booking  # type: ignore[arg-type]


def _call(owner: str) -> tuple[object, ...]:
    held = _booking(owner)
    made = Call.objects.create(
        offer=held.offer, booking=held, why="cancelled", was_at=held.starts_at, made_at=NOW
    )
    return (made.pk,)


def _call_room(owner: str) -> tuple[object, ...]:
    who, region = {"ours": ("c", "kainuu"), "theirs": ("x", "kaakko")}[owner]
    person = Person.objects.get(email=f"{who}@doors.example")
    return (open_call_room(region, actor=person, now=NOW).pk,)


def _facility(owner: str) -> tuple[object, ...]:
    place, system = things_of(owner)["place"], Person.objects.system()
    return (add_facility(place, kind="room", name="Huone", seats=1, actor=system, now=NOW).pk,)  # type: ignore[arg-type]


MAKE: dict[str, Callable[[str], tuple[object, ...]]] = {
    "own session": _own_session,
    **{
        kind: (lambda owner, kind=kind: (things_of(owner)[kind].pk,))
        for kind in ("organisation", "service", "channel", "place")
    },  # type: ignore[misc,attr-defined]
    "word": lambda owner: ("organisaatio", organisation(owner).pk),
    "service word": lambda owner: ("palvelu", things_of(owner)["service"].pk),  # type: ignore[attr-defined]
    "place word": lambda owner: ("paikka", things_of(owner)["place"].pk),  # type: ignore[attr-defined]
    "list": lambda _owner: ("no-role",),
    "source": lambda _owner: ("kilauta",),
    "call room": _call_room,
    "upload": _upload,
    "upload sheet": lambda owner: (*_upload(owner), 0),
    "review": _review,
    "form of a file": lambda _owner: ("xlsx",),
    "scope": _scope,
    "grant": _grant,
    "invitation": _invitation,
    "helper": lambda owner: (helper(owner).pk,),
    "absence": _absence,
    "proposal": _proposal,
    "request": _request,
    "referral": _referral,
    "start": _start,
    "supporter": lambda owner: (organisation(owner).pk, helper(owner).pk),
    "change": _change,
    "notice": _notice,
    "feedback": _feedback,
    "help feedback": _help_feedback,
    "short id": lambda owner: (organisation(owner).short_id,),
    "kind of page": lambda _owner: ("oma",),
    **{
        f"own {kind.__name__.lower()}": (
            lambda owner, kind=kind: (
                kind.objects.filter(network={"ours": "kainuu", "theirs": "kaakko"}[owner]).earliest("id").pk,
            )
        )
        for kind in (Page, News, Contact, Link)
    },  # type: ignore[misc,attr-defined]
    "message": _message,
    "pair": _pair,
    "offer": lambda owner: (_offer(owner).pk,),
    "offering helper": lambda owner: (_offer(owner).supporter_id,),
    "booking": lambda owner: (_booking(owner).pk,),
    "booking call": _call,
    "booking token": lambda owner: (token_of(_booking(owner).pk),),
    "facility": _facility,
    **events.MAKE,
    "register": lambda owner: ({"ours": "kylat", "shared": "aiheet"}[owner],),
    "registered": _registered,
}
NOT_THERE: dict[str, tuple[object, ...]] = {
    **dict.fromkeys(("offer", "offering helper", "booking", "booking call", "facility"), (uuid4(),)),
    "booking token": ("x" * 43,),
    **events.NOT_THERE,
    **dict.fromkeys(
        ("organisation", "service", "channel", "place", "grant", "invitation", "proposal", "message"),
        (uuid4(),),
    ),
    "own session": (uuid4(),),
    "word": ("organisaatio", uuid4()),
    "service word": ("palvelu", uuid4()),
    "place word": ("paikka", uuid4()),
    "list": ("nonsense",),
    "helper": (uuid4(),),
    **dict.fromkeys(("request", "referral", "start"), (uuid4(),)),
    "supporter": (uuid4(), uuid4()),
    "absence": (10**9,),
    "source": ("nonsense",),
    "call room": (uuid4(),),
    "upload": (uuid4(),),
    "upload sheet": (uuid4(), 0),
    "review": (10**9,),
    "form of a file": ("pdf",),
    "scope": ("body", str(uuid4())),
    "change": (10**9,),
    "notice": (10**9,),
    "feedback": ("123456",),
    "help feedback": (uuid4(),),
    "short id": ("nonsense",),
    "kind of page": ("muu",),
    **dict.fromkeys(("own page", "own news", "own contact", "own link"), (10**9,)),
    "pair": ("organisaatio", uuid4(), uuid4()),
    "register": ("nonsense",),
    "registered": ("kylat", "nonsense"),
}
