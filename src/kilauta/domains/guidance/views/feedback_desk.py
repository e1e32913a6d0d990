"""Feedback at work: gathered on paper, aloud and on a tablet, and what it says of one's own organisation."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.domains.directory.queries.reading import Reading
from kilauta.domains.guidance.forms.feedback import AskingForm, PaperForm
from kilauta.domains.guidance.logic.feedback import Helped
from kilauta.domains.guidance.operations import feedback as operations
from kilauta.domains.guidance.queries import feedback as queries
from kilauta.domains.guidance.queries.feedback import Scope as Whose
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.documents import qr_svg
from kilauta.kit.forms.once import once
from kilauta.lib import clock

from .feedback import GENERALLY, QR, about_of, questions
from .feedback_told import told_file, told_page


@room(Verb.WORK)
@require_safe
def collect(request: WorkRequest) -> HttpResponse:
    """The ways to ask: a sheet with a code, a tablet, paper, aloud; for each thing of one's own."""
    return render(
        request, "guidance/desk/feedback.html", {"things": _things(request), "generally": GENERALLY}
    )


@room(Verb.WORK)
@require_safe
def sheet(request: WorkRequest, short: str) -> HttpResponse:
    """A sign for the table: a code to point a telephone at, and the address in words."""
    about = about_of(_reading(request), "" if short == GENERALLY else short)
    address = request.build_absolute_uri(_address(about))
    qr = qr_svg(f"{address}?tapa={QR}", title=_("QR code to %(address)s") % {"address": address})
    return render(request, "guidance/desk/feedback_sheet.html", {"about": about, "url": address, "qr": qr})


@room(Verb.WORK)
@require_safe
def paper(request: WorkRequest, short: str) -> HttpResponse:
    """The questions to be answered with a pen; beside each box the key by which it is typed in."""
    about = about_of(_reading(request), "" if short == GENERALLY else short)
    return render(request, "guidance/desk/feedback_paper.html", {"about": about, "asked": questions()})


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def typing(request: WorkRequest) -> HttpResponse:
    """One sheet after another, by keyboard; the thing and the day stay."""
    reading = _reading(request)
    today = reading.clockwork.today
    initial: dict[str, object] = {
        "about": request.GET.get("kohde", ""),
        "day": request.GET.get("paiva") or f"{today.day}.{today.month}.{today.year}",
    }
    form = PaperForm(request, asked=questions(), things=_things(request), initial=initial)

    def receive() -> str:
        day = form.cleaned_data["day"]
        operations.give_feedback(
            reading.network.id, form.answers(), about=form.helped, way="paper", lang=reading.lang, on=day,
            now=clock.now(),
        )  # fmt: skip
        kept = {"kohde": form.helped.short, "paiva": f"{day.day}.{day.month}.{day.year}"}
        return f"{reverse('guidance:feedback-typing')}?{urlencode(kept)}"

    return _written(request, form, receive, "guidance/desk/feedback_typing.html")


@room(Verb.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: WorkRequest) -> HttpResponse:
    """The questions as they are read aloud to somebody."""
    reading = _reading(request)
    initial: dict[str, object] = {"about": request.GET.get("kohde", "")}
    form = AskingForm(request, asked=questions(), things=_things(request), initial=initial)

    def receive() -> str:
        operations.give_feedback(
            reading.network.id,
            form.answers(),
            about=form.helped,
            way="aloud",
            lang=reading.lang,
            now=clock.now(),
        )
        return f"{reverse('guidance:feedback-asking')}?{urlencode({'kohde': form.helped.short})}"

    return _written(request, form, receive, "guidance/desk/feedback_asking.html")


def _written(
    request: WorkRequest, form: PaperForm | AskingForm, receive: object, template: str
) -> HttpResponse:
    done = once(form, receive, now=clock.now()) if form.is_valid() else None  # type: ignore[arg-type]
    if done:
        messages.success(request, _("Saved. The form is ready for the next one."))
    return done or render(request, template, {"form": form})


@room(Verb.WORK)
@require_safe
def own(request: WorkRequest) -> HttpResponse:
    """What is said of the help of one's own organisation."""
    bodies = _bodies(request)
    if not bodies:
        return render(request, "guidance/desk/feedback_none.html")
    return told_page(
        request,
        _whose(request, bodies),
        "guidance/desk/feedback_own.html",
        bodies=_named(request, bodies),
        may_read=request.holdings.anywhere(Verb.EDIT),
    )


@room(Verb.WORK)
@require_safe
def own_file(request: WorkRequest, form: str) -> HttpResponse:
    bodies = _bodies(request)
    if not bodies:
        raise Http404
    return told_file(request, _whose(request, bodies), form)


@room(Verb.EDIT, pledged=True)
@require_safe
def own_words(request: WorkRequest) -> HttpResponse:
    """The words people wrote, for whoever keeps the organisation's entry."""
    found = [(key, queries.words_of(Whose(organisation=UUID(key)))) for key in _edited(request)]
    names = dict(_named(request, [key for key, _said in found]))
    rows = [(names.get(key, ""), said) for key, said in found]
    return render(request, "guidance/desk/feedback_words.html", {"rows": rows})


@room(Verb.EDIT, pledged=True)
@require_POST
def own_erase(request: WorkRequest, key: UUID) -> HttpResponse:
    for body in _edited(request):
        held = queries.feedback_in(Whose(organisation=UUID(body)), key)
        if held is not None:
            operations.erase_words(held, actor=request.person, now=clock.now())
            messages.success(request, _("The words are erased."))
            return HttpResponse(status=302, headers={"Location": reverse("guidance:feedback-own-words")})
    raise Http404


def _reading(request: WorkRequest) -> Reading:
    reading: Reading = request.reading  # type: ignore[attr-defined]  # given by the site
    return reading


def _bodies(request: WorkRequest) -> list[str]:
    return sorted(request.holdings.ids(Verb.WORK, Scope.BODY))


def _edited(request: WorkRequest) -> list[str]:
    return sorted(request.holdings.ids(Verb.EDIT, Scope.BODY))


def _things(request: WorkRequest) -> list[Helped]:
    return queries.things_of(_reading(request).catalogue, _bodies(request))


def _named(request: WorkRequest, bodies: list[str]) -> list[tuple[str, str]]:
    reading = _reading(request)
    held = reading.catalogue.organisations
    return [(key, str(held[key].name.pick(reading.lang))) for key in bodies if key in held]


def _whose(request: WorkRequest, bodies: list[str]) -> Whose:
    chosen = request.GET.get("antaja", "") or bodies[0]
    if chosen not in bodies:
        raise Http404
    return Whose(organisation=UUID(chosen))


def _address(about: Helped) -> str:
    return (
        reverse("guidance:feedback-of", args=[about.short]) if about.short else reverse("guidance:feedback")
    )
