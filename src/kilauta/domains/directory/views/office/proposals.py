from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kilauta.domains.directory.choices import PROPOSAL_NAMES
from kilauta.domains.directory.forms.office import AnswerForm
from kilauta.domains.directory.models import Proposal
from kilauta.domains.directory.operations import accept, refuse, return_to_sender
from kilauta.domains.directory.queries.proposals import proposal_page
from kilauta.kit.access.doors import WorkRequest, here, room
from kilauta.kit.access.roles import Verb
from kilauta.kit.refusals import Refused
from kilauta.lib import clock

from .entering import KINDS, editor_of

SALT = "kilauta.directory.seen"


@room(Verb.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: WorkRequest, key: UUID) -> HttpResponse:
    """A proposal or an error report: what would change, and the answer to it."""
    network = here(request, Verb.COORDINATE)
    found = Proposal.objects.filter(Q(network=network) | Q(network__isnull=True), pk=key)
    held = found.select_related("organisation", "by", "handled_by").first()
    if held is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            _answer(request, held, form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Answered."))
            return redirect("office")
    page = proposal_page(held)
    context = {
        "page": page,
        "proposal": held,
        "name": PROPOSAL_NAMES[held.kind],
        "form": form,
        "seen": signing.dumps(page.seen, salt=SALT),
        "word": KINDS.get(held.entry_kind, ""),
        "editor": editor_of(held.entry_kind, held.entry_id) if held.entry_id else "",
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
        accept(held, answer=words, seen=seen, actor=actor, now=now)
