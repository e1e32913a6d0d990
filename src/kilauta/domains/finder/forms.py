from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms import TONGUES, ChoiceField, ContactField, TextField
from kilauta.kit.forms.form import OnceForm
from kilauta.kit.registers.form import RegisterForm


class SynonymForm(RegisterForm):
    """A word that people use, and what it means in the words of the pages."""

    lang = ChoiceField(label=_("Language"), choices=tuple(TONGUES.items()), initial="fi")
    word = TextField(label=_("What people say"), help_text=_("One word, as people write it."), max_length=60)
    means = TextField(
        label=_("What it means"),
        help_text=_("Words that the pages use, with a semicolon between them: smartphone; phone."),
        max_length=200,
    )


class SendForm(OnceForm):
    """Where a hand-out goes, and in which language."""

    contact = ContactField(
        label=_("The caller's e-mail address or mobile number"),
        help_text=_(
            "Read it back to the caller. It is kept for 30 days, so that we can see whether it arrived."
        ),
        autocomplete="off",
    )
    lang = ChoiceField(label=_("Language of the message"), choices=tuple(TONGUES.items()))

    def __init__(self, request: HttpRequest, *, lang: str) -> None:
        super().__init__(request, initial={"lang": lang})
