"""Signing somebody up by phone or from paper."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from kilauta.domains.directory.models import HowFound
from kilauta.domains.events.logic.guest import Guest
from kilauta.domains.events.models import Occurrence
from kilauta.domains.events.models.signups import GROUP_MOST
from kilauta.domains.events.queries.telling import when
from kilauta.kit.forms import MailField, NumberField, OnceForm, PhoneField, SelectField, TextField, TickField
from kilauta.kit.translations import reader_language


class StaffSignupForm(OnceForm):
    """Who comes, to which time, and how they are reached."""

    time = SelectField(label=gettext_lazy("Time"), choices=())
    name = TextField(label=gettext_lazy("Name"), max_length=60, required=False)
    phone = PhoneField(label=gettext_lazy("Phone number"), required=False)
    email = MailField(label=gettext_lazy("E-mail address"), required=False)
    persons = NumberField(
        label=gettext_lazy("How many people"), min_value=1, max_value=GROUP_MOST, initial=1, required=False
    )
    waits = TickField(label=gettext_lazy("If all of them do not fit, they wait together"), required=False)
    how_found = SelectField(label=gettext_lazy("Where did they hear of this?"), choices=(), required=False)

    def __init__(self, request: HttpRequest, times: Sequence[Occurrence]) -> None:
        super().__init__(request)
        self.times = {str(each.pk): each for each in times}
        lang = reader_language()
        if len(self.times) > 1:
            rows = [(key, when(each, lang)) for key, each in self.times.items()]
            self.fields["time"].choices = [("", gettext("Choose")), *rows]  # type: ignore[attr-defined]
        else:
            del self.fields["time"]
        ways = HowFound.objects.filter(retired_on=None).order_by("position", "code")
        named = [(each.code, str(each.name.pick(lang))) for each in ways]
        self.fields["how_found"].choices = [("", gettext("Choose")), *named]  # type: ignore[attr-defined]

    @property
    def occurrence(self) -> Occurrence | None:
        """The time they come to; None: to all."""
        if "time" in self.fields:
            return self.times[self.cleaned_data["time"]]
        return next(iter(self.times.values()), None)

    def guest(self) -> Guest:
        said = self.cleaned_data
        return Guest(
            name=said["name"], phone=said["phone"], email=said["email"], persons=said["persons"] or 1,
            lang=reader_language(), how_found=said["how_found"], waits=said["waits"],
        )  # fmt: skip
