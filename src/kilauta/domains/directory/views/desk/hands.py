"""Who edits: somebody signed in, or whoever holds a mailed link. The pages are the same for both."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kilauta.domains.directory import rules
from kilauta.domains.directory.models import Channel, Notice, Organisation, Place, Service
from kilauta.domains.directory.operations import Reporter
from kilauta.domains.directory.queries.reading import Reading
from kilauta.kit.access.doors import WorkRequest, public, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.accounts.models import Person
from kilauta.kit.forms.door import visitor_form

P = ParamSpec("P")
SAID = "tehty"


class Request(HttpRequest):
    """Every request is given its reading by the site."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it is, what it may reach, and where its pages are."""

    reach: rules.Reach
    person: Person | None
    token: str = ""
    organisation: Organisation | None = None

    @property
    def layout(self) -> str:
        return "directory/desk/linked.html" if self.token else "house/room.html"

    @property
    def note(self) -> str:
        """What a history says of how it was done."""
        return _("By a mailed link") if self.token else ""

    @property
    def reporter(self) -> Reporter | None:
        """Where an answer to a proposal goes, if not to an account."""
        if self.person or not self.organisation:
            return None
        return Reporter(contact=self.organisation.email)

    def url(self, page: str, *parts: object) -> str:
        """Return the address of one of the pages, in the room or behind the link."""
        before = [self.token] if self.token else []
        return reverse(f"directory:{'link' if self.token else 'own'}-{page}", args=[*before, *parts])

    def home(self, organisation: Organisation | None = None) -> str:
        """Return where one comes from: the organisation's page, or what the link opens."""
        if self.token:
            return reverse("directory:link", args=[self.token])
        if organisation is None:
            return reverse("directory:own")
        return reverse("directory:own-page", args=[organisation.pk])

    def organisation_of(self, key: UUID) -> Organisation:
        found = rules.organisations_for(self.reach).filter(pk=key).first()
        if found is None:
            raise Http404
        return found

    def entry(self, kind: str, key: UUID) -> Organisation | Place | Service | Channel:
        found = rules.entry_for(self.reach, kind, key)
        if found is None:
            raise Http404
        return found

    def notice(self, key: int) -> Notice:
        found = rules.notice_for(self.reach, key)
        if found is None:
            raise Http404
        return found

    def said(self, request: HttpRequest, code: str, address: str) -> str:
        """Tell what was done, and return where to go on; nobody without an account gets a cookie for it."""
        if self.token:
            return f"{self.url('thanks')}?{SAID}={code}"
        messages.success(request, str(SAID_WORDS[code]()))
        return address


# What is said after a deed, by its code: the sentences are made in the reader's language.
SAID_WORDS: dict[str, Callable[[], str]] = {
    "right": lambda: _("Thank you. Everything is marked as right today."),
    "public": lambda: _("Saved. It is public now."),
    "draft": lambda: _("Saved as a draft. The public does not see it yet."),
    "asked": lambda: _(
        "Thank you. A coordinator looks at your change. Until then the public sees the earlier text."
    ),
    "nothing": lambda: _("Nothing was different, so nothing was changed."),
    "kept": lambda: _("Saved. Only you and the coordinators of your network see it."),
    "gone": lambda: _("The public does not see it any more."),
    "notice": lambda: _("The notice stands beside the entry. It ends by itself."),
    "notice-ended": lambda: _("The notice has been taken away."),
}

Page = Callable[Concatenate[Any, Hand, P], HttpResponse]
View = Callable[..., HttpResponse]


def own(view: "Page[P]") -> View:
    """Open a page to whoever edits some entries; which ones, the hand knows."""

    def entered(request: WorkRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, Hand(rules.reach_of(request.holdings), request.person), *args, **kwargs)

    return _named(room(Verb.EDIT)(require_http_methods(["GET", "HEAD", "POST"])(entered)), view)


def own_deed(view: "Page[P]") -> View:
    """Open a button to whoever edits some entries."""

    def entered(request: WorkRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, Hand(rules.reach_of(request.holdings), request.person), *args, **kwargs)

    return _named(room(Verb.EDIT)(require_POST(entered)), view)


def linked(view: "Page[P]") -> View:
    """Open a page to whoever holds a mailed link, for the entries it opens."""

    def entered(request: Request, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        bearer = rules.opened(token, now=request.reading.now)
        if bearer is None:
            return render(request, "directory/desk/link_dead.html", status=404)
        hand = Hand(bearer.reach, bearer.person, token, bearer.organisation)
        return view(request, hand, *args, **kwargs)

    return _named(public(visitor_form(entered)), view)


def _named(door: View, view: View) -> View:
    """Let the door be found under the name of the view behind it."""
    door.__name__, door.__qualname__, door.__module__ = view.__name__, view.__qualname__, view.__module__
    return door
