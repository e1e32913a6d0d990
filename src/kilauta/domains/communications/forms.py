from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms import (
    ChoiceField,
    ContactField,
    DayField,
    Form,
    LongTextField,
    MailField,
    NumberField,
    OnceForm,
    PhoneField,
    TextField,
    TickField,
    WordsField,
)
from kilauta.lib.words import Words

from .choices import ABOUT, DUTIES, LINK_KINDS

MARKUP = _(
    "An empty line parts paragraphs. A line that begins with - is a row of a list. "
    "A link is written like this: [words](https://example.fi/)."
)


class PositionField(NumberField):
    """The place in an order that the editor gives."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Place in the order"),
            help_text=_("The smallest number comes first."),
            min_value=0,
            max_value=999,
            initial=0,
        )


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


class OwnText(Form):
    """The text of the network on a page that every network has."""

    text = WordsField(label=_("Text"), help_text=MARKUP, max_length=6000, rows=12)


class OwnPage(Form):
    title = WordsField(label=_("Heading"), max_length=80)
    text = WordsField(label=_("Text"), help_text=MARKUP, max_length=6000, rows=12)
    in_foot = TickField(label=_("Show a link at the foot of every page"), required=False)
    position = PositionField()


class News(Form):
    title = WordsField(label=_("Heading"), help_text=_("The front page shows this line."), max_length=80)
    text = WordsField(label=_("Text"), help_text=MARKUP, max_length=600, rows=5)
    from_on = DayField(label=_("First day"))
    until_on = DayField(label=_("Last day"), help_text=_("The news leave the front page after this day."))


class Contact(Form):
    duty = ChoiceField(label=_("Role"), choices=list(DUTIES.items()))
    note = WordsField(
        label=_("What they help with"),
        help_text=_("No names of persons: people change, roles stay."),
        max_length=200,
        required=False,
    )
    phone = PhoneField(label=_("Phone number"), required=False)
    email = MailField(
        label=_("E-mail address"), help_text=_("An address that several people read."), required=False
    )
    position = PositionField()


class Link(Form):
    kind = ChoiceField(label=_("Kind"), choices=list(LINK_KINDS.items()))
    label = WordsField(
        label=_("Words of the link"), help_text=_("Say where it leads. “Here” says nothing."), max_length=100
    )
    url = TextField(label=_("Web address"), help_text=_("It begins with https://."), max_length=300)
    position = PositionField()

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError:
            raise ValidationError(
                _("Check the web address. It looks like this: https://example.fi/."), "invalid"
            ) from None
        return url


def columns(values: dict[str, Any]) -> dict[str, object]:
    """Return clean values by column: a text in three languages is three."""
    found: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Words):
            found |= {f"{name}_{language}": each for language, each in value._asdict().items()}
        else:
            found[name] = value
    return found
