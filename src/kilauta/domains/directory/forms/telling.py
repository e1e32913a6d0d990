"""What anybody may tell us without an account: an error, help that is missing here, whose an entry is."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.choices import field_name
from kilauta.kit.forms import (
    ChoiceField,
    ContactField,
    LongTextField,
    MailField,
    OnceForm,
    PhoneField,
    TextField,
)

from .entry import Part, Row, Section

ANSWER_ONLY = _("We need it only to answer you. It is erased 14 days after the answer.")
CLAIM, LEAVE = "claim", "leave"
# Which field of the page is which field of the entry; what an entry has no field of its own for is told in words.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "organisation": ("name", "phone", "email"),
    "place": ("name", "address"),
    "service": ("name",),
    "eservice": ("name",),
}
SAID_BY_FIELD = ("phone", "email", "address", "hours", "name")


class PartedForm(OnceForm):
    """A form in parts with titles."""

    sections: tuple[Section, ...] = ()
    # What is said of a field that was left empty, by its name; the summary of what is wrong tells them apart.
    asks: Mapping[str, str | Promise] = {}

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        for name, sentence in self.asks.items():
            self.fields[name].error_messages["required"] = str(sentence)

    def parts(self) -> list[Part]:
        return [
            Part(
                section.title,
                section.hint,
                tuple(Row(self[name], ()) for name in section.fields if name in self.fields),
                section.folded,
            )
            for section in self.sections
        ]

    def lines(self, *names: str) -> str:
        """Return what was typed in these fields, each on a line of its own that begins with the field's name."""
        said = ((field_name(name), self.cleaned_data[name]) for name in names)
        return "\n".join(f"{name}: {text}" for name, text in said if text)


class ErrorForm(PartedForm):
    sections = (
        Section(_("What is wrong?"), ("note",)),
        Section(
            _("What should it say?"),
            SAID_BY_FIELD,
            _("Fill in only what is wrong, if you know what is right."),
            folded=True,
        ),
        Section(_("Would you like an answer?"), ("contact",)),
    )
    note = LongTextField(
        label=_("Tell us in your own words"),
        help_text=_("For instance: the number does not answer, or the place has moved."),
        max_length=1200,
        rows=4,
        required=False,
    )
    phone = PhoneField(label=_("Right phone number"), required=False, autocomplete="off")
    email = MailField(label=_("Right e-mail address"), required=False, autocomplete="off")
    address = TextField(label=_("Right street address"), max_length=120, required=False, autocomplete="off")
    hours = LongTextField(label=_("Right opening hours"), max_length=300, rows=3, required=False)
    name = TextField(label=_("Right name"), max_length=100, required=False, autocomplete="off")
    contact = ContactField(
        label=_("Your phone number or e-mail address"), help_text=ANSWER_ONLY, required=False
    )

    def __init__(self, request: HttpRequest, *, kind: str, says: Mapping[str, str]) -> None:
        super().__init__(request)
        self.kind = kind
        for name, value in says.items():
            if value:
                self.fields[name].help_text = gettext("Now: %(value)s") % {"value": value}

    def clean(self) -> None:
        if not self.errors and not any(self.cleaned_data[name] for name in ("note", *SAID_BY_FIELD)):
            self.add_error("note", gettext("Tell what is wrong."))

    def values(self, lang: str) -> dict[str, object]:
        """Return what the entry should say, by its own fields."""
        typed = {name: self.cleaned_data[name] for name in COLUMNS[self.kind] if self.cleaned_data[name]}
        return {f"name_{lang}" if name == "name" else name: text for name, text in typed.items()}

    def words(self) -> str:
        """Return what is told in words: what an entry has no field for, too."""
        rest = self.lines(*(name for name in SAID_BY_FIELD if name not in COLUMNS[self.kind]))
        return "\n".join(filter(None, (self.cleaned_data["note"], rest)))


class ClaimForm(PartedForm):
    sections = (
        Section(_("What would you like?"), ("wish",)),
        Section(_("Who are you?"), ("who", "role", "contact", "note"), _("These are never public.")),
    )
    asks = {
        "wish": _("Choose what you would like."),
        "who": _("Write your name."),
        "role": _("Write what you do there."),
    }
    wish = ChoiceField(
        label=_("Choose one"),
        choices=[
            (CLAIM, _("We would like to keep this entry ourselves")),
            (LEAVE, _("We would not like to be shown here")),
        ],
    )
    who = TextField(label=_("Your name"), max_length=100, autocomplete="name")
    role = TextField(
        label=_("What you do there"),
        help_text=_("For instance: chair, librarian, owner."),
        max_length=100,
        autocomplete="organization-title",
    )
    contact = MailField(
        label=_("Your e-mail address"),
        help_text=_("The answer comes here. It is erased 14 days after the answer."),
    )
    note = LongTextField(
        label=_("Anything else you would like to tell"), max_length=1200, rows=3, required=False
    )

    def words(self) -> str:
        said = self.cleaned_data
        return "\n".join(filter(None, (f"{said['who']}, {said['role']}", said["note"])))
