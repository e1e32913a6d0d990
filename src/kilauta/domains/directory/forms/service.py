from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import label, value_list
from kilauta.domains.directory.logic import bring
from kilauta.domains.directory.logic.facts import Named
from kilauta.domains.directory.queries import Catalogue
from kilauta.domains.directory.queries.snapshots import Plain
from kilauta.kit.forms import ChoiceField, LongTextField, WordsField
from kilauta.kit.forms.fields import ChoicesField
from kilauta.kit.translations import reader_language
from kilauta.lib.words import LANGUAGES, Words

from .entry import EntryForm, Section

# What people may be asked to bring, as ticks.
BRING = {code: value.name for code, value in value_list("bring").items()}
# What a draft is until its maker says otherwise.
AT_FIRST = {"depth": "guided", "fee": "free"}
NEEDED = ("topics", "depth", "fee", "languages")
NOTES = ("note_fi", "note_sv", "note_en")


class ServiceForm(EntryForm):
    """What is helped with. A draft needs a name and a sentence; the rest may wait until it is made public."""

    sections = (
        Section(_("What the help is"), ("name", "summary", "description")),
        Section(_("What is helped with"), ("topics", "devices", "depth", "languages")),
        Section(_("E-services"), ("eservices",), folded=True),
        Section(_("Whom it is for"), ("audiences_only", "audiences_also"), folded=True),
        Section(_("Price, limits, what to bring"), ("fee", "fee_note", "limits", "things", "bring")),
        Section(
            _("For planning"),
            ("resources",),
            _("This is never public. Only you and the coordinators of your network see it."),
        ),
    )
    name = WordsField(label=_("Name"), help_text=_("Use words that people search with."), max_length=100)
    summary = WordsField(
        label=_("In one sentence"),
        help_text=_("What does one get here? At most 150 characters."),
        max_length=150,
    )
    description = WordsField(label=_("Description"), max_length=5000, rows=6, required=False)
    topics = ChoicesField(label=_("Topics"))
    eservices = ChoicesField(label=_("E-services"), required=False)
    devices = ChoicesField(label=_("Devices"), required=False)
    depth = ChoiceField(label=_("How far the help goes"))
    languages = ChoicesField(label=_("Languages of the help"))
    audiences_only = ChoicesField(
        label=_("Only for"), help_text=_("Tick only if others are turned away."), required=False
    )
    audiences_also = ChoicesField(label=_("Especially for"), required=False)
    fee = ChoiceField(label=_("Price"))
    fee_note = WordsField(label=_("What it costs"), max_length=150, required=False)
    limits = ChoicesField(
        label=_("What is not done"), help_text=_("People are told this before they come."), required=False
    )
    things = ChoicesField(label=_("What to bring"), required=False)
    bring = WordsField(label=_("Something more about what to bring"), max_length=200, required=False)
    resources = LongTextField(
        label=_("Resources for planning"),
        help_text=_("People, hours, rooms and apparatus at hand."),
        max_length=1000,
        rows=3,
        required=False,
    )

    def __init__(
        self,
        request: HttpRequest,
        *,
        held: Plain,
        changed_at: datetime | None,
        catalogue: Catalogue,
        draft: bool,
        linked: bool = False,
    ) -> None:
        self.catalogue, self.draft, self.linked = catalogue, draft, linked
        super().__init__(request, held=held, changed_at=changed_at)

    def prepare(self) -> None:
        lists = self.catalogue
        named: dict[str, Iterable[tuple[str, str]]] = {
            "topics": _named(lists.topics),
            "eservices": [(key, _say(each.name)) for key, each in lists.eservices.items()],
            "devices": _named(lists.devices),
            "audiences_only": _named(lists.audiences),
            "audiences_also": _named(lists.audiences),
            "limits": _named(lists.limits),
            "depth": _codes("depth"),
            "fee": _codes("fee"),
            "languages": _codes("language"),
            "things": [(code, _say(words)) for code, words in BRING.items()],
        }
        for name, choices in named.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # fields of choices, all of them
        if self.linked:
            del self.fields["resources"]
        if self.draft and self.action != "publish":
            for name in NEEDED:
                self.fields[name].required = False

    def opening(self) -> dict[str, Any]:
        spoken = self.held.get("languages")
        rows = spoken if isinstance(spoken, list) else []
        things, sentence = bring.parted(self._bring(), BRING)
        shown = {**super().opening(), "languages": [row["language"] for row in rows]}
        new = AT_FIRST | {"languages": ["fi"]} if not self.held else {}
        return {**shown, "things": things, "bring": sentence, **new}

    def values(self) -> dict[str, object]:
        found = super().values()
        things = [BRING[code] for code in self.cleaned_data["things"]]
        text = bring.joined(things, self.cleaned_data["bring"])
        if {"things", "bring"}.isdisjoint(self.changed_data):
            text = self._bring()  # in languages in which nobody has said it, it is not said now either
        found |= {f"bring_{language}": words for language, words in text._asdict().items()}
        found.pop("things")
        found["languages"] = self._languages(self.cleaned_data["languages"])
        return {name: value or AT_FIRST.get(name, value) for name, value in found.items()}

    def _bring(self) -> Words:
        return Words(*(str(self.held.get(f"bring_{language}") or "") for language in LANGUAGES))

    def _languages(self, codes: Iterable[str]) -> list[Plain]:
        """Return a row for each language; what is said beside one ("on Tuesdays") stays."""
        spoken = self.held.get("languages")
        noted = {row["language"]: row for row in spoken} if isinstance(spoken, list) else {}
        return [noted.get(code, {"language": code, **dict.fromkeys(NOTES, "")}) for code in codes]


def _named(values: dict[str, Named]) -> list[tuple[str, str]]:
    return [(code, _say(value.name)) for code, value in values.items()]


def _codes(name: str) -> list[tuple[str, str]]:
    return [(code, _say(label(name, code))) for code in value_list(name)]


def _say(words: Words) -> str:
    return str(words.pick(reader_language()))
