"""What a body tells that would like to start guidance, and what the office answers."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kilauta.domains.guidance.choices import START_OUTCOMES
from kilauta.domains.guidance.models.starts import ANSWER_LONGEST, WISH_LONGEST
from kilauta.kit.forms import ChoiceField, ContactField, Form, LongTextField, OnceForm, SelectField, TextField


class StartForm(OnceForm):
    organisation_name = TextField(
        label=_("Name of your organisation or group"), max_length=120, autocomplete="organization"
    )
    municipality = SelectField(label=_("Municipality"), choices=[], required=False)
    wish = LongTextField(
        label=_("What would you like to start?"),
        help_text=_("For instance: one afternoon a week at our hall. What would help you to begin?"),
        max_length=WISH_LONGEST,
        rows=5,
    )
    contact = ContactField(
        label=_("Phone number or e-mail address"),
        help_text=_("We answer there. It is erased 30 days after the matter has ended."),
    )

    def __init__(self, request: HttpRequest, *, towns: Sequence[tuple[str, str]]) -> None:
        super().__init__(request)
        self.fields["municipality"].choices = [("", _("Choose")), *towns]  # type: ignore[attr-defined]


class StartAnswerForm(Form):
    answer = LongTextField(
        label=_("Your answer"),
        help_text=_("An e-mail address gets this as a mail. If they left a number, ring and tell it."),
        max_length=ANSWER_LONGEST,
        rows=5,
    )


class StartOutcomeForm(Form):
    outcome = ChoiceField(label=_("What came of it?"), choices=list(START_OUTCOMES.items()))
