"""The fields of the house. Each says in plain words what to do when something in it is wrong."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from typing import Any, ClassVar, TypedDict, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kilauta.kit.privacy.guard import no_identity_numbers
from kilauta.lib.geo import Point, in_finland
from kilauta.lib.phones import LONGEST as LONGEST_PHONE
from kilauta.lib.phones import is_phone
from kilauta.lib.words import LANGUAGES, Words

from . import reading

Text = str | Promise
Messages = dict[str, Any]  # texts, lazy or not: Django's stubs have a class of their own for them
Choices = Iterable[tuple[object, object]]

LONGEST_MAIL = 254
TONGUES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}

_PHONE_WRONG = _("Check the phone number. Write it like this: 050 123 4567.")
_MAIL_WRONG = _("Check the e-mail address. Write it like this: name@example.fi.")
_PICK_ONE = _("Choose one of these.")


_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)"
_POINT = re.compile(rf"\s*{_NUMBER}\s*°?\s*N?\s*[,;\s]\s*{_NUMBER}\s*°?\s*E?\s*", re.IGNORECASE)


class Options(TypedDict, total=False):
    """What any field may be told."""

    label: Text
    help_text: Text
    required: bool
    initial: object
    autocomplete: str


class _Everything(Options, total=False):
    """What the fields here tell Django's besides."""

    widget: forms.Widget
    max_length: int
    min_value: int
    max_value: int
    choices: Choices | Callable[[], Choices]
    fields: list[forms.Field]
    require_all_fields: bool


class Plain(forms.Field):
    """What all fields share: words of ours for what Django says in words of its own."""

    autocomplete = ""
    inputmode = ""
    default_error_messages: ClassVar[Messages] = {
        "required": _("Fill this in."),
        "max_length": _(
            "Shorten this: there may be %(limit_value)d characters, and there are %(show_value)d."
        ),
        "null_characters_not_allowed": _("There is a sign here that we cannot read. Write this again."),
    }

    def __init__(self, **more: Unpack[_Everything]) -> None:
        self.autocomplete = more.pop("autocomplete", self.autocomplete)
        # a field of Django's stands beside this one and takes the rest
        super().__init__(**more)  # type: ignore[arg-type, misc]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:  # noqa: ARG002 -- Django gives it
        """Return what helps to fill in; no bound that would cut what is pasted without a word."""
        given = {"autocomplete": self.autocomplete, "inputmode": self.inputmode}
        return {name: value for name, value in given.items() if value}


class TextField(Plain, forms.CharField):
    """One line of text, of at most `max_length` characters."""

    def __init__(self, *, max_length: int, **more: Unpack[Options]) -> None:
        super().__init__(max_length=max_length, **more)

    default_validators = [no_identity_numbers]

    def to_python(self, value: object) -> str:
        return reading.spaced(super().to_python(value) or "")


class LongTextField(Plain, forms.CharField):
    """Text of several lines; the page says how long it may be."""

    def __init__(self, *, max_length: int, rows: int = 6, **more: Unpack[Options]) -> None:
        super().__init__(
            max_length=max_length, widget=forms.Textarea(attrs={"rows": rows, "cols": 40}), **more
        )

    default_validators = [no_identity_numbers]

    def to_python(self, value: object) -> str:
        # a browser sends two signs at the end of a line, and a person counts one
        return (super().to_python(value) or "").replace("\r\n", "\n")


class PhoneField(Plain, forms.CharField):
    """A number a telephone can dial, with the groups it was written in."""

    widget = forms.TelInput
    autocomplete = "tel"
    default_error_messages: ClassVar[Messages] = {
        "required": _("Write a phone number."),
        "invalid": _PHONE_WRONG,
    }

    def to_python(self, value: object) -> str:
        return reading.phone(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not (len(value) <= LONGEST_PHONE and is_phone(value)):
            raise ValidationError(self.error_messages["invalid"], "invalid")


class MailField(Plain, forms.CharField):
    """An e-mail address."""

    widget = forms.EmailInput
    autocomplete = "email"
    default_error_messages: ClassVar[Messages] = {
        "required": _("Write an e-mail address."),
        "invalid": _MAIL_WRONG,
        "max_length": _MAIL_WRONG,
    }

    def __init__(self, **more: Unpack[Options]) -> None:
        super().__init__(max_length=LONGEST_MAIL, **more)
        self.validators.append(validate_email)


class ContactField(Plain, forms.CharField):
    """A phone number or an e-mail address: whichever the person would rather give."""

    default_error_messages: ClassVar[Messages] = {
        "required": _("Write a phone number or an e-mail address."),
        "invalid": _(
            "Check this. Write a phone number like 050 123 4567, or an address like name@example.fi."
        ),
    }

    def __init__(self, **more: Unpack[Options]) -> None:
        super().__init__(max_length=LONGEST_MAIL, **more)

    def to_python(self, value: object) -> str:
        text = str(super().to_python(value) or "")
        return text if "@" in text else reading.phone(text)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not (_is_mail(value) or (len(value) <= LONGEST_PHONE and is_phone(value))):
            raise ValidationError(self.error_messages["invalid"], "invalid")


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class NumberField(Plain, forms.IntegerField):
    """A whole number within bounds."""

    widget = forms.TextInput
    inputmode = "numeric"
    default_error_messages: ClassVar[Messages] = {
        "required": _("Write a number."),
        "invalid": _("Write a whole number with digits, such as 12."),
        "min_value": _("Write a number that is at least %(limit_value)s."),
        "max_value": _("Write a number that is at most %(limit_value)s."),
    }

    def __init__(self, *, min_value: int, max_value: int, **more: Unpack[Options]) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **more)


class DayField(Plain, forms.Field):
    """A day, written in any of the ways people write one."""

    widget = forms.TextInput
    default_error_messages: ClassVar[Messages] = {
        "required": _("Write a day like this: 1.2.2026."),
        "invalid": _("Check the day. Write it like this: 1.2.2026."),
    }

    def to_python(self, value: object) -> date | None:
        if isinstance(value, date) or value in self.empty_values or not str(value).strip():
            return value if isinstance(value, date) else None
        found = reading.day(str(value))
        if found is None:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return found

    def prepare_value(self, value: object) -> object:
        return f"{value.day}.{value.month}.{value.year}" if isinstance(value, date) else value


class TimeField(Plain, forms.Field):
    """A time of day, written in any of the ways people write one."""

    widget = forms.TextInput
    default_error_messages: ClassVar[Messages] = {
        "required": _("Write a time like this: 9.00."),
        "invalid": _("Check the time. Write it like this: 9.00."),
    }

    def to_python(self, value: object) -> time | None:
        if isinstance(value, time) or value in self.empty_values or not str(value).strip():
            return value if isinstance(value, time) else None
        found = reading.time_of_day(str(value))
        if found is None:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return found

    def prepare_value(self, value: object) -> object:
        return f"{value.hour}.{value.minute:02}" if isinstance(value, time) else value


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


class ChoiceField(Plain, forms.ChoiceField):
    """One of a few: all of them are seen at once."""

    widget = forms.RadioSelect
    default_error_messages: ClassVar[Messages] = {"required": _PICK_ONE, "invalid_choice": _PICK_ONE}


class SelectField(Plain, forms.ChoiceField):
    """One of many: a list that opens. Its first row is empty, so that nothing is chosen by accident."""

    default_error_messages: ClassVar[Messages] = {
        "required": _("Choose one from the list."),
        "invalid_choice": _PICK_ONE,
    }

    def __init__(self, *, choices: Choices | Callable[[], Choices], **more: Unpack[Options]) -> None:
        def rows() -> list[tuple[object, object]]:
            return [("", _("Choose")), *(choices() if callable(choices) else choices)]

        super().__init__(choices=rows, **more)


class ChoicesField(Plain, forms.MultipleChoiceField):
    """Any number of a few."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages: ClassVar[Messages] = {
        "required": _("Choose at least one."),
        "invalid_choice": _("Choose from these only."),
        "invalid_list": _("Choose from these only."),
    }


class TickField(Plain, forms.BooleanField):
    """One box to tick."""

    default_error_messages: ClassVar[Messages] = {"required": _("Tick this to go on.")}


class _WordsWidget(forms.MultiWidget):
    use_fieldset = True

    def __init__(self, rows: int) -> None:
        one = forms.Textarea(attrs={"rows": rows, "cols": 40}) if rows else forms.TextInput()
        super().__init__(dict.fromkeys(LANGUAGES, one))

    def decompress(self, value: Words | None) -> list[str]:
        return list(value or Words(""))


class WordsField(Plain, forms.MultiValueField):
    """One text in Finnish, Swedish and English side by side; gives `Words`. When required, Finnish is."""

    default_error_messages: ClassVar[Messages] = {
        "required": _("Write this in Finnish at least."),
        "part": "%(language)s: %(wrong)s",
    }

    def __init__(self, *, max_length: int, rows: int = 0, **more: Unpack[Options]) -> None:
        self.max_length, self.rows = max_length, rows
        part = LongTextField if rows else TextField
        parts: list[forms.Field] = [part(max_length=max_length, required=False) for _language in LANGUAGES]
        super().__init__(fields=parts, widget=_WordsWidget(rows), require_all_fields=False, **more)

    def clean(self, value: Sequence[str | None]) -> Words:
        wrong, clean = [], []
        for language, part, text in zip(LANGUAGES, self.fields, value, strict=True):
            try:
                clean.append(part.clean(text))
            except ValidationError as error:
                said = {"language": TONGUES[language], "wrong": " ".join(error.messages)}
                wrong.append(ValidationError(self.error_messages["part"], f"part-{language}", said))
        if wrong:
            raise ValidationError(wrong)
        words = Words(*clean)
        if self.required and not words.fi:
            raise ValidationError(self.error_messages["required"], "required")
        return words
