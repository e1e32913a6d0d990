from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms import Form, MailField, SelectField, TextField

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
