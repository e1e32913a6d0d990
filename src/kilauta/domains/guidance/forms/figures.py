"""What one looks at: the time, and of all sessions perhaps some only."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory import choices as directory
from kilauta.domains.directory.models import Organisation, Topic
from kilauta.domains.guidance.choices import GIVERS
from kilauta.domains.guidance.logic import periods
from kilauta.domains.guidance.logic.periods import Period
from kilauta.domains.guidance.queries.figures import Of
from kilauta.domains.territory.queries import municipalities_of
from kilauta.kit.forms import DayField, Form, SelectField
from kilauta.kit.translations import reader_language
from kilauta.lib.text import sort_key

Choices = list[tuple[str, str]]


def _topics() -> Choices:
    lang = reader_language()
    rows = Topic.objects.order_by("position", "code")
    return [(row.code, str(row.name.pick(lang))) for row in rows]


def _organisations(network: str) -> Choices:
    lang = reader_language()
    rows = Organisation.objects.filter(steward=network, merged_into__isnull=True)
    named = [(str(row.pk), str(row.name.pick(lang))) for row in rows.order_by("pk")]
    return sorted(named, key=lambda pair: sort_key(pair[1], lang))


def _modes() -> Choices:
    lang = reader_language()
    return [(code, str(directory.label("mode", code).pick(lang))) for code in directory.codes("mode")]


class Wish(Form):
    """The filters of a page of figures, in its address. A value that is not offered is refused, never passed over."""

    alku = DayField(label=_("From which day"), required=False)
    loppu = DayField(label=_("Until which day"), required=False)
    kunta = SelectField(label=_("Municipality"), choices=list, required=False)
    antaja = SelectField(label=_("Who gives support"), choices=list, required=False)
    tapa = SelectField(label=_("How the help was given"), choices=_modes, required=False)
    kuka = SelectField(label=_("Who helped"), choices=lambda: list(GIVERS.items()), required=False)
    aihe = SelectField(label=_("Topic"), choices=_topics, required=False)

    def __init__(self, asked: QueryDict, *, network: str, without: Iterable[str] = ()) -> None:
        super().__init__(asked)
        for name in without:
            del self.fields[name]
        for name, choices in (("kunta", municipalities_of), ("antaja", _organisations)):
            if name in self.fields:
                self.fields[name].choices = [("", _("Choose")), *choices(network)]  # type: ignore[attr-defined]

    def clean(self) -> None:
        first, last = self.cleaned_data.get("alku"), self.cleaned_data.get("loppu")
        if first and last and periods.between(first, last) is None:
            self.add_error("loppu", _("The last day comes before the first."))

    def period(self, *, first: date | None, today: date) -> Period | None:
        """Return the time that is asked for, this year by itself; None where there is no such time.

        Of two days one may be left open: then it is the first session's, or today.
        """
        begins: date | None = self.cleaned_data.get("alku")
        ends: date | None = self.cleaned_data.get("loppu")
        if begins:
            return periods.between(begins, ends or max(today, begins))
        if ends:
            return periods.between(min(first or today, ends), ends)
        code = self.data.get("kausi", "")
        if code == periods.ALL:
            return periods.everything(first, today)
        return periods.named(code) if code else periods.this(periods.YEAR, today)

    def narrowed(self, of: Of) -> Of:
        """Return whose sessions, and of them those that are asked for."""
        chosen = self.cleaned_data
        return replace(
            of,
            organisation=UUID(chosen["antaja"]) if chosen.get("antaja") else of.organisation,
            municipality=chosen.get("kunta", ""),
            topic=chosen.get("aihe", ""),
            mode=chosen.get("tapa", ""),
            given_by=chosen.get("kuka", ""),
        )

    def chosen(self) -> list[str]:
        """Return the names of what is asked for, beside the time."""
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value and isinstance(field, SelectField):
                words = {str(code): name for code, name in field.choices}  # type: ignore[misc, union-attr]
                found.append(f"{field.label}: {words[value]}")
        return found
