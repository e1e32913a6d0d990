"""What a coordinator keeps here: what the network says of itself, and its villages."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kilauta.domains.territory import operations, queries
from kilauta.domains.territory.forms import LocalityForm, NetworkForm
from kilauta.domains.territory.models import Locality, Municipality, Network
from kilauta.kit.registers.at import At
from kilauta.kit.registers.declared import REMOVE, Line, Register, Values


class Settings(Register[Network]):
    """A network's own face. Which municipalities it serves is the administrator's: it reaches other networks."""

    word, form = "verkosto", NetworkForm
    title = _("Network: name, phone, colour")
    about = _("What you change here changes on every page, and on what is printed from now on.")

    def only(self, at: At) -> str:
        return at.region

    def find(self, at: At, key: str) -> Network | None:
        return Network.objects.filter(pk=key).first() if key == at.region else None

    def change(self, at: At, thing: Network, values: Values) -> None:
        details: Any = values
        operations.change_network(thing, actor=at.actor, now=at.now, **details)


class Localities(Register[Locality]):
    """The villages of the network's municipalities; two networks that share a municipality share its villages."""

    word, form, ending = "kylat", LocalityForm, REMOVE
    title, adding = _("Villages and parts of towns"), _("Add a village")
    about = _("Names that people use of where they live. Help is looked for near them.")
    headings = (_("In Swedish"), _("Municipality"))

    def lines(self, at: At) -> Iterable[Line]:
        for row in queries.localities_in_order(at.region):
            yield Line(row.pk, row.name_fi, (row.name_sv, row.municipality.name))

    def find(self, at: At, key: str) -> Locality | None:
        return queries.localities_of(at.region).filter(pk=key).first()

    def add(self, at: At, values: Values) -> Locality:
        details: Any = dict(values)
        around = Municipality.objects.get(pk=details.pop("municipality"))
        return operations.add_locality(around, actor=at.actor, now=at.now, **details)

    def change(self, at: At, thing: Locality, values: Values) -> None:
        details: Any = values
        operations.change_locality(thing, actor=at.actor, now=at.now, **details)

    def end(self, at: At, thing: Locality) -> None:
        operations.remove_locality(thing, actor=at.actor, now=at.now)


REGISTERS = (Settings(), Localities())
