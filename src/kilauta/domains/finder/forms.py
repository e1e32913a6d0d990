from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms import TONGUES, ChoiceField, TextField
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
