"""*Miten meni?*: what people say of the help they got, without an account, a name or a trace."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.guidance.logic.feedback import GENERAL, Helped
from kilauta.domains.guidance.operations import feedback as operations
from kilauta.domains.guidance.queries import feedback as queries
from kilauta.kit.access.doors import public
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once
from kilauta.kit.questions.asked import Asked
from kilauta.kit.questions.forms import QuestionsForm

# In an address: that it came from a printed code, and help in general.
QR, GENERALLY = "qr", "apu"


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@public
@visitor_form
def feedback(request: Request, address: str = "") -> HttpResponse:
    """The questions, of help in general or of the thing behind the address."""
    way = "qr" if request.GET.get("tapa") == QR else "link"
    about = about_of(request.reading, address.split("-", 1)[0]) if address else GENERAL
    form, done = _asked(
        request, about, way, reverse("guidance:feedback-thanks", args=[about.short or GENERALLY])
    )
    return done or render(request, "guidance/public/feedback.html", {"form": form, "about": about})


@public
@require_safe
def thanks(request: Request, token: str) -> HttpResponse:
    """Where one is led after sending: nothing of what was said stands here."""
    about_of(request.reading, "" if token == GENERALLY else token)
    return render(request, "guidance/public/feedback_thanks.html")


@public
@visitor_form
def kiosk(request: Request, token: str) -> HttpResponse:
    """The same on a tablet that lies at the place: one person after another, and nobody sees what was said before."""
    about = about_of(request.reading, "" if token == GENERALLY else token)
    form, done = _asked(request, about, "tablet", reverse("guidance:feedback-kiosk-thanks", args=[token]))
    context = {"form": form, "about": about, "token": token}
    return _unkept(done or render(request, "guidance/public/feedback_kiosk.html", context))


@public
@require_safe
def kiosk_thanks(request: Request, token: str) -> HttpResponse:
    about_of(request.reading, "" if token == GENERALLY else token)
    return _unkept(render(request, "guidance/public/feedback_kiosk_thanks.html", {"token": token}))


def about_of(reading: Reading, short: str) -> Helped:
    found = queries.helped(reading.catalogue, short) if short else GENERAL
    if found is None:
        raise Http404
    return found


def questions() -> Asked:
    asked = queries.feedback_questions()
    if asked is None:
        raise Http404
    return asked


def _asked(
    request: Request, about: Helped, way: str, after: str
) -> tuple[QuestionsForm, HttpResponse | None]:
    """Return the form, and where it leads once it is sent and good."""
    form, reading = QuestionsForm(request, asked=questions()), request.reading

    def receive() -> str:
        operations.give_feedback(
            reading.network.id, form.answers(), about=about, way=way, lang=reading.lang, now=reading.now
        )
        return after

    return form, once(form, receive, now=reading.now) if form.is_valid() else None


def _unkept(response: HttpResponse) -> HttpResponse:
    """Let no browser keep the page: whoever goes back finds it empty."""
    patch_cache_control(response, private=True, no_store=True)
    return response
