from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kilauta.kit.accounts.models import Person
from kilauta.kit.forms import DayField, Form, MailField, SelectField, TextField, TickField, WordsField
from kilauta.lib.words import Words

from .roles import Role

LANGUAGES = (("fi", "suomi"), ("sv", "svenska"), ("en", "English"))


class InviteForm(Form):
    """Whom to invite, and to what."""

    email = MailField(label=_("E-mail"))
    name = TextField(label=_("Name"), max_length=120, required=False)
    lang = SelectField(label=_("Language of the mails"), choices=LANGUAGES)
    role = SelectField(label=_("Role"), choices=())

    def __init__(self, data: QueryDict | None, *, roles: Iterable[Role]) -> None:
        super().__init__(data)
        self.fields["role"].choices = [(role.code, role.name) for role in roles]  # type: ignore[attr-defined]


class PledgeForm(Form):
    """The text of the pledge in three languages, to be changed."""

    text = WordsField(label=_("Text of the promise"), max_length=4000, rows=12)

    def __init__(self, data: QueryDict | None, *, text: Words) -> None:
        super().__init__(data, initial={"text": text})


class AbsenceForm(Form):
    """Who stands in, from when until when; or who has the roles from now on."""

    deputy = SelectField(label=_("Who does the work meanwhile"), choices=())
    starts_on = DayField(label=_("First day away"), required=False)
    last_day = DayField(label=_("Last day away"), required=False)
    for_good = TickField(
        label=_("For good: I hand the roles over"),
        help_text=_("Your own roles end today. Leave the days empty."),
        required=False,
    )

    def __init__(self, data: QueryDict | None, *, people: Iterable[Person]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        named = [(key, str(person)) for key, person in self.people.items()]
        self.fields["deputy"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["deputy"] = self.people.get(given.get("deputy", ""))
        days = ("starts_on", "last_day")
        if not given.get("for_good"):
            for name in days:
                if name not in self.errors and not given.get(name):
                    self.add_error(name, self.fields[name].error_messages["required"])
        return given
