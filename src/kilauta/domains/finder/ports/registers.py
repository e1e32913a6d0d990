from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from kilauta.domains.finder import operations
from kilauta.domains.finder.forms import SynonymForm
from kilauta.domains.finder.models import Synonym
from kilauta.domains.finder.queries.synonyms import synonyms_in_order
from kilauta.domains.territory.rules import keeps_common
from kilauta.kit.forms import TONGUES
from kilauta.kit.registers.at import At
from kilauta.kit.registers.declared import REMOVE, Line, Register, Values


class Synonyms(Register[Synonym]):
    """What people call things. The words belong to no network: see territory.rules."""

    word, form, ending = "sanat", SynonymForm, REMOVE
    title, adding = _("Words people use"), _("Add a word")
    about = _("When somebody searches with the first word, the search also looks for what it means.")
    headings = (_("Language"), _("What it means"))

    def may_add(self, at: At) -> bool:
        return keeps_common(at.holdings)

    def lines(self, at: At) -> Iterable[Line]:
        mine = keeps_common(at.holdings)
        for row in synonyms_in_order():
            yield Line(row.pk, row.word, (TONGUES[row.lang], row.means), may_change=mine)

    def find(self, at: At, key: str) -> Synonym | None:
        return Synonym.objects.filter(pk=key).first() if keeps_common(at.holdings) else None

    def name_of(self, thing: Synonym) -> str:
        return thing.word

    def add(self, at: At, values: Values) -> Synonym:
        return operations.add_synonym(**_texts(values), actor=at.actor, now=at.now)

    def change(self, at: At, thing: Synonym, values: Values) -> None:
        operations.change_synonym(thing, **_texts(values), actor=at.actor, now=at.now)

    def end(self, at: At, thing: Synonym) -> None:
        operations.remove_synonym(thing, actor=at.actor, now=at.now)


def _texts(values: Values) -> dict[str, str]:
    return {name: str(values[name]) for name in ("lang", "word", "means")}


REGISTERS = (Synonyms(),)
