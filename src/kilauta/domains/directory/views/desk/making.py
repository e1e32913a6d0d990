"""The editors' forms, made for the entry at hand."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render

from kilauta.domains.directory import forms
from kilauta.domains.directory.choices import codes, label
from kilauta.domains.directory.models import Channel, Place, Proposal, Service
from kilauta.domains.directory.queries import pages
from kilauta.domains.directory.queries.own import own_places
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.directory.queries.snapshots import Plain
from kilauta.kit.audit.recording import plain

from .hands import Hand, Request

# In an address: the proposal that came back and is to be mended.
RETURNED = "ehdotus"


def returned(request: Request, hand: Hand, thing: Model) -> Proposal | None:
    """Return the person's own proposal about this entry that came back, if the address names one."""
    key = request.GET.get(RETURNED, "")
    if not key:
        return None
    try:
        found = Proposal.objects.filter(
            pk=UUID(key), by=hand.person, state="returned", kind="change", entry_id=thing.pk
        ).first()
    except ValueError:
        found = None
    if found is None or hand.person is None:
        raise Http404
    return found


def proposed(held: Plain, proposal: Proposal | None) -> Plain:
    """Return what the entry would say by the proposal."""
    values = proposal.values if proposal else {}
    return {**held, **{name: value for name, value in values.items() if name in held}}


def different(held: Plain, values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in held or plain(value) != held[name]}


def service_form(request: Request, hand: Hand, held: Plain, thing: Service | None) -> forms.ServiceForm:
    return forms.ServiceForm(
        request,
        held=held,
        changed_at=thing.changed_at if thing else None,
        catalogue=request.reading.catalogue,
        draft=thing is None or thing.state != "published",
        linked=bool(hand.token),
    )


def place_form(request: Request, held: Plain, thing: Place | None) -> forms.PlaceForm:
    reading = request.reading
    towns = pages.by_name(reading.catalogue.municipalities.values(), reading.lang)
    return forms.PlaceForm(
        request,
        held=held,
        changed_at=thing.changed_at if thing else None,
        municipalities=[(town.code, str(town.name.pick(reading.lang))) for town in towns],
    )


def channel_form(
    request: Request, held: Plain, service: Service, mode: str, thing: Channel | None
) -> forms.ChannelForm:
    reading = request.reading
    towns = _towns(reading, service)
    return forms.ChannelForm(
        request,
        held=held,
        changed_at=thing.changed_at if thing else None,
        mode=mode,
        places=_places(reading, service, thing, towns),
        area=[(code, str(reading.catalogue.municipalities[code].name.pick(reading.lang))) for code in towns],
    )


def modes(request: Request, hand: Hand, service: Service, address: str) -> HttpResponse:
    """Ask how the help is got, before anything else is asked."""
    offered = [(code, label("mode", code), f"{address}?tapa={code}") for code in codes("mode")]
    context = {"modes": offered, "service": service, "hand": hand}
    return render(request, "directory/desk/modes.html", context)


def _towns(reading: Reading, service: Service) -> list[str]:
    """Return the municipalities of the network that looks after the service, by name."""
    network = reading.catalogue.networks.get(service.steward_id or "", reading.network)
    known = reading.catalogue.municipalities
    towns = pages.by_name((known[code] for code in network.municipalities if code in known), reading.lang)
    return [town.code for town in towns]


def _places(
    reading: Reading, service: Service, thing: Channel | None, towns: Iterable[str]
) -> list[tuple[str, str]]:
    """Return the organisation's own places, then all others of the network, each with its municipality."""
    around, known = frozenset(towns), reading.catalogue.municipalities
    mine = own_places(service.organisation, thing)
    shown = [(str(place.pk), str(place.name.pick(reading.lang))) for place in mine]
    ids = {key for key, _name in shown}
    others = pages.by_name(
        (p for p in reading.catalogue.places.values() if p.municipality in around and p.id not in ids),
        reading.lang,
    )
    return [
        *shown,
        *(
            (
                place.id,
                f"{place.name.pick(reading.lang)}, {known[place.municipality].name.pick(reading.lang)}",
            )
            for place in others
        ),
    ]
