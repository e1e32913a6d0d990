"""Fields that only the directory's forms have."""

from typing import ClassVar, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms.fields import ChoiceField, Messages, Options, Plain

LONGEST_LINK = 300


class OneField(ChoiceField):
    """One of a few in a list that opens, where lines are many and one of them is always chosen."""

    widget = forms.Select  # type: ignore[assignment]  # another look of the same


class LinkField(Plain, forms.CharField):
    """A web address; "https://" may be left out."""

    inputmode = "url"
    default_error_messages: ClassVar[Messages] = {
        "required": _("Write a web address."),
        "invalid": _("Check the web address. Write it like this: https://library.example."),
    }

    def __init__(self, **more: Unpack[Options]) -> None:
        super().__init__(max_length=LONGEST_LINK, **more)

    def to_python(self, value: object) -> str:
        text = (super().to_python(value) or "").strip()
        if text and "://" not in text:
            text = f"https://{text}"
        return text

    def run_validators(self, value: str) -> None:
        super().run_validators(value)
        if value:
            try:
                URLValidator(schemes=["http", "https"])(value)
            except ValidationError:
                raise ValidationError(self.error_messages["invalid"], "invalid") from None
