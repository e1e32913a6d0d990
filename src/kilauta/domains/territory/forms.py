from django.utils.translation import gettext_lazy as _

from kilauta.domains.territory.queries import municipalities_of
from kilauta.kit.forms import MailField, PhoneField, PointField, SelectField, TextField, WordsField
from kilauta.kit.registers.form import RegisterForm


class NetworkForm(RegisterForm):
    """What a network says of itself on every page, and on paper."""

    name = WordsField(
        label=_("Name of the network"), help_text=_("It stands on every page and on everything that is printed."),
        max_length=80,
    )  # fmt: skip
    phone = PhoneField(
        label=_("Phone number of the network"),
        help_text=_("It always leads to a person."),
        autocomplete="off",
    )
    email = MailField(label=_("E-mail address of the network"), required=False, autocomplete="off")
    coordinator_note = WordsField(
        label=_("Greeting of the coordinator"),
        help_text=_("Residents read it when they do not know whom to ring."),
        max_length=600,
        rows=4,
        required=False,
    )
    accent = TextField(
        label=_("Colour of links and buttons"),
        help_text=_("Written like this: #0B4A6F. Leave it empty for the usual colour."),
        max_length=7,
        required=False,
    )


class LocalityForm(RegisterForm):
    """A village or a part of a town. It stays in its municipality: places lie in both."""

    municipality = SelectField(label=_("Municipality"), choices=())
    name_fi = TextField(label=_("Name in Finnish"), max_length=80)
    name_sv = TextField(label=_("Name in Swedish"), max_length=80, required=False)
    point = PointField(
        label=_("Coordinates"),
        help_text=_("The middle of the village. Copy them from a map: 64.1303, 29.5197."),
    )

    def prepare(self) -> None:
        if self.thing is not None:
            del self.fields["municipality"]
        else:
            named = municipalities_of(self.at.region)
            self.fields["municipality"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]  # a field of choices

    def values(self) -> dict[str, object]:
        found = super().values()
        point = self.cleaned_data["point"]
        del found["point"]
        return {**found, "lat": point.lat, "lon": point.lon}
