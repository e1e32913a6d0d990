"""Forms of the checklist, the costs and the leaflets of an event."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from kilauta.domains.events.choices import OUTLET_KINDS, VENUE_STATES
from kilauta.domains.events.models import Part
from kilauta.kit.forms import DayField, NumberField, OnceForm, SelectField, TextField, TickField, WordsField
from kilauta.kit.registers.form import RegisterForm
from kilauta.kit.translations import reader_language

_EUROS = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?\s*(?:€|e|euroa)?", re.IGNORECASE)


class EurosField(TextField):
    """A sum in euros, "12,50" or "40"; gives cents, None where nothing is written."""

    inputmode = "decimal"
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Check the sum. Write it like this: 12,50."),
    }

    def __init__(self, label: object) -> None:
        super().__init__(max_length=20, label=str(label), required=False)

    def to_python(self, value: object) -> int | None:  # type: ignore[override]  # a text becomes cents
        text = super().to_python(value).replace(" ", "").replace("\u00a0", "")
        if not text:
            return None
        found = _EUROS.fullmatch(text)
        if not found:
            raise ValidationError(str(self.error_messages["invalid"]), "invalid")
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))

    def run_validators(self, value: object) -> None:
        """Check nothing more: it is a number by now."""

    def prepare_value(self, value: object) -> object:
        return f"{value:.2f}".replace(".", ",") if value is not None and not isinstance(value, str) else value


class NoticeForm(OnceForm):
    """Whose task it is to tell of the event here, by when, and what it costs."""

    organisation = SelectField(label=gettext_lazy("Who does it"), choices=(), required=False)
    due_on = DayField(label=gettext_lazy("By which day"))

    def __init__(
        self, request: HttpRequest, owners: Sequence[tuple[str, str]], *, initial: dict[str, object]
    ) -> None:
        super().__init__(request, initial=initial)
        self.fields["organisation"].choices = [("", gettext("Choose")), *owners]  # type: ignore[attr-defined]
        self.fields["euros"] = EurosField(gettext_lazy("Cost in euros"))

    def values(self) -> dict[str, object]:
        said = self.cleaned_data
        return {
            "due_on": said["due_on"],
            "organisation_id": _key(said["organisation"]),
            "cents": said["euros"],
        }


class CostForm(OnceForm):
    """One sum for each organisation that takes part."""

    def __init__(self, request: HttpRequest, parts: Sequence[Part]) -> None:
        lang = reader_language()
        initial: dict[str, object] = {
            f"part-{each.pk}": None if each.cents is None else each.cents / 100 for each in parts
        }
        super().__init__(request, initial=initial)
        for each in parts:
            self.fields[f"part-{each.pk}"] = EurosField(each.organisation.name.pick(lang))

    def cents(self) -> dict[int, int | None]:
        return {int(name.removeprefix("part-")): value for name, value in self.cleaned_data.items()}


class DeliveryForm(OnceForm):
    """Leaflets taken somewhere."""

    what = TextField(label=gettext_lazy("What"), max_length=80, initial=gettext_lazy("Leaflets"))
    where = TextField(
        label=pgettext_lazy("leaflets", "Taken where"),
        help_text=gettext_lazy("For instance: the notice board of the shop."),
        max_length=120,
    )
    on = DayField(label=gettext_lazy("Day"))
    number = NumberField(label=gettext_lazy("How many"), min_value=1, max_value=100_000)


class OutletForm(RegisterForm):
    """Where the network tells of its events."""

    kind = SelectField(label=gettext_lazy("What it is"), choices=tuple(OUTLET_KINDS.items()))
    name = WordsField(label=gettext_lazy("Name"), max_length=80)
    days_before = NumberField(
        label=gettext_lazy("To be done so many days before the event"), min_value=0, max_value=120, initial=14
    )
    letters = NumberField(
        label=gettext_lazy("How many letters fit"),
        help_text=gettext_lazy("For a newspaper's column. Leave this empty if there is no limit."),
        min_value=60,
        max_value=5000,
        required=False,
    )
    is_usual = TickField(
        label=gettext_lazy("Stands in the checklist of every new event"), initial=True, required=False
    )


class VenueForm(RegisterForm):
    """How guidance goes on at a place."""

    state = SelectField(label=gettext_lazy("How it stands"), choices=tuple(VENUE_STATES.items()))
    guides = TextField(
        label=gettext_lazy("Who guides there from now on"),
        help_text=gettext_lazy("Roles, no names: volunteers, the staff of the library."),
        max_length=200,
        required=False,
    )
    agreed_on = DayField(label=gettext_lazy("Agreed on"), required=False)
    promises = TextField(label=gettext_lazy("What the place has promised"), max_length=300, required=False)
    material = TextField(label=gettext_lazy("Material that was given"), max_length=200, required=False)
    need = TextField(label=gettext_lazy("The need, as the place sees it"), max_length=300, required=False)
    contribution = TextField(
        label=gettext_lazy("What the place gives itself"), max_length=300, required=False
    )
    check_on = DayField(label=gettext_lazy("To be asked again on"), required=False)


def _key(text: str) -> str | None:
    return text or None
