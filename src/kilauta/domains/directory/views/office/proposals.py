from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kilauta.domains.directory.choices import PROPOSAL_NAMES
from kilauta.domains.directory.forms.office import AnswerForm
from kilauta.domains.directory.models import Proposal
from kilauta.domains.directory.operations import accept, note_told, refuse, return_to_sender
from kilauta.domains.directory.queries.proposals import proposal_page, told_by_phone_at
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.privacy.access_log import note_access
from kilauta.kit.privacy.models import Deed
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from .entering import KINDS, editor_of

SALT = "kilauta.directory.seen"


@room(Verb.COORDINATE, pledged=True)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: WorkRequest, key: UUID) -> HttpResponse:
    """A proposal or an error report: what would change, and the answer to it."""
    network = here(request, Verb.COORDINATE)
    found = Proposal.objects.filter(Q(network=network) | Q(network__isnull=True), pk=key)
    held = found.select_related("organisation", "by", "handled_by").first()
    if held is None:
        raise Http404
    if held.contact:
        note_access(Deed.SEEN, [held], actor=request.person, now=clock.now())
    if request.POST.get("deed") == "told":
        return _told(request, held)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            _answer(request, held, form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _on(request, key)
    page = proposal_page(held)
    context = {
        "page": page,
        "proposal": held,
        "name": PROPOSAL_NAMES[held.kind],
        "form": form,
        "seen": signing.dumps(page.seen, salt=SALT),
        "word": KINDS.get(held.entry_kind, ""),
        "editor": editor_of(held.entry_kind, held.entry_id) if held.entry_id else "",
        "who": _("Whoever told this"),
        "organisation_phone": held.organisation.phone if held.organisation else "",
        "told_at": told_by_phone_at(held),
    }
    return render(request, "directory/office/proposal.html", context)


def _answer(request: WorkRequest, held: Proposal, values: dict[str, str]) -> None:
    actor, now = request.person, clock.now()
    deed, words = request.POST.get("deed", ""), values["answer"]
    if deed == "return":
        return_to_sender(held, words, actor=actor, now=now)
    elif deed == "refuse":
        refuse(held, words, actor=actor, now=now)
    else:
        try:
            seen = signing.loads(request.POST.get("seen", ""), salt=SALT)
        except signing.BadSignature:
            seen = {}
        link = partial(_invitation, request, held.lang)
        accept(held, answer=words, seen=seen, invitation=link, actor=actor, now=now)


def _invitation(request: WorkRequest, lang: str, token: str) -> str:
    """Return the address at which an invitation is taken up, in the language of whoever gets it."""
    with translation.override(lang):
        return request.build_absolute_uri(reverse("access:invitation", args=[token]))


def _on(request: WorkRequest, key: UUID) -> HttpResponse:
    """Go on: to ring, where the answer is told on the telephone; to what was made; else to the office."""
    held = Proposal.objects.get(pk=key)
    if held.rings:
        messages.success(request, _("Answered. Now ring and tell it."))
        return redirect("directory:office-proposal", key)
    if held.kind == "new" and held.state == "accepted" and held.entry_kind == "organisation":
        messages.success(request, _("Answered. This is public now: look at it, and set the hours."))
        return redirect("directory:own-page", held.entry_id)
    messages.success(request, _("Answered."))
    return redirect("office")


def _told(request: WorkRequest, held: Proposal) -> HttpResponse:
    try:
        note_told(held, actor=request.person, now=clock.now())
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Noted as told."))
    return redirect("directory:office-proposal", held.pk)
