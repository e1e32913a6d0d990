from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms import Form, LongTextField


class AnswerForm(Form):
    """What a coordinator says to a proposal."""

    answer = LongTextField(
        label=_("Your answer"),
        help_text=_(
            "Whoever proposed it gets this by mail, or you ring and tell it. "
            "It is needed when you send it back or say no."
        ),
        max_length=1000,
        rows=4,
        required=False,
    )
