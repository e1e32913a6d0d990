"""What the network tells of itself, and what a visitor tells us about the service."""

from datetime import UTC, datetime, time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kilauta.domains.communications import forms, operations, queries
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.access.doors import public
from kilauta.kit.components.templatetags.components import prose
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once
from kilauta.lib.zone import HELSINKI


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@public
@visitor_form
def feedback(request: Request) -> HttpResponse:
    form = forms.Feedback(request)
    reading = request.reading

    def receive() -> str:
        made = operations.receive_feedback(
            reading.network.id, **form.cleaned_data, lang=reading.lang, actor=None, now=reading.now
        )
        return reverse("communications:received", args=[made.number])

    done = once(form, receive, now=reading.now) if form.is_valid() else None
    return done or render(request, "communications/public/feedback.html", {"form": form})


@public
@require_safe
def received(request: Request, number: str) -> HttpResponse:
    receipt = queries.receipt(request.reading.network.id, number)
    if receipt is None:
        raise Http404
    return render(request, "communications/public/received.html", {"receipt": receipt})


@public
@require_safe
def own_page(request: Request, slug: str) -> HttpResponse:
    page = queries.own_page(request.reading.network.id, slug)
    if page is None:
        raise Http404
    return render(request, "communications/public/page.html", {"page": page})


@public
@require_safe
def news(request: Request) -> HttpResponse:
    page = queries.news_page(request.reading.network.id, now=request.reading.now)
    return render(request, "communications/public/news.html", {"page": page})


@public
@require_safe
def news_feed(request: Request) -> HttpResponse:
    """The news in force, for programs that follow them (RSS 2.0)."""
    reading = request.reading
    name = str(reading.network.name.pick(reading.lang))
    address = request.build_absolute_uri(reverse("communications:news"))
    feed = Rss201rev2Feed(
        title=_("News: %(network)s") % {"network": name},
        link=address,
        description=_("What is going on in %(network)s.") % {"network": name},
        language=reading.lang,
        feed_url=request.build_absolute_uri(),
    )
    for each in queries.news_in_force(reading.network.id, now=reading.now):
        morning = datetime.combine(each.from_on, time(), HELSINKI).astimezone(UTC)
        feed.add_item(
            title=str(each.title.pick(reading.lang)),
            link=f"{address}#uutinen-{each.pk}",
            # a reader takes it for HTML: what an editor wrote goes out escaped, as on the page
            description=str(prose(each.text)),
            unique_id=f"{address}#uutinen-{each.pk}",
            pubdate=max(morning, each.published_at or morning),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
