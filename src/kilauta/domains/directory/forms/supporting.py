"""What a person says of the help they give."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import SUPPORTER_KINDS, value_list
from kilauta.kit.forms import ChoiceField, ChoicesField, Form

# Nobody is needed where people help themselves.
_NOT_BY_PEOPLE = ("self-service",)


class SupportForm(Form):
    given_by = ChoiceField(label=_("You help as"), choices=list(SUPPORTER_KINDS.items()), initial="staff")
    modes = ChoicesField(
        label=_("How do you help?"),
        help_text=_("Nothing chosen: in every way."),
        choices=[],
        required=False,
    )
    topics = ChoicesField(
        label=_("With what?"), help_text=_("Nothing chosen: with everything."), choices=[], required=False
    )
    area = ChoicesField(
        label=_("Where?"),
        help_text=_("Nothing chosen: wherever your organisation helps."),
        choices=[],
        required=False,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        topics: Sequence[tuple[str, str]],
        towns: Sequence[tuple[str, str]],
        lang: str,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        modes = [
            (each.code, str(each.name.pick(lang)))
            for each in value_list("mode").values()
            if each.code not in _NOT_BY_PEOPLE
        ]
        for name, choices in (("modes", modes), ("topics", list(topics)), ("area", list(towns))):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
