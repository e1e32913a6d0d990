"""What the forms of all entries share: fields as the entry has them, parts with titles, advice above a field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, cast

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kilauta.domains.directory.choices import FINDINGS
from kilauta.domains.directory.logic.content import Finding, missing_languages, text_findings
from kilauta.domains.directory.queries.snapshots import Plain
from kilauta.kit.forms import OnceForm, WordsField
from kilauta.kit.forms.fields import ChoicesField
from kilauta.kit.refusals import Refused
from kilauta.lib.words import LANGUAGES, Words

DO = "do"
# Buttons that only bring the form again, as it was typed.
STILL_WRITING = ("add", "edit", "as-monday-")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form: its title, a word before it, and its fields."""

    title: str | Promise
    fields: tuple[str, ...]
    hint: str | Promise = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    bound: BoundField
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    title: str | Promise
    hint: str | Promise
    rows: tuple[Row, ...]
    folded: bool

    @property
    def filled(self) -> bool:
        """Something is written here, or wrong."""
        return any(_is_written(row.bound.value()) or row.bound.errors for row in self.rows)


class EntryForm(OnceForm):
    """A form whose fields are those of an entry; a text in three languages is one field of it.

    It remembers what the entry said when the page was opened (`seen`), so that nobody's change is lost unseen.
    """

    sections: ClassVar[tuple[Section, ...]] = ()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, request: HttpRequest, *, held: Plain, changed_at: datetime | None) -> None:
        self.held = held
        self.seen_now = changed_at.isoformat() if changed_at else ""
        super().__init__(request)
        self.prepare()
        # made after the fields are: which there are depends on the entry
        self.initial = {**self.opening(), "seen": self.seen_now}

    def prepare(self) -> None:
        """Make the fields that depend on the entry and on lists."""

    def opening(self) -> dict[str, Any]:
        """Return what the fields show of the entry."""
        return {
            name: Words(*(str(self.held.get(f"{name}_{language}") or "") for language in LANGUAGES))
            if isinstance(field, WordsField)
            else self.held.get(name)
            for name, field in self.fields.items()
            if name in self.held or isinstance(field, WordsField)
        }

    def values(self) -> dict[str, object]:
        """Return what the entry should say, by its own fields; what the form does not show stays out."""
        found: dict[str, object] = {}
        for name, field in self.fields.items():
            value: Any = self.cleaned_data.get(name)
            if name == "seen":
                continue
            if isinstance(field, WordsField):
                found |= {f"{name}_{language}": text for language, text in value._asdict().items()}
            elif isinstance(field, ChoicesField):
                found[name] = [*value, *self.unseen(name, field)]
            elif name in self.held or not self.held:
                found[name] = value
        return found

    def unseen(self, name: str, field: ChoicesField) -> list[object]:
        """Return what the entry holds of a list and the form cannot show: it stays."""
        shown = {str(code) for code, _name in cast("Iterable[tuple[object, object]]", field.choices)}
        held = self.held.get(name)
        return [code for code in held if str(code) not in shown] if isinstance(held, list) else []

    def full_clean(self) -> None:
        """Check what was sent; not while somebody is still writing and only asks for the form again."""
        if self.action.startswith(STILL_WRITING):
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    @property
    def action(self) -> str:
        """Return which button was pressed; the first one when somebody pressed Enter."""
        return str(self.sent.get(DO, "save")) if self.sent else ""

    @property
    def opened_at(self) -> datetime | None:
        """Return of when the entry was that the person saw; None for a new one."""
        text = self.cleaned_data.get("seen", "")
        try:
            return datetime.fromisoformat(text) if text else None
        except ValueError:
            return None

    def refuse(self, refused: Refused) -> None:
        """Say it at its field; a text in three languages is one field."""
        if refused.code == "changed-since" and self.sent is not None:
            # the next press means it, with what is there now having been seen
            typed = self.sent.copy()
            typed["seen"] = self.seen_now
            self.data = typed
            self.renew_key()
        field = refused.field if refused.field in self.fields else refused.field.rpartition("_")[0]
        self.add_error(field if field in self.fields else None, refused.message)

    def findings(self) -> Iterable[Finding]:
        """Yield what is to be said about what the entry says, or what was typed."""
        values: Mapping[str, object] = self.held
        if self.is_bound:
            values = self.values() if self.cleaned_data and self.is_valid() else {}
        return (*text_findings(values), *missing_languages(values), *self.more_findings(values))

    def more_findings(self, values: Mapping[str, object]) -> Iterable[Finding]:  # noqa: ARG002 -- for those that ask
        return ()

    def parts(self) -> list[Part]:
        """Return the form as it is written: parts with their fields, and what is to be said above each."""
        said: dict[str, list[str]] = {}
        for finding in self.findings():
            stem, _underscore, language = finding.field.rpartition("_")
            name = finding.field if finding.field in self.fields else stem
            said.setdefault(name, []).append(_sentence(finding, language if name == stem else ""))
        return [
            Part(
                section.title,
                section.hint,
                tuple(
                    Row(self[name], tuple(dict.fromkeys(said.get(name, ()))))
                    for name in section.fields
                    if name in self.fields
                ),
                section.folded,
            )
            for section in self.sections
            if any(name in self.fields for name in section.fields)
        ]


def _is_written(value: object) -> bool:
    return any(value) if isinstance(value, list | tuple) else bool(value)


def _sentence(finding: Finding, language: str) -> str:
    from_language = {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}.get(language, "")
    words = str(FINDINGS[finding.code])
    about = f"{words} “{finding.excerpt}”" if finding.excerpt else words
    return f"{from_language}: {about}" if from_language else about
