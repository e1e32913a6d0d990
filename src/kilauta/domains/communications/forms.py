from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms import ChoiceField, ContactField, Form, LongTextField, OnceForm

from .choices import ABOUT


class Feedback(OnceForm):
    about = ChoiceField(label=_("What is it about?"), choices=list(ABOUT.items()))
    text = LongTextField(
        label=_("Tell us in your own words"),
        help_text=_("If it is about one page, tell which page it is."),
        max_length=3000,
    )
    contact = ContactField(
        label=_("Your phone number or e-mail address"),
        help_text=_("We need it only to answer you. It is erased 14 days after the answer."),
        required=False,
    )


class Answer(Form):
    answer = LongTextField(
        label=_("Your answer"),
        help_text=_("It goes by mail, if we have an address. A number you ring."),
        max_length=3000,
    )
