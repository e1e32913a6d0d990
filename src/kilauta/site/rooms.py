"""The two rooms: the workspace of everybody who helps, and the office of those who coordinate."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kilauta.domains.communications.queries import dead_links, waiting_feedback
from kilauta.domains.directory.queries.worklists import counts, worklists
from kilauta.domains.territory.models import Network
from kilauta.kit.access.absences import absences_of, stands_in
from kilauta.kit.access.doors import WorkRequest, here, public, room
from kilauta.kit.access.pledging import waiting_in
from kilauta.kit.access.queries import invitations_of
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.access.scopes import places
from kilauta.kit.accounts.models import Person
from kilauta.kit.exchange.models import Review
from kilauta.kit.jobs.queries import health
from kilauta.kit.outbox.operations import settle, try_again
from kilauta.kit.outbox.queries import condition, newest, undeliverable
from kilauta.kit.panels import About, Line, lines_of, panels_of
from kilauta.lib import clock
from kilauta.lib.words import Words
from kilauta.lib.zone import local
from kilauta.site.backup import is_late
from kilauta.site.demo import personas
from kilauta.site.opening import steps

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a person has something to do, with what it is."""

    scope: Scope
    scope_id: str
    name: Words
    people: bool


@room(Verb.WORK)
@require_safe
def desk(request: WorkRequest) -> HttpResponse:
    """What needs me today, and where I work."""
    now = clock.now()
    today = local(now).date()
    about = About(str(request.person.pk), str(request.region), now)
    context = {
        "lines": [line for line in lines_of("desk", about) if line.number],
        "panels": panels_of("desk", about),
        "places": _places(request),
        "stands_in": stands_in(request.person, today),
        "away": absences_of(request.person, today),
    }
    return render(request, "site/desk.html", context)


def _places(request: WorkRequest) -> list[Place]:
    """Return the organisations and networks of the person, each once."""
    held = {(each.scope, each.scope_id) for each in request.holdings.held if each.scope != Scope.HOUSE}
    found = []
    for scope, place in places().items():
        names = place.names([scope_id for held_scope, scope_id in held if held_scope == scope])
        for scope_id, name in sorted(names.items(), key=lambda item: item[1]):
            found.append(Place(scope, scope_id, name, request.holdings.may(Verb.PEOPLE, scope, scope_id)))
    return found


@room(Verb.LISTS)
@require_safe
def office(request: WorkRequest) -> HttpResponse:
    """What needs me this week: every line is a list that can be opened."""
    if request.holdings.everywhere(Verb.HOUSE) and not Network.objects.exists():
        return redirect("office-opening")
    network, now = here(request, Verb.LISTS), clock.now()
    lists = worklists([network], now)
    numbers = counts(lists)
    lines = [
        Line(each.name, numbers[each.code], reverse("directory:office-list", args=[each.code]))
        for each in lists
    ]
    about = About(str(request.person.pk), network, now)
    offered = lines_of("office", about)
    post, work = condition(now), health(now)
    coordinates = request.holdings.may(Verb.COORDINATE, Scope.REGION, network)
    context = {
        "waiting": [line for line in (*_of_network(network), *offered, *lines) if line.number],
        "quiet": [line for line in (*offered, *lines) if not line.number],
        "post": post,
        "silent": work.is_silent,
        "troubled": [job.name for job in work.troubled],
        "backup_late": is_late(now),
        "steps": steps(network, backup_late=is_late(now)) if coordinates else (),
        "coordinates": coordinates,
        "network_id": network,
    }
    return render(request, "site/office.html", context)


def _of_network(network: str) -> list[Line]:
    """Return what waits beside the directory: invitations, feedback, mail that cannot be delivered."""
    now = clock.now()
    bodies = [(Scope.BODY, key) for key in places()[Scope.BODY].of_region(network)]
    invited = invitations_of([(Scope.REGION, network), *bodies], now=now)
    return [
        Line(_("Invitations not answered"), len(invited), reverse("office-invitations")),
        Line(
            _("Feedback to answer"),
            len(waiting_feedback(network, now=now)),
            reverse("communications:answers"),
        ),
        Line(_("Messages that cannot be delivered"), undeliverable().count(), reverse("office-outbox")),
        Line(_("Links that do not work"), len(dead_links(network)), reverse("communications:office-links")),
        Line(
            _("Promise of secrecy not made yet"),
            waiting_in(network, local(now).date()).count(),
            reverse("access:pledge-office"),
        ),
        Line(
            _("Questions from imports"),
            Review.objects.waiting().of(network).count(),
            reverse("exchange:reviews"),
        ),
    ]


@room(Verb.COORDINATE)
@require_safe
def invitations(request: WorkRequest) -> HttpResponse:
    """The invitations that nobody has answered yet."""
    network = here(request, Verb.COORDINATE)
    body = places()[Scope.BODY]
    bodies = body.of_region(network)
    found = invitations_of([(Scope.REGION, network), *((Scope.BODY, key) for key in bodies)], now=clock.now())
    names = body.names(each.scope_id for each in found if each.scope == Scope.BODY)
    rows = [(each, names.get(each.scope_id, Words(""))) for each in found]
    return render(request, "site/invitations.html", {"rows": rows})


@room(Verb.COORDINATE, pledged=True)
@require_safe
def outgoing(request: WorkRequest) -> HttpResponse:
    """The newest messages; what cannot be delivered first. A code or a link is shown in the demo only."""
    here(request, Verb.COORDINATE)
    context = {"dead": undeliverable()[:SHOWN], "newest": newest()[:SHOWN]}
    return render(request, "site/outbox.html", context)


@room(Verb.COORDINATE)
@require_POST
def again(request: WorkRequest, key: UUID) -> HttpResponse:
    """Send a dead message once more, or hold that somebody has rung."""
    here(request, Verb.COORDINATE)
    message = undeliverable().filter(pk=key).first()
    if message is None:
        raise Http404
    if request.POST.get("deed") == "rung":
        settle(message)
    else:
        try_again(message, now=clock.now())
    return redirect("office-outbox")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the invented people; only in the demo."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        person = Person.objects.filter(email=request.POST.get("email", ""), email__in=personas.EMAILS).first()
        if person is None:
            raise Http404
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("desk")
    return render(request, "site/try_out.html", {"personas": personas.PERSONAS})
