from collections.abc import Iterable
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import label, value_list
from kilauta.domains.directory.queries import Catalogue
from kilauta.kit.forms import (
    ChoiceField,
    ChoicesField,
    ContactField,
    LongTextField,
    MailField,
    PhoneField,
    SelectField,
    TextField,
    TickField,
)
from kilauta.kit.translations import reader_language
from kilauta.lib.words import Words

from .entry import Section
from .fields import LinkField
from .telling import PartedForm

PHONE, PLACE, HOME, REMOTE = "phone", "place", "home", "remote"
WAYS: Final = (
    (PHONE, _("By phone")),
    (PLACE, _("People come to us")),
    (HOME, _("We go to people's homes")),
    (REMOTE, _("Over the net, from afar")),
)
# What each way cannot do without: one of these fields, and what is said if none is given.
NEEDS: Final = {
    PHONE: (("phone",), _("Write the number that people ring.")),
    PLACE: (("address",), _("Write the street address of the place.")),
    HOME: (("phone",), _("Write the number by which people ask for a visit.")),
    REMOTE: (("phone", "url"), _("Write the number or the web address by which help from afar begins.")),
}
BY_APPOINTMENT: Final = {"state": "by-appointment"}
POSTAL_CODE = 5


class OfferForm(PartedForm):
    """Whoever helps anybody, in any form, free or paid, tells what there is to be found here."""

    asks = {
        "name": _("Write the name of your organisation."),
        "kind": _("Choose what you are."),
        "service": _("Write a name for the help."),
        "summary": _("Tell in one sentence what one gets."),
        "ways": _("Choose how people get the help."),
    }
    name = TextField(label=_("Name of your organisation"), max_length=120, autocomplete="organization")
    kind = SelectField(label=_("What you are"), choices=())
    website = LinkField(label=_("Website"), required=False)
    email = MailField(
        label=_("E-mail address that people may see"),
        help_text=_("We also ask at this address whether everything is still right."),
        required=False,
        autocomplete="off",
    )
    service = TextField(
        label=_("Name of the help"),
        help_text=_("For instance: Help with phones in the village hall."),
        max_length=100,
    )
    summary = TextField(
        label=_("In one sentence"),
        help_text=_("What does one get here? At most 150 characters."),
        max_length=150,
    )
    ways = ChoicesField(label=_("Ways to get help"), choices=WAYS)
    phone = PhoneField(label=_("Phone number for those who need help"), required=False, autocomplete="off")
    url = LinkField(label=_("Web address of the help from afar"), required=False)
    place = TextField(
        label=_("Name of the place"),
        help_text=_("Leave empty if it is the name of your organisation."),
        max_length=120,
        required=False,
    )
    address = TextField(
        label=_("Street address of the place"), max_length=120, required=False, autocomplete="off"
    )
    postal_code = TextField(
        label=_("Postal code"), max_length=POSTAL_CODE, required=False, autocomplete="off"
    )
    municipality = SelectField(label=_("Municipality of the place"), choices=(), required=False)
    area = ChoicesField(
        label=_("Municipalities served"),
        help_text=_("Tick only where people really get this help."),
        required=False,
    )
    everywhere = TickField(label=_("Everywhere in Finland"), required=False)
    appointment = TickField(label=_("Only by appointment"), required=False)
    hours = LongTextField(
        label=_("When do you help?"),
        help_text=_("In your own words, for instance: Tuesdays 13–15, not in July."),
        max_length=300,
        rows=3,
        required=False,
    )
    languages = ChoicesField(label=_("Languages of the help"), initial=["fi"])
    given_by = ChoiceField(label=_("Who helps"), initial="staff")
    fee = ChoiceField(label=_("Price"), initial="free")
    fee_note = TextField(label=_("What it costs"), max_length=150, required=False)
    contact = ContactField(
        label=_("Your phone number or e-mail address"),
        help_text=_("For our questions. It is not public, and it is erased 14 days after the answer."),
    )
    note = LongTextField(
        label=_("Anything else you would like to tell"), max_length=1000, rows=3, required=False
    )

    def __init__(
        self, request: HttpRequest, *, catalogue: Catalogue, towns: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(request)
        towns = list(towns)
        named = {
            "kind": [("", gettext("Choose")), *_codes("organisation_kind")],
            "languages": _codes("language"),
            "fee": _codes("fee"),
            "given_by": _codes("given_by"),
            "area": towns,
            "municipality": [("", gettext("Choose")), *towns],
        }
        for name, choices in named.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # fields of choices, all of them
        self.topics = self._topics(catalogue)
        self.sections = (
            Section(_("Who you are"), ("name", "kind", "website", "email")),
            Section(_("What you help with"), ("service", "summary", *self.topics)),
            Section(
                _("How to get it"),
                ("ways", "phone", "url", "place", "address", "postal_code", "municipality"),
            ),
            Section(_("Where and when"), ("area", "everywhere", "appointment", "hours")),
            Section(_("Good to know"), ("languages", "given_by", "fee", "fee_note")),
            Section(_("For our questions"), ("contact", "note"), _("These are never public.")),
        )
        self.order_fields([name for section in self.sections for name in section.fields])

    def _topics(self, catalogue: Catalogue) -> tuple[str, ...]:
        """Make a group of ticks for each part of everyday life; return their names."""
        names = []
        for code, theme in catalogue.themes.items():
            rows = [
                (topic.code, _say(topic.name)) for topic in catalogue.topics.values() if topic.group == code
            ]
            if rows:
                self.fields[f"topics-{code}"] = ChoicesField(
                    label=_say(theme.name), choices=rows, required=False
                )
                names.append(f"topics-{code}")
        return tuple(names)

    def clean_postal_code(self) -> str:
        code = str(self.cleaned_data["postal_code"])
        if code and not (len(code) == POSTAL_CODE and code.isdecimal()):
            self.add_error("postal_code", gettext("A postal code has five digits."))
        return code

    def clean(self) -> None:
        said = self.cleaned_data
        if not any(said.get(name) for name in self.topics):
            self.add_error(self.topics[0], gettext("Tick at least one thing that you help with."))
        for way in said.get("ways", ()):
            fields, sentence = NEEDS[way]
            missing = not any(said.get(name) or name in self.errors for name in fields)
            if missing and fields[0] not in self.errors:
                self.add_error(fields[0], str(sentence))
        if PLACE in said.get("ways", ()) and not said.get("municipality"):
            self.add_error("municipality", gettext("Choose the municipality of the place."))
        if {PHONE, HOME, REMOTE} & {*said.get("ways", ())} and not (
            said.get("area") or said.get("everywhere")
        ):
            self.add_error("area", gettext("Tick the municipalities where people get this help."))

    def values(self, lang: str) -> dict[str, Any]:
        """Return the entries to be made, by part."""
        said = self.cleaned_data
        parts: dict[str, Any] = {
            "organisation": {
                **_in(lang, "name", said["name"]), "kind": said["kind"], "website": said["website"],
                "email": said["email"],
            },
            "service": {
                **_in(lang, "name", said["service"]), **_in(lang, "summary", said["summary"]),
                "topics": sorted(code for name in self.topics for code in said[name]),
                "languages": [{"language": code} for code in said["languages"]],
                "fee": said["fee"], f"fee_note_{lang}": said["fee_note"], "depth": "guided",
            },
            "channels": [self._way(way) for way in said["ways"]],
        }  # fmt: skip
        if PLACE in said["ways"]:
            kind = said["kind"] if said["kind"] in value_list("place_kind") else "other"
            parts["place"] = {
                **_in(lang, "name", said["place"] or said["name"]), "kind": kind, "address": said["address"],
                "postal_code": said["postal_code"], "municipality": said["municipality"],
            }  # fmt: skip
        return parts

    def _way(self, way: str) -> dict[str, Any]:
        said = self.cleaned_data
        hours = [BY_APPOINTMENT] if said["appointment"] else []
        shared = {"phone": said["phone"], "given_by": said["given_by"], "hours": hours}
        if way == PLACE:
            return {"mode": "booked-visit" if said["appointment"] else "walk-in", **shared}
        reach = {"area": said["area"], "everywhere": said["everywhere"]}
        if way == REMOTE:
            reach["url"] = said["url"]
        return {"mode": {HOME: "home-visit"}.get(way, way), **shared, **reach}

    def words(self) -> str:
        """Return what no field of an entry holds: the coordinator puts it in its place."""
        return "\n".join(filter(None, (self.lines("hours"), self.cleaned_data["note"])))


def _in(lang: str, stem: str, text: str) -> dict[str, str]:
    """Return a text that must be there in Finnish, and in the language it was written in."""
    return {f"{stem}_fi": text, f"{stem}_{lang}": text}


def _codes(name: str) -> list[tuple[str, str]]:
    return [(code, _say(label(name, code))) for code in value_list(name)]


def _say(words: Words) -> str:
    return str(words.pick(reader_language()))
