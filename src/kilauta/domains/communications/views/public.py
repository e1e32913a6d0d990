"""What a visitor tells us about the service itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kilauta.domains.communications import forms, operations, queries
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.access.doors import public
from kilauta.kit.forms.door import visitor_form
from kilauta.kit.forms.once import once


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
