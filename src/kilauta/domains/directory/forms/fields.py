"""Fields that only the directory's forms have."""

import re
from typing import ClassVar, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from kilauta.kit.forms.fields import ChoiceField, Messages, Options, Plain
from kilauta.lib.geo import Point, in_finland

_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)"
_POINT = re.compile(rf"\s*{_NUMBER}\s*°?\s*N?\s*[,;\s]\s*{_NUMBER}\s*°?\s*E?\s*", re.IGNORECASE)
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


class PointField(Plain, forms.CharField):
    """Coordinates as maps show them: "64.1303, 29.5197"; also with decimal commas and a space between."""

    default_error_messages: ClassVar[Messages] = {
        "invalid": _("Check the coordinates. Write them like this: 64.1303, 29.5197."),
        "away": _("These coordinates are not in Finland. The latitude comes first."),
    }

    def __init__(self, **more: Unpack[Options]) -> None:
        super().__init__(max_length=60, **more)

    def to_python(self, value: object) -> Point | None:  # type: ignore[override]  # a text becomes a point
        text = super().to_python(value) or ""
        if not text.strip():
            return None
        found = _POINT.fullmatch(text)
        if not found:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        lat, lon = (float(part.replace(",", ".")) for part in found.groups())
        if not in_finland(Point(lat, lon)):
            raise ValidationError(self.error_messages["away"], "away")
        return Point(lat, lon)

    def run_validators(self, value: object) -> None:
        """Check nothing more: it is a point by now."""

    def prepare_value(self, value: object) -> object:
        return f"{value.lat}, {value.lon}" if isinstance(value, Point) else value
