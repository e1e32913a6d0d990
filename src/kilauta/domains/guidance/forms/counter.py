"""One tap at the desk: what the help was about, and where the desk stands."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kilauta.domains.guidance.logic.entry import Entry
from kilauta.domains.guidance.queries.ground import Ground
from kilauta.domains.guidance.queries.sessions import giver_of
from kilauta.kit.components.templatetags.components import plain
from kilauta.kit.forms import ChoiceField, Form, SelectField

# People come to the desk.
MODE = "walk-in"


class CounterForm(Form):
    """One person helped now. The same topic tapped twice on one page is one; the next page counts anew."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    topic = ChoiceField(label=_("What was the help about?"))
    organisation = ChoiceField(label=_("For which organisation?"))
    place = SelectField(label=_("Where is the desk?"), required=False, choices=())

    def __init__(self, data: Mapping[str, Any] | None, *, ground: Ground, place: UUID | None) -> None:
        super().__init__(data, initial={"key": uuid4(), "place": str(place or "")})
        self.ground = ground
        offered: dict[str, list[Any]] = {
            "topic": [(each.pk, plain(each.name)) for each in ground.topics],
            "organisation": [(str(each.pk), plain(each.name)) for each in ground.bodies],
            "place": [("", _("Elsewhere")), *((str(each.pk), plain(each.name)) for each in ground.places)],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices
        if len(ground.bodies) == 1:
            del self.fields["organisation"]
        elif ground.bodies:
            self.initial["organisation"] = str(ground.bodies[0].pk)

    @property
    def desk(self) -> list[BoundField]:
        """Where the desk stands, and for whom."""
        return [self[name] for name in ("organisation", "place") if name in self.fields]

    @property
    def place_name(self) -> str:
        """Return where the next tap will be counted."""
        field: Any = self.fields["place"]
        return str(dict(field.choices).get(str(self["place"].value() or ""), ""))

    def entry(self) -> Entry:
        """Return what the tap says."""
        given, ground = self.cleaned_data, self.ground
        body = UUID(given["organisation"]) if "organisation" in given else ground.bodies[0].pk
        return Entry(
            key=uuid5(given["key"], given["topic"]),
            network=ground.network,
            organisation=body,
            given_by=giver_of(ground.person, body, ground.today),
            way="counter",
            held_on=ground.today,
            place=UUID(given["place"]) if given["place"] else None,
            mode=MODE,
            topics=(given["topic"],),
        )
