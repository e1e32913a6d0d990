from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kilauta.domains.directory.choices import KIND_NAMES
from kilauta.domains.directory.operations import keep_apart, merge, revert, unmerge, verify_all
from kilauta.domains.directory.queries.duplicates import pairs_of
from kilauta.domains.directory.queries.history import history_of, of_change
from kilauta.domains.directory.queries.worklists import PER_PAGE, Row, worklist
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.audit.models import Change
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from .entering import KINDS, editor_of, entry_of

LONGEST_NOTE = 200


@room(Verb.LISTS)
@require_safe
def rows(request: WorkRequest, code: str) -> HttpResponse:
    """A list to be worked through, page by page."""
    network = here(request, Verb.LISTS)
    held = worklist([network], code, clock.now())
    if held is None:
        raise Http404
    number = held.count()
    pages = max(1, -(-number // PER_PAGE))
    wanted = request.GET.get("sivu", "1")
    page = min(int(wanted), pages) if wanted.isdecimal() and int(wanted) > 0 else 1
    context = {
        "worklist": held,
        "rows": [_line(row) for row in held.page((page - 1) * PER_PAGE)],
        "number": number,
        "page": page,
        "pages": pages,
        "checks": code.startswith(("stale-", "unverified-")),
    }
    return render(request, "directory/office/rows.html", context)


@room(Verb.COORDINATE)
@require_POST
def checked(request: WorkRequest, word: str, key: UUID) -> HttpResponse:
    """Hold that an entry was found right by phone."""
    thing = entry_of(here(request, Verb.COORDINATE), word, key)
    note = request.POST.get("note", "").strip()[:LONGEST_NOTE]
    verify_all(
        [thing], actor=request.person, now=clock.now(), method="phone", by_role="coordinator", note=note
    )
    messages.success(request, _("Noted as checked by phone today."))
    return _on(request)


@room(Verb.COORDINATE)
@require_safe
def history(request: WorkRequest, word: str, key: UUID) -> HttpResponse:
    """What was done to an entry, by whom and when."""
    thing = entry_of(here(request, Verb.COORDINATE), word, key)
    return render(
        request, "directory/office/history.html", {"thing": thing, "word": word, "rows": history_of(thing)}
    )


@room(Verb.COORDINATE)
@require_POST
def take_back(request: WorkRequest, change: int) -> HttpResponse:
    """Put back what an entry said before a change."""
    network = here(request, Verb.COORDINATE)
    made = Change.objects.filter(pk=change).first()
    thing = of_change(made) if made else None
    kind = type(thing).__name__.lower() if thing else ""
    if made is None or thing is None or kind not in KINDS:
        raise Http404
    entry_of(network, KINDS[kind], thing.pk)
    try:
        if made.verb == "merged":
            unmerge(made, actor=request.person, now=clock.now())
        else:
            revert(made, actor=request.person, now=clock.now())
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("directory:office-history", KINDS[kind], thing.pk)


@room(Verb.COORDINATE)
@require_safe
def pairs(request: WorkRequest) -> HttpResponse:
    """Entries that may be the same, with the reasons."""
    network = here(request, Verb.COORDINATE)
    found = [
        (
            pair,
            KINDS[pair.kind],
            KIND_NAMES[pair.kind],
            editor_of(pair.kind, pair.first),
            editor_of(pair.kind, pair.second),
        )
        for pair in pairs_of([network])
    ]
    return render(request, "directory/office/pairs.html", {"pairs": found})


@room(Verb.COORDINATE)
@require_POST
def join(request: WorkRequest, word: str, keep: UUID, other: UUID) -> HttpResponse:
    """Make one entry of two, or hold that they are not the same."""
    network = here(request, Verb.COORDINATE)
    first, second = entry_of(network, word, keep), entry_of(network, word, other)
    if word == KINDS["channel"] or type(first) is not type(second):
        raise Http404
    now = clock.now()
    try:
        if request.POST.get("deed") == "apart":
            keep_apart(first, second, actor=request.person, now=now)  # type: ignore[type-var]
        else:
            merge(first, second, actor=request.person, now=now)  # type: ignore[type-var]
            messages.success(request, _("The two are one now. The history can take it apart again."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("directory:office-pairs")


def _line(row: Row) -> tuple[Row, str, str]:
    """Return a row with the word of its kind in addresses, and where it is worked on."""
    if row.proposal:
        return row, "", reverse("directory:office-proposal", args=[row.proposal])
    return row, KINDS.get(row.kind, ""), editor_of(row.kind, row.id)


def _on(request: WorkRequest) -> HttpResponse:
    """Go back to the list one came from; a name of ours, never an address that was sent."""
    code = request.POST.get("lista", "")
    known = worklist([str(request.region)], code, clock.now())
    return redirect(reverse("directory:office-list", args=[code]) if known else reverse("office"))
