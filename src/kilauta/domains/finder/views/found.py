"""*Löytyikö?*: whether somebody found help with what was shown to them. Asked of everybody, told by nobody's name."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.finder import choices, operations
from kilauta.domains.finder.queries import answer_page, desk_page
from kilauta.domains.finder.queries.answer_page import AnswerPage
from kilauta.domains.finder.queries.offers import FACETS
from kilauta.domains.finder.queries.searching import Results
from kilauta.kit.access.doors import public
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.form import Refusal

from . import desk
from .public import WISHES, Request, results, wish

DESK, TAPPED = "tiski", "soitettu"


@public
@visitor_form
def found(request: Request) -> HttpResponse:
    """Count an answer and lead on to its page, which counts nothing when it is loaded again.

    A number that was tapped is told here by the page itself (house.js): it is an answer too, given by deed.
    """
    sent = request.POST if request.method == "POST" else request.GET
    told = sent.get("vastaus", "")
    told = told if told in (*choices.OUTCOMES, *choices.MISSED) else ""
    refusal: Refusal | None = getattr(request, "refusal", None)  # the door's
    if request.method == "POST" and not refusal and TAPPED in sent:
        operations.note_call(request.reading, sent[TAPPED])
        return HttpResponse(status=204)
    if request.method != "POST" or refusal or not told:
        return _page(request, sent, told="" if refusal else told, refusal=refusal)
    shown = _shown(request.reading, request.POST)
    if shown is not None:
        at_desk = request.POST.get("mista") == DESK
        operations.note_outcome(request.reading, shown, outcome=told, at_desk=at_desk)
    kept = urlencode([("vastaus", told), *_kept(request.POST)])
    return HttpResponseRedirect(f"{reverse('finder:found')}?{kept}")


def _page(request: Request, sent: QueryDict, *, told: str, refusal: Refusal | None) -> HttpResponse:
    kept = _kept(sent)
    context = {
        "told": "missed" if told in choices.MISSED else told,
        "reasons": choices.MISSED.items(),
        "shown": kept,
        "back": _back(dict(kept)),
        "refusal": refusal.message if refusal else "",
    }
    return render(request, "finder/public/found.html", context)


# What may go with an answer: where it was asked, and what was asked for there.
KEPT = ("mista", "asia", "q", "paikka", *WISHES, *FACETS)
LONGEST = 100


def _kept(sent: QueryDict) -> list[tuple[str, str]]:
    return [(name, value[:LONGEST]) for name in KEPT if (value := sent.get(name, ""))]


def _shown(reading: Reading, sent: QueryDict) -> AnswerPage | Results | None:
    """Find once more what the person was shown; what they send beside that is not believed."""
    if sent.get("mista") == DESK:
        return desk_page.desk_search(reading, desk.asked(sent))
    need = sent.get("asia", "")
    if need:
        return answer_page.answer_page(reading, need, sent.get("paikka", ""), wish(reading, sent))
    return results(reading, sent)


def _back(kept: dict[str, str]) -> str:
    """Return the address of the page that was shown."""
    room, need = kept.pop("mista", ""), kept.pop("asia", "")
    address = reverse("finder:desk" if room == DESK else "finder:search")
    if need:
        try:
            address = reverse("finder:answer", args=[need, kept.pop("paikka", "")])
        except NoReverseMatch:
            return reverse("finder:choose-need")
    return f"{address}?{urlencode(kept)}" if kept else address
