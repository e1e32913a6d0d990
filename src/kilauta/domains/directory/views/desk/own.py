"""My organisations, the page of one, and whether everything on it is right."""

from collections.abc import Iterable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from kilauta.domains.directory import operations, rules
from kilauta.domains.directory.choices import label, value_list
from kilauta.domains.directory.models import Organisation
from kilauta.domains.directory.queries import own as queries
from kilauta.domains.directory.queries.facts import (
    Entries,
    Fact,
    entries_of,
    facts_of,
    fingerprint,
    public_entries,
)
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.panels import About, panels_of

from .hands import SAID, SAID_WORDS, Hand, Request

PER_PAGE = 50
MOST_NEEDS = 20
EVERYTHING = "kaikki"


def organisations(request: Request, hand: Hand) -> HttpResponse:
    """All that one may edit; who has one only comes to its page."""
    rows = rules.organisations_for(hand.reach).order_by("name_fi", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("sivu", "1"))
    if page.paginator.count == 1:
        return redirect("directory:own-page", page.object_list[0].pk)
    return render(request, "directory/desk/own_list.html", {"page": page, "hand": hand})


def page(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    organisation = hand.organisation_of(key)
    shown = queries.own_page(organisation, hand.reach, request.reading.now)
    about = About(str(organisation.pk), request.reading.network.id, request.reading.now)
    services = Paginator(shown.services, PER_PAGE).get_page(request.GET.get("sivu", "1"))
    context = {
        "page": shown,
        "services": services,
        "needs": shown.needs[:MOST_NEEDS],
        "needs_more": len(shown.needs[MOST_NEEDS:]),
        "organisation": organisation,
        "panels": panels_of("organisation", about),
        "address": queries.public_address(organisation),
        "people": request.holdings.may(Verb.PEOPLE, Scope.BODY, str(key)),  # type: ignore[attr-defined]  # came through a room
        "hand": hand,
    }
    return render(request, "directory/desk/own.html", context)


def right(request: Request, hand: Hand, key: UUID) -> HttpResponse:
    """Everything the public is told, with one button for all of it and one for each group."""
    return _right(request, hand, hand.organisation_of(key))


def link(request: Request, hand: Hand) -> HttpResponse:
    """Where a mailed link leads: the same, without an account."""
    assert hand.organisation is not None  # noqa: S101 -- a link opens one
    return _right(request, hand, hand.organisation)


def thanks(request: Request, hand: Hand) -> HttpResponse:
    code = request.GET.get(SAID, "")
    words = SAID_WORDS[code]() if code in SAID_WORDS else ""
    context = {"hand": hand, "words": words, "address": queries.public_address(hand.organisation)}
    return render(request, "directory/desk/thanks.html", context)


def _right(request: Request, hand: Hand, organisation: Organisation) -> HttpResponse:
    held = entries_of(organisation, hand.reach)
    facts = facts_of(held, request.reading.now)
    stale = False
    if request.method == "POST" and getattr(request, "refusal", None) is None:
        # what is said to be right is what was seen
        stale = request.POST.get("seen") != fingerprint(facts)
        groups = _groups(request.POST)
        if groups and not stale:
            _verify(request, hand, held, groups)
            return redirect(hand.said(request, "right", hand.home(organisation)))
    context = {
        "organisation": organisation,
        "groups": [(code, label("verification_group", code), list(_of(facts, code))) for code in _codes()],
        "seen": fingerprint(facts),
        "stale": stale,
        "refusal": getattr(request, "refusal", None),
        "hand": hand,
    }
    return render(request, "directory/desk/right.html", context)


def _verify(request: Request, hand: Hand, held: Entries, groups: frozenset[str]) -> None:
    operations.verify_groups(
        public_entries(held), groups, actor=hand.person, now=request.reading.now, note=hand.note
    )


def _groups(sent: QueryDict) -> frozenset[str]:
    """Return the groups of the button that was pressed."""
    code = sent.get("right", "")
    return frozenset(_codes()) if code == EVERYTHING else frozenset(_codes()) & {code}


def _codes() -> list[str]:
    return list(value_list("verification_group"))


def _of(facts: Iterable[Fact], group: str) -> Iterable[Fact]:
    return (fact for fact in facts if fact.group == group)
