from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.models import Organisation
from kilauta.domains.guidance.choices import TAG_SCOPES
from kilauta.domains.guidance.queries.tags import Keeper
from kilauta.kit.components.templatetags.components import say
from kilauta.kit.forms import ChoiceField, Form, TextField, TickField


class TagForm(Form):
    """A new tag, and who sees it: oneself, an organisation, the network."""

    name = TextField(label=_("A new tag"), help_text=_("No names of people."), max_length=40)
    whose = ChoiceField(label=_("Who may use it?"), choices=[], initial="mine")

    def __init__(
        self, data: Mapping[str, Any] | None, *, keeper: Keeper, bodies: Iterable[Organisation]
    ) -> None:
        super().__init__(data)
        choices: list[tuple[object, object]] = [("mine", TAG_SCOPES["mine"])]
        choices += [(str(each.pk), say(each.name)) for each in bodies]
        if keeper.whole:
            choices.append(("network", TAG_SCOPES["network"]))
        field: Any = self.fields["whose"]
        field.choices = choices
        if len(choices) == 1:
            del self.fields["whose"]

    @property
    def scope(self) -> str:
        whose = self.cleaned_data.get("whose", "mine")
        return whose if whose in TAG_SCOPES else "organisation"

    @property
    def organisation(self) -> UUID | None:
        return UUID(self.cleaned_data["whose"]) if self.scope == "organisation" else None


class SettingsForm(Form):
    has_notes = TickField(label=_("Entries of the log may have a note of one line"), required=False)
