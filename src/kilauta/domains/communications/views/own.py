"""The office's pages for what the network writes itself."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeVar

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kilauta.domains.communications import forms, operations, queries
from kilauta.domains.communications.choices import ADDRESS_FAULTS, LINK_KINDS, PAGE_KINDS
from kilauta.domains.communications.models import Contact, Link, News, Page
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.components.templatetags.components import prose, say
from kilauta.kit.forms import TONGUES, Form
from kilauta.kit.refusals import Refused
from kilauta.lib import clock
from kilauta.lib.words import LANGUAGES, Words
from kilauta.lib.zone import local

T = TypeVar("T", Page, News, Contact, Link)
Save = Callable[[Mapping[str, object]], Model]

# The kinds of pages as they stand in addresses.
WORDS = {"tietoa": "about", "yhteystiedot": "contacts", "oma": "own"}
NEWS_LAST = timedelta(days=30)
# Where the things that a link stands in are changed.
EDITORS = {
    "page": "communications:office-edit-page",
    "news": "communications:office-edit-news",
    "link": "communications:office-link",
    "organisation": "directory:own-organisation",
    "service": "directory:own-service",
    "channel": "directory:own-channel",
}


@room(Verb.TELL)
@require_safe
def pages(request: WorkRequest) -> HttpResponse:
    """Every page of the network, and those of the two fixed ones that nobody has written."""
    held = queries.listed_pages(here(request, Verb.TELL))
    there = {page.kind for page in held}
    context = {
        "pages": held,
        "unwritten": [
            (word, PAGE_KINDS[kind]) for word, kind in WORDS.items() if kind not in {*there, "own"}
        ],
    }
    return render(request, "communications/office/pages.html", context)


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: WorkRequest, word: str) -> HttpResponse:
    network = here(request, Verb.TELL)
    if word not in WORDS:
        raise Http404
    kind = WORDS[word]

    def save(values: Mapping[str, object]) -> Page:
        return operations.add_page(network, kind=kind, values=values, actor=request.person, now=clock.now())

    form = (forms.OwnPage if kind == "own" else forms.OwnText)(request.POST or None)
    back = reverse("communications:office-pages")
    return _written(request, form, save, heading=PAGE_KINDS[kind], back=back, on="communications:office-page")


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: WorkRequest, key: int) -> HttpResponse:
    return _told(request, _one(request, Page, key), "communications:office-page")


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: WorkRequest, key: int) -> HttpResponse:
    held = _one(request, Page, key)
    kind = forms.OwnPage if held.kind == "own" else forms.OwnText
    back = reverse("communications:office-page", args=[key])
    return _changed(request, held, kind, heading=held.name, back=back, on="communications:office-page")


@room(Verb.TELL)
@require_safe
def news(request: WorkRequest) -> HttpResponse:
    rows = queries.all_of(News, here(request, Verb.TELL))
    context = {"rows": rows, "today": local(clock.now()).date()}
    return render(request, "communications/office/news.html", context)


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def new_news(request: WorkRequest) -> HttpResponse:
    network, now = here(request, Verb.TELL), clock.now()

    def save(values: Mapping[str, object]) -> News:
        return operations.add_news(network, values=values, actor=request.person, now=now)

    today = local(now).date()
    form = forms.News(request.POST or None, initial={"from_on": today, "until_on": today + NEWS_LAST})
    back = reverse("communications:office-news")
    return _written(request, form, save, heading=_("News"), back=back, on="communications:office-one-news")


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def one_news(request: WorkRequest, key: int) -> HttpResponse:
    return _told(request, _one(request, News, key), "communications:office-one-news")


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_news(request: WorkRequest, key: int) -> HttpResponse:
    held = _one(request, News, key)
    back = reverse("communications:office-one-news", args=[key])
    return _changed(
        request, held, forms.News, heading=held.title, back=back, on="communications:office-one-news"
    )


@room(Verb.TELL)
@require_safe
def contacts(request: WorkRequest) -> HttpResponse:
    rows = queries.all_of(Contact, here(request, Verb.TELL))
    return render(request, "communications/office/contacts.html", {"rows": rows})


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def new_contact(request: WorkRequest) -> HttpResponse:
    network = here(request, Verb.TELL)

    def save(values: Mapping[str, object]) -> Contact:
        return operations.add_contact(network, values=values, actor=request.person, now=clock.now())

    form, back = forms.Contact(request.POST or None), reverse("communications:office-contacts")
    return _written(request, form, save, heading=_("Contact details"), back=back)


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: WorkRequest, key: int) -> HttpResponse:
    held, back = _one(request, Contact, key), reverse("communications:office-contacts")
    return _removed(request, held, back) or _changed(
        request, held, forms.Contact, heading=str(held), back=back
    )


@room(Verb.TELL)
@require_safe
def links(request: WorkRequest) -> HttpResponse:
    """The links to elsewhere, and every address that leads nowhere with the entry it stands in."""
    network = here(request, Verb.TELL)
    dead = [
        (
            each.address,
            ADDRESS_FAULTS[each.address.fault],
            [
                (place.name, reverse(EDITORS[place.kind], args=[place.key]) if place.kind in EDITORS else "")
                for place in each.standing
            ],
        )
        for each in queries.dead_links(network)
    ]
    rows = [(row, LINK_KINDS[row.kind]) for row in queries.all_of(Link, network)]
    return render(request, "communications/office/links.html", {"rows": rows, "dead": dead})


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: WorkRequest) -> HttpResponse:
    network = here(request, Verb.TELL)

    def save(values: Mapping[str, object]) -> Link:
        return operations.add_link(network, values=values, actor=request.person, now=clock.now())

    form, back = forms.Link(request.POST or None), reverse("communications:office-links")
    return _written(request, form, save, heading=_("A link to elsewhere"), back=back)


@room(Verb.TELL)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: WorkRequest, key: int) -> HttpResponse:
    held, back = _one(request, Link, key), reverse("communications:office-links")
    return _removed(request, held, back) or _changed(request, held, forms.Link, heading=held.label, back=back)


def _one(request: WorkRequest, model: type[T], key: int) -> T:
    held = queries.one(model, here(request, Verb.TELL), key)
    if held is None:
        raise Http404
    return held


def _told(request: WorkRequest, held: Page | News, here_again: str) -> HttpResponse:
    """Show how the public sees it, and publish or withdraw it."""
    if request.method == "POST":
        deed = request.POST.get("do", "")
        try:
            if deed == "publish":
                operations.publish(held, actor=request.person, now=clock.now())
                messages.success(request, _("Published: everybody can read it now."))
            elif deed == "withdraw":
                operations.withdraw(held, actor=request.person, now=clock.now())
                messages.success(request, _("Withdrawn: it is a draft again."))
        except Refused as refused:
            messages.error(request, refused.message)
        return redirect(here_again, held.pk)
    is_page = isinstance(held, Page)
    context = {
        "thing": held,
        "name": held.name if isinstance(held, Page) else held.title,
        "is_page": is_page,
        "edit": reverse(f"communications:office-edit-{'page' if is_page else 'news'}", args=[held.pk]),
        "back": reverse(f"communications:office-{'pages' if is_page else 'news'}"),
        "looks": _in_tongues(held.title, held.text),
        "advice": queries.advice(held),
        "history": queries.history_of(held),
        "public": _public(held),
    }
    return render(request, "communications/office/told.html", context)


def _public(held: Page | News) -> str:
    if isinstance(held, News):
        return reverse("communications:news")
    # the pages that every network has stand above us: the menu of every page leads to them
    return reverse("communications:own-page", args=[held.slug]) if held.kind == "own" else ""


def _in_tongues(title: Words, text: Words) -> list[tuple[str, str, str, str]]:
    """Return the texts language by language as a reader of that language sees them; nothing where it is missing."""
    shown: list[tuple[str, str, str, str]] = []
    for place, language in enumerate(LANGUAGES):
        with translation.override(language):
            mine = [Words(**{"fi": "", language: words[place]}) for words in (title, text)]
            shown.append((language, TONGUES[language], say(mine[0]), prose(mine[1])))
    return shown


def _changed(
    request: WorkRequest,
    held: Page | News | Contact | Link,
    kind: type[Form],
    *,
    heading: Words | str | Promise,
    back: str,
    on: str = "",
) -> HttpResponse:
    def save(values: Mapping[str, object]) -> Model:
        return operations.change(held, values=values, actor=request.person, now=clock.now())

    initial = {name: getattr(held, name) for name in kind.base_fields}
    form = kind(request.POST or None, initial=initial)
    return _written(request, form, save, heading=heading, back=back, on=on, held=held)


def _written(
    request: WorkRequest,
    form: Form,
    save: Save,
    *,
    heading: Words | str | Promise,
    back: str,
    on: str = "",
    held: Page | News | Contact | Link | None = None,
) -> HttpResponse:
    """Show the form; look at what was typed, or save it and go on: to its page, else back to the list."""
    looks = None
    if form.is_valid():
        values = form.cleaned_data
        if request.POST.get("do") == "look":
            looks = _in_tongues(values.get("title", Words("")), values.get("text", Words("")))
        else:
            try:
                made = save(forms.columns(values))
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, _("Saved."))
                return redirect(reverse(on, args=[made.pk]) if on else back)
    listed = isinstance(held, Contact | Link)
    context = {
        "form": form,
        "heading": heading,
        "back": back,
        "can_look": "text" in form.fields,
        "looks": looks,
        "removable": listed,
        "live": bool(getattr(held, "published_at", None)),
        "advice": queries.advice(held) if held and listed else (),
        "history": queries.history_of(held) if held and listed else (),
    }
    return render(request, "communications/office/edit.html", context)


def _removed(request: WorkRequest, held: Contact | Link, back: str) -> HttpResponse | None:
    if request.POST.get("do") != "remove":
        return None
    try:
        operations.remove(held, actor=request.person, now=clock.now())
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Removed."))
    return redirect(back)
