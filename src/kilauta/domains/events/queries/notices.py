"""The checklist of an event, and what it is made of."""

from decimal import Decimal

from kilauta.domains.events.models import Delivery, Event, Notice, Outlet, Part
from kilauta.kit.translations import reader_language


def outlet(network: str, key: str) -> Outlet | None:
    """Return the outlet of this network that is in use."""
    return (
        Outlet.objects.filter(network=network, retired_on=None, pk=key).first() if key.isdecimal() else None
    )


def owners(event: Event) -> list[tuple[str, str]]:
    """Return the organisations that may have a task: those that take part in the event."""
    lang = reader_language()
    named = {str(each.organisation_id): str(each.organisation.name.pick(lang)) for each in parts(event)}
    return sorted(named.items(), key=lambda row: row[1])


def notice_opening(notice: Notice) -> dict[str, object]:
    euros = None if notice.cents is None else Decimal(notice.cents) / 100
    return {"due_on": notice.due_on, "organisation": str(notice.organisation_id or ""), "euros": euros}


def parts(event: Event) -> list[Part]:
    """Return who takes part in the event, organisers first."""
    order = {"organiser": 0, "partner": 1, "present": 2}
    rows = event.parts.select_related("organisation").order_by("organisation__name_fi", "pk")
    return sorted(rows, key=lambda each: order[each.part])


def deliveries(event: Event) -> list[Delivery]:
    return list(Delivery.objects.filter(event=event).order_by("-on", "-pk"))
