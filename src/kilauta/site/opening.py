"""The first day of a network: opening it, and the list of what is to be done before residents are told of it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kilauta.domains.directory.models import OpeningRule, Service
from kilauta.domains.territory.models import Network, Region
from kilauta.domains.territory.operations import open_network
from kilauta.kit.access.doors import WorkRequest, room
from kilauta.kit.access.models import Grant
from kilauta.kit.access.roles import Scope, Verb
from kilauta.kit.forms import Form, MailField, PhoneField, SelectField, TextField, WordsField
from kilauta.kit.refusals import Refused
from kilauta.lib import clock


class OpeningForm(Form):
    """What a network needs to be there at all; the rest is filled in later."""

    name = WordsField(
        label=gettext_lazy("Name of the network"),
        help_text=gettext_lazy("It stands on every page and on everything that is printed."),
        max_length=80,
    )
    region = SelectField(label=gettext_lazy("Region"), choices=())
    phone = PhoneField(
        label=gettext_lazy("Phone number of the network"),
        help_text=gettext_lazy("It always leads to a person."),
        autocomplete="off",
    )
    email = MailField(label=gettext_lazy("E-mail address of the network"), required=False, autocomplete="off")
    host = TextField(
        label=gettext_lazy("Host name of its own"),
        help_text=gettext_lazy("Like digituki.example. The first network needs none."),
        max_length=120,
        required=False,
    )

    def __init__(self, data: dict[str, object] | None = None) -> None:
        super().__init__(data)
        named = Region.objects.order_by("name_fi").values_list("code", "name_fi")
        self.fields["region"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]  # a field of choices


@room(Verb.HOUSE)
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: WorkRequest) -> HttpResponse:
    """Open a network: with its region it gets the municipalities of the region."""
    form = OpeningForm(request.POST or None)  # type: ignore[arg-type]
    if form.is_valid():
        given = form.cleaned_data
        try:
            network = open_network(
                given["name"], given["region"], phone=given["phone"], email=given["email"],
                host=given["host"], actor=request.person, now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            if network.is_default:
                return redirect("office")
            return redirect(f"{request.scheme}://{network.host}{reverse('office')}")
    return render(request, "site/opening.html", {"form": form, "first": not Network.objects.exists()})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do before residents are told of the network, and whether it has been done."""

    words: str | Promise
    address: str
    done: bool


def steps(network_id: str, *, backup_late: bool) -> tuple[Step, ...]:
    """Return the first steps of a network in a good order; nothing when all have been taken."""
    network = Network.objects.get(pk=network_id)
    helpers = Service.objects.filter(state="published", channels__area__networks=network)
    everybody = Grant.objects.filter(scope=Scope.REGION, scope_id=network_id)
    found = (
        Step(gettext_lazy("Somebody answers at the network's number: write when"),
             reverse("directory:office-line"),
             OpeningRule.objects.filter(network=network).exists()),
        Step(gettext_lazy("Bring the helpers in as a table, or write the first one"), reverse("exchange:start"),
             helpers.exists()),
        Step(gettext_lazy("Invite another coordinator, so that you can be ill"),
             reverse("access:people", args=[Scope.REGION, network_id]),
             everybody.filter(role="coordinator").values("person").distinct().count() > 1),
        Step(gettext_lazy("A backup is made every night"), reverse("office"), not backup_late),
    )  # fmt: skip
    return () if all(step.done for step in found) else found
