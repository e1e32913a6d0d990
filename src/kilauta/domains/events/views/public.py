"""What everybody reads of events: what comes, what has been, where, and each event by itself."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.models import Occurrence
from kilauta.domains.events.queries import narrowing
from kilauta.domains.events.queries import public as queries
from kilauta.domains.events.queries.localities import localities as towns_of
from kilauta.domains.events.queries.localities import map_of
from kilauta.kit.access.doors import public

PER_PAGE = 20


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@public
@require_safe
def listing(request: Request) -> HttpResponse:
    """What comes, soonest first; narrowed down by what the address asks for."""
    reading = request.reading
    by = narrowing.narrowed(reading, request.GET.dict())
    there = narrowing.offered(reading)
    context = {"by": by, "filters": narrowing.filters(reading, by, there), "feed": _feed(request)}
    number = None if by.is_narrow else there.number
    return _rows(request, "events/public/listing.html", queries.coming_times(reading, by), context, number)


@public
@require_safe
def past(request: Request) -> HttpResponse:
    """What has been, newest first, with how many came where they were counted."""
    by = narrowing.narrowed(request.reading, request.GET.dict())
    return _rows(request, "events/public/past.html", queries.past_times(request.reading, by), {"by": by})


@public
@require_safe
def localities(request: Request) -> HttpResponse:
    """The places where events have been and will be, as a map and as a list."""
    towns = towns_of(request.reading)
    context = {"towns": towns, "drawing": map_of(request.reading, towns)}
    return render(request, "events/public/localities.html", context)


@public
@require_safe
def event(request: Request, address: str) -> HttpResponse:
    """One event as it is now: whoever comes by an old leaflet sees first what has changed."""
    page = queries.event_page(request.reading, address.split("-", 1)[0])
    if page is None:
        raise Http404
    if page.address != address:
        return redirect("events:event", page.address, permanent=True)
    if page.state == "withdrawn":
        return render(request, "events/public/gone.html", status=410)
    return render(request, "events/public/event.html", {"page": page})


class Counted(Paginator):  # type: ignore[type-arg]  # of times
    """Pages of times of which it may be known already how many there are."""

    def __init__(self, times: QuerySet[Occurrence], size: int, number: int | None) -> None:
        super().__init__(times, size)
        if number is not None:
            self.__dict__["count"] = number


def _rows(
    request: Request,
    template: str,
    times: QuerySet[Occurrence],
    context: dict[str, object],
    number: int | None = None,
) -> HttpResponse:
    """Write out one page of times; `number`: how many there are, where that is known."""
    reading = request.reading
    page = Counted(times, PER_PAGE, number).get_page(request.GET.get("sivu", "1"))
    rows = queries.rows_of(page.object_list, reading.lang, now=reading.now)
    return render(request, template, {"page": page, "rows": rows, **context})


def _feed(request: Request) -> str:
    """Return what of the address the calendar feed understands as well."""
    asked = request.GET.copy()
    for name in set(asked) - {narrowing.TOWN, narrowing.TOPIC, narrowing.KIND, narrowing.PLACE}:
        del asked[name]
    return f"?{asked.urlencode()}" if asked else ""
