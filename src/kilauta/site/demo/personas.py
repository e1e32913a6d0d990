"""The invented people of the demo, and what each of them does in the network."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.models import Organisation
from kilauta.domains.directory.operations.supporting import Support, set_support
from kilauta.domains.territory.models import Network
from kilauta.kit.access.models import Grant
from kilauta.kit.access.operations import grant
from kilauta.kit.access.pledging import accept, current
from kilauta.kit.access.roles import Scope
from kilauta.kit.access.scopes import above
from kilauta.kit.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Persona:
    email: str
    name: str
    lang: str
    about: Promise
    # roles, each with the organisation of the demo (by its id in the tables), the network, or "" for the installation
    roles: tuple[tuple[str, str], ...]
    # how a supporter helps, where that has been told
    support: Support | None = None


PERSONAS = (
    Persona(
        "aino@kainuu.example", "Aino", "fi",
        _("Helps people at Kajaani library, and keeps the library's entries right"),
        (("supporter", "kajaani-kirjasto"), ("provider-editor", "kajaani-kirjasto")),
    ),
    Persona(
        "bengt@kainuu.example", "Bengt", "sv", _("Coordinates the network of Kainuu, in Swedish"),
        (("coordinator", "kainuu"),),
    ),
    Persona(
        "carla@kainuu.example", "Carla", "fi", _("Volunteers at a village hall, aged 72"),
        (("supporter", "hiisijarvi-kylayhdistys"),),
        Support("volunteer", modes=("walk-in", "home-visit", "neighbour")),
    ),
    Persona(
        "daniela@kainuu.example", "Daniela", "fi", _("Looks after the whole installation"),
        (("administrator", ""),),
    ),
    Persona(
        "elsa@kaakko.example", "Elsa", "fi", _("Coordinates the other network"),
        (("coordinator", "kaakko"),),
    ),
)  # fmt: skip
EMAILS = frozenset(persona.email for persona in PERSONAS)


@transaction.atomic
def bring_in_personas(*, actor: Person, now: datetime) -> None:
    """Hold the invented people and their roles; what they hold already is left alone."""
    organisations = dict(Organisation.objects.filter(source="kilauta").values_list("external_id", "pk"))
    for persona in PERSONAS:
        person, made = Person.objects.get_or_create(
            email=persona.email, defaults={"name": persona.name, "lang": persona.lang}
        )
        if made:
            person.set_unusable_password()
            person.save(update_fields=["password"])
            EmailAddress.objects.create(user=person, email=persona.email, verified=True, primary=True)
        for role, place in persona.roles:
            scope_id = str(organisations.get(place, place))
            if not Grant.objects.filter(person=person, role=role, scope_id=scope_id).exists():
                grant(person, role=role, scope_id=scope_id, actor=actor, now=now)
                if role == "supporter" and persona.support:
                    body = Organisation.objects.get(pk=scope_id)
                    set_support(person, persona.support, organisation=body, actor=actor, now=now)
        _promise(person, now)


def _promise(person: Person, now: datetime) -> None:
    """Let an invented person have promised secrecy, so that trying out begins at once."""
    held = [above(Scope(each.scope), each.scope_id) for each in Grant.objects.filter(person=person)]
    named = {key for places in held for scope, key in places if scope == Scope.REGION}
    for region in named or Network.objects.values_list("pk", flat=True):
        accept(region, version=current(region).version, actor=person, now=now)
