"""The desk: advisers find for a caller, without an account. What is asked stands in the address, and nobody's name."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.directory.queries.reading import reading
from kilauta.domains.finder import operations
from kilauta.domains.finder.forms import SendForm
from kilauta.domains.finder.queries import desk_page
from kilauta.domains.finder.queries.sent import told
from kilauta.kit.access.doors import WorkRequest, public, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.documents import qr_svg
from kilauta.kit.forms.once import once
from kilauta.lib import clock

from .public import Request, number


def asked(sent: QueryDict) -> desk_page.Asked:
    """Read what the adviser asks."""
    return desk_page.Asked(
        words=sent.get("q", ""),
        place=sent.get("paikka", ""),
        filters={facet: value for facet in desk_page.FACETS if (value := sent.get(facet, ""))},
        page=number(sent.get("sivu", "1")),
    )


@public
@require_safe
def page(request: Request) -> HttpResponse:
    question = asked(request.GET)
    results = desk_page.desk_search(request.reading, question)
    if question.query:
        operations.note_search(request.reading, results, at_desk=True)
    shown = desk_page.desk_page(request.reading, question, results)
    kept = [("q", question.words), ("paikka", question.place), *question.filters.items()]
    return render(request, "finder/desk/page.html", {"page": shown, "kept": kept})


@public
@require_safe
def entry(request: Request, address: str) -> HttpResponse:
    question = asked(request.GET)
    results = desk_page.desk_search(request.reading, question)
    shown = desk_page.desk_entry(request.reading, address.split("-", 1)[0], question, results)
    if shown is None:
        raise Http404
    right = shown.page.listed.service.address
    if right != address:
        return redirect(f"{reverse('finder:desk-entry', args=[right])}?{question.query}", permanent=True)
    return render(request, "finder/desk/entry.html", {"desk": shown, "page": shown.page})


def named(sent: QueryDict) -> list[str]:
    """Return the services of a hand-out, given one by one or joined."""
    return [short_id for joined in sent.getlist("palvelu") for short_id in joined.split("-")]


@public
@require_safe
def handout(request: Request) -> HttpResponse:
    """A sheet for the caller: services by their short ids, given one by one or joined ("palvelu=abc123-def456")."""
    sheet = desk_page.handout(request.reading, named(request.GET))
    url = request.build_absolute_uri(f"{reverse('finder:desk-handout')}?{sheet.query}")
    qr = qr_svg(url, title=gettext("QR code to %(address)s") % {"address": url})
    return render(request, "finder/desk/handout.html", {"page": sheet, "url": url, "qr": qr})


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: WorkRequest) -> HttpResponse:
    """Send a hand-out to the caller, in the caller's language. Nothing of the caller stands in the address."""
    now, here = clock.now(), request.get_host()
    mine = reading(host=here, lang=request.LANGUAGE_CODE, now=now)
    sheet = desk_page.handout(mine, named(request.GET))
    form = SendForm(request, lang=mine.lang)
    if form.is_valid():
        lang, contact = form.cleaned_data["lang"], form.cleaned_data["contact"]
        theirs = reading(host=here, lang=lang, now=now)
        with override(lang):
            url = request.build_absolute_uri(f"{reverse('finder:desk-handout')}?{sheet.query}")

        def act() -> str:
            operations.send_handout(
                told(theirs, sheet), contact=contact, lang=lang, url=url,
                network={"name": str(theirs.network.name.pick(lang)), "phone": theirs.network.phone},
                actor=request.person, now=now,
            )  # fmt: skip
            return f"{reverse('finder:desk-send')}?{sheet.query}"

        done = once(form, act, now=now)
        if done:
            messages.success(request, gettext("The message is on its way."))
            return done
    return render(
        request, "finder/desk/send.html", {"choices": told(mine, sheet), "sheet": sheet, "form": form}
    )
