"""What anybody may tell us without an account: the visitor's door, a form, and a receipt with a number."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kilauta.domains.directory import forms, operations
from kilauta.domains.directory.queries import pages
from kilauta.domains.directory.queries.about import About, about
from kilauta.domains.directory.queries.proposals import receipt
from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.directory.queries.snapshots import entry
from kilauta.domains.territory.models import Network
from kilauta.kit.access.doors import public
from kilauta.kit.components.templatetags.components import address_of
from kilauta.kit.forms import OnceForm
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once

from .public import Request

# The word of a kind in these addresses, and the route of its page.
KINDS = {
    "palvelu": "service",
    "antaja": "organisation",
    "paikka": "place",
    "sahkoinen-palvelu": "eservice",
}
PAGES = {"service": "directory:service", "organisation": "directory:provider", "place": "directory:place"}


@public
@visitor_form
def error(request: Request, word: str, address: str) -> HttpResponse:
    """Something is wrong on the page of an entry."""
    if word not in KINDS:
        raise Http404
    found, reading = _about(request.reading, KINDS[word], address), request.reading
    if found.address != address and request.method != "POST":
        return redirect("directory:error", word, found.address, permanent=True)
    form = forms.ErrorForm(request, kind=found.kind, says=found.says)
    page = _page(found)

    def receive() -> str:
        made = operations.report_error(
            entry(found.kind, found.id),
            form.words(),
            page=page,
            network=_network(reading),
            values=form.values(reading.lang),
            actor=None,
            reporter=_reporter(form, reading),
            now=reading.now,
        )
        return reverse("directory:told", args=[made.pk])

    done = once(form, receive, now=reading.now) if form.is_valid() else None
    context = {"form": form, "about": found, "page": page}
    return done or render(request, "directory/public/error.html", context)


@public
@visitor_form
def claim(request: Request, address: str) -> HttpResponse:
    """A listed organisation wants to keep its entry itself, or to be left out."""
    found, reading = _about(request.reading, "organisation", address), request.reading
    if found.address != address and request.method != "POST":
        return redirect("directory:claim", found.address, permanent=True)
    form = forms.ClaimForm(request)

    def receive() -> str:
        thing = entry("organisation", found.id)
        if thing is None:
            raise Http404
        deed = {forms.CLAIM: operations.claim, forms.LEAVE: operations.ask_to_leave}[
            form.cleaned_data["wish"]
        ]
        reporter = _reporter(form, reading)
        made = deed(thing, note=form.words(), actor=None, reporter=reporter, now=reading.now)  # type: ignore[arg-type]  # an organisation
        return reverse("directory:told", args=[made.pk])

    done = once(form, receive, now=reading.now) if form.is_valid() else None
    return done or render(request, "directory/public/claim.html", {"form": form, "about": found})


@public
@visitor_form
def offer(request: Request) -> HttpResponse:
    """Somebody who helps people tells about it."""
    reading = request.reading
    form = forms.OfferForm(request, catalogue=reading.catalogue, towns=_towns(reading))

    def receive() -> str:
        made = operations.propose_new(
            form.values(reading.lang),
            network=_network(reading),
            actor=None,
            reporter=_reporter(form, reading),
            note=form.words(),
            now=reading.now,
        )
        return reverse("directory:told", args=[made.pk])

    done = once(form, receive, now=reading.now) if form.is_valid() else None
    return done or render(request, "directory/public/offer.html", {"form": form})


@public
@require_safe
def paper(request: Request) -> HttpResponse:
    """The same questions on paper."""
    reading = request.reading
    form = forms.OfferForm(request, catalogue=reading.catalogue, towns=_towns(reading))
    return render(request, "directory/public/offer_paper.html", {"form": form})


@public
@require_safe
def told(request: Request, token: UUID) -> HttpResponse:
    """The receipt. Who has its address has told us something, or has been shown it by who did."""
    found = receipt(token)
    if found is None:
        raise Http404
    return render(request, "directory/public/told.html", {"receipt": found})


def _about(reading: Reading, kind: str, address: str) -> About:
    found = about(reading, kind, address.split("-", 1)[0])
    if found is None:
        raise Http404
    return found


def _page(found: About) -> str:
    """Return where the entry is shown."""
    if found.kind in PAGES:
        return reverse(PAGES[found.kind], args=[found.address])
    return address_of(found.kind, found.address)


def _network(reading: Reading) -> Network | None:
    return Network.objects.filter(pk=reading.network.id).first()


def _reporter(form: OnceForm, reading: Reading) -> operations.Reporter:
    return operations.Reporter(contact=form.cleaned_data["contact"], lang=reading.lang)


def _towns(reading: Reading) -> list[tuple[str, str]]:
    known = reading.catalogue.municipalities
    towns = pages.by_name(
        (known[code] for code in reading.network.municipalities if code in known), reading.lang
    )
    return [(town.code, str(town.name.pick(reading.lang))) for town in towns]
