"""Somebody asks for help, one question on a page, and sees how it stands by a link of their own."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from kilauta.domains.guidance import choices
from kilauta.domains.guidance.forms.requests import CHECK, QUESTIONS, STEPS, AskForm, Choosable, WithdrawForm
from kilauta.domains.guidance.logic.requests import REQUEST_KEPT
from kilauta.domains.guidance.models.requests import Asking
from kilauta.domains.guidance.operations import requests as operations
from kilauta.domains.guidance.queries import links
from kilauta.domains.guidance.queries import requests as queries
from kilauta.kit.access.doors import public
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once

from .asking import Request, asked, begun, choosable, rule_of

BACK = "to-"
# The pages that say whom else one could ring.
TOLD = ("place", CHECK)


@public
@visitor_form
def ask(request: Request) -> HttpResponse:
    """The questions, one after the other; then they are read back and sent. What was said travels in the form."""
    if request.method != "POST":
        form = _fresh(request, "", initial=begun(request.reading, request.GET))
        return _page(request, _fresh(request, _next(form), initial=dict(form.initial)))
    sent = request.POST
    step = sent.get("step", "") if sent.get("step") in STEPS else STEPS[0]
    wanted = sent.get("do", "").removeprefix(BACK)
    if wanted in QUESTIONS:
        return _page(request, _fresh(request, wanted))
    form = _form(request, step)
    if not form.is_valid():
        wrong = form.wrong_step()
        return _page(request, form if wrong in ("", step) else _form(request, wrong))
    if step != CHECK:
        return _page(request, _fresh(request, _next(form)))
    return _sent(request, form, made_by="resident") or _page(request, form)


@public
@visitor_form
def ask_for_caller(request: Request) -> HttpResponse:
    """All questions on one page, for whoever has the person on the telephone or at the desk."""
    initial = begun(request.reading, request.GET)
    form = AskForm(
        request,
        choosable=_choosable(request),
        initial={"whose": "me", "when": "any", "way": "phone", **initial},
    )
    done = _sent(request, form, made_by="desk") if form.is_valid() else None
    return done or render(request, "guidance/public/ask_for_caller.html", {"form": form})


def _choosable(request: Request) -> Choosable:
    begins = str(begun(request.reading, request.GET).get("about", ""))
    return choosable(request.reading, request.POST.get("about", ""), begins)


def _form(request: Request, step: str) -> AskForm:
    return AskForm(request, choosable=_choosable(request), step=step)


def _fresh(request: Request, step: str, *, initial: dict[str, object] | None = None) -> AskForm:
    return AskForm(request, choosable=_choosable(request), step=step, fresh=True, initial=initial)


def _next(form: AskForm) -> str:
    """Return the first question without an answer; then everything is read back."""
    return next((step for step in QUESTIONS if not form.answered(step)), CHECK)


def _page(request: Request, form: AskForm) -> HttpResponse:
    number = STEPS.index(form.step)
    context = {
        "form": form,
        "fields": [form[name] for name in QUESTIONS.get(form.step, ())],
        "rows": form.rows() if form.step == CHECK else (),
        "number": number + 1,
        "questions": len(QUESTIONS),
        "back": STEPS[number - 1] if number else "",
        # said where it is news, and once more before it is sent
        "rule": rule_of(request.reading.catalogue, form["about"].value()) if form.step in TOLD else None,
    }
    return render(request, "guidance/public/ask.html", context)


def _sent(request: Request, form: AskForm, *, made_by: str) -> HttpResponse | None:
    reading = request.reading

    def receive() -> str:
        made = operations.ask_for_help(
            asked(form, reading),
            network=reading.network.id,
            made_by=made_by,
            link=lambda thing: address_of(request, "guidance:asked", links.REQUEST, thing),
            office=request.build_absolute_uri(reverse("guidance:queue")),
            actor=None,
            now=reading.now,
        )
        return str(made.pk)

    done = once(form, receive, now=reading.now)
    # what is remembered of the form is the key of the request; the link is nowhere kept
    return redirect("guidance:asked", links.token(links.REQUEST, UUID(done.url))) if done else None


def address_of(request: HttpRequest, page: str, kind: str, thing: Asking, *, lang: str = "") -> str:
    """Return the whole address of a page behind a link, in this language or in that of whoever asked."""
    with translation.override(lang or thing.lang):
        return request.build_absolute_uri(reverse(page, args=[links.token(kind, thing.pk)]))


@public
@visitor_form
def state(request: Request, token: str) -> HttpResponse:
    """How a request stands, for whoever made it; there it can be taken back."""
    key = links.opened(links.REQUEST, token)
    held = queries.request_at(key) if key else None
    now = request.reading.now
    if held is None or (held.closed_at and now - held.closed_at > REQUEST_KEPT):
        raise Http404
    form = WithdrawForm(request)
    thing = held

    def receive() -> str:
        operations.withdraw(thing, actor=None, now=now)
        return str(thing.pk)

    if form.is_valid() and once(form, receive, now=now):
        return redirect("guidance:asked", token)
    context = {
        "form": form,
        "request_": held,
        "number": spoken(held.number),
        "way": choices.WISHED[held.mode],
        "when": choices.WHEN[held.wanted],
        "is_late": held.state == "waiting" and held.due_at <= now,
    }
    return render(request, "guidance/public/asked.html", context)


def spoken(number: str) -> str:
    """Return the number as one says it, in pairs."""
    return " ".join(number[at : at + 2] for at in range(0, len(number), 2))
