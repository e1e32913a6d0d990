from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms import ContactField, Form, TextField


class AskForm(Form):
    """Who is looked for, and why."""

    address = ContactField(label=_("E-mail address or phone number of the person"), autocomplete="off")
    reason = TextField(
        label=_("Why"),
        help_text=_(
            "For instance: the person asked for their data on 12 November. It stays in the access log."
        ),
        max_length=200,
        autocomplete="off",
    )


class EraseForm(AskForm):
    """The same, and the address once more: what is erased does not come back."""

    again = TextField(
        label=_("The address or number once more"),
        help_text=_("Type it by hand. What is erased does not come back."),
        max_length=254,
        autocomplete="off",
    )
