"""What other programmes and paper take: feeds, a file for the calendar, leaflets and posters, and data."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import linebreaks
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.events.models import Event
from kilauta.domains.events.queries import calendars, feeds, leaflets, linked
from kilauta.domains.events.queries.listing import event_by, with_words
from kilauta.domains.events.queries.telling import uid_of, when, words_of
from kilauta.kit.access.doors import public
from kilauta.kit.calendars import sheet
from kilauta.kit.documents import leaflet_pdf

CALENDAR = "text/calendar; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
# as seldom may a copy on the way be newer than we are
MOMENT = 300
PAGE_NUMBER = re.compile("[0-9]{1,4}")


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@public
@require_safe
def feed(request: Request) -> HttpResponse:
    """The events near now, for calendars that follow them; of a municipality, a topic, a place or a kind."""
    reading = request.reading
    times = feeds.followed(reading.network.id, _wanted(request), now=reading.now)
    stamp = feeds.stamp_of(times, reading)

    def text() -> str:
        entries = calendars.entries_of(times, reading.lang)
        return sheet(entries, now=stamp.changed_at, name=_name(request), followed=True)

    return _answer(request, stamp, text, CALENDAR)


@public
@require_safe
def event_calendar(request: Request, address: str) -> HttpResponse:
    """The times of one event, for the calendar of whoever comes."""
    held, lang = _event(request, address), request.reading.lang
    times = list(with_words(held.occurrences.all()).order_by("starts_at", "pk"))
    newest = max([held.changed_at, *(each.changed_at for each in times)])
    text = sheet(calendars.entries_of(times, lang), now=newest)
    answer = HttpResponse(text, content_type=CALENDAR)
    answer["Content-Disposition"] = f'inline; filename="{held.short_id}.ics"'
    return answer


@public
@require_safe
def rss(request: Request) -> HttpResponse:
    """The coming events, each once with its next time, for programmes that follow them (RSS 2.0)."""
    reading = request.reading
    times = feeds.followed(reading.network.id, _wanted(request), now=reading.now)
    stamp = feeds.stamp_of(times.filter(ends_at__gt=reading.now), reading)

    def text() -> str:
        made = Rss201rev2Feed(
            title=_name(request),
            link=request.build_absolute_uri(reverse("events:listing")),
            description=_name(request),
            language=reading.lang,
            feed_url=request.build_absolute_uri(),
        )
        for each in feeds.next_of_each(times, now=reading.now):
            words = words_of(each.event, reading.lang, place=each.place)
            told = "\n\n".join(
                part for part in (when(each, reading.lang), words.where, words.summary) if part
            )
            made.add_item(
                title=f"{words.name}, {when(each, reading.lang)}",
                link=words.page,
                # a reader takes it for HTML: what an editor wrote goes out escaped, as on the page
                description=str(linebreaks(told, autoescape=True)),
                unique_id=uid_of(each, each.event.network),
                unique_id_is_permalink=False,
                pubdate=each.event.published_at or each.event.changed_at,
            )
        return str(made.writeString("utf-8"))

    return _answer(request, stamp, text, RSS)


@public
@require_safe
def shared(request: Request) -> JsonResponse:
    """The events as a regional calendar takes them (LinkedEvents, version 1), fifty at a time."""
    reading, asked = request.reading, request.GET.get("page", "1")
    held = linked.shared_events(reading.network.id, now=reading.now)
    number, count = int(asked) if PAGE_NUMBER.fullmatch(asked) else 0, held.count()
    if number < 1 or (number - 1) * linked.PAGE >= max(count, 1):
        raise Http404
    first = (number - 1) * linked.PAGE
    rows = [linked.linked_of(each) for each in held[first : first + linked.PAGE]]
    following = number + 1 if first + linked.PAGE < count else 0
    meta = {"count": count, "next": _page(request, following), "previous": _page(request, number - 1)}
    return JsonResponse({"meta": meta, "data": rows}, json_dumps_params={"ensure_ascii": False})


@public
@require_safe
def leaflet(request: Request, address: str, size: str) -> HttpResponse:
    """The leaflet of an event, to print and hand out."""
    sizes: dict[str, leaflets.Size] = {"a4": "a4", "a5": "a5"}
    if size not in sizes:
        raise Http404
    return _paper(request, address, sizes[size])


@public
@require_safe
def poster(request: Request, address: str) -> HttpResponse:
    """The poster of an event, for a notice board."""
    return _paper(request, address, "a3")


def _paper(request: Request, address: str, size: leaflets.Size) -> HttpResponse:
    held, reading = _event(request, address), request.reading
    if held.state != "published":
        # nobody should hang it up any more
        raise Http404
    made = leaflet_pdf(leaflets.leaflet_of(held, reading.lang, size=size, now=reading.now))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{held.short_id}-{size}.pdf"'
    return answer


def _event(request: Request, address: str) -> Event:
    held = event_by(request.reading.network.id, address.split("-", 1)[0])
    if held is None:
        raise Http404
    return held


def _wanted(request: Request) -> feeds.Wanted:
    wanted = feeds.wanted_of(request.reading, request.GET.dict())
    if wanted is None:
        # a feed of everything in its place would fill somebody's calendar
        raise Http404
    return wanted


def _name(request: Request) -> str:
    return _("Events: %(network)s") % {"network": request.reading.network.name.pick(request.reading.lang)}


def _page(request: Request, number: int) -> str | None:
    if number < 1:
        return None
    return request.build_absolute_uri(f"{request.path}?{urlencode({'page': number})}")


def _answer(request: Request, stamp: feeds.Stamp, text: Callable[[], str], kind: str) -> HttpResponse:
    """Answer 304 to whoever has it already, without making it anew.

    Only the tag says so: the day of the newest change does not know of times that have come near since.
    """
    tag = quote_etag(stamp.tag)
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = HttpResponse(text(), content_type=kind)
    answer["ETag"] = tag
    answer["Last-Modified"] = http_date(stamp.changed_at.timestamp())
    patch_cache_control(answer, public=True, max_age=MOMENT)
    return answer
