from django.utils.translation import gettext_lazy as _

from kilauta.domains.directory.models.watching import NOTE_LONGEST
from kilauta.kit.forms import LongTextField
from kilauta.kit.forms.form import OnceForm


class NoteForm(OnceForm):
    text = LongTextField(
        label=_("A word for your colleagues"),
        help_text=_("Only those who help in this network see it. No names, and nothing about customers."),
        max_length=NOTE_LONGEST,
    )
