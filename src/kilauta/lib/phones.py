"""Telephone numbers as people write them: "050 555 0132", "116 117", "+46 8 123 456 78"."""

import re

import phonenumbers

HOME, HOME_CODE = "FI", 358
LONGEST = 24

_SEVEN = re.compile(r" (\d{3})(\d{4})$")
_WRITTEN = re.compile(r"\+?[\d(][\d ()\-\u2013]*\d", re.ASCII)
# Numbers that the tables of dialling codes do not know or half know: emergency and help lines, enquiries, and
# the national service numbers (010, 020, 029 … 0600, 0800), whose length differs from provider to provider.
_SHORT = re.compile(r"112|116\d{3}|118\d{0,4}|10\d{4,6}|0(?:[1237]0|29|39|[67]00|7[135]|800)\d{3,8}")


def is_phone(text: str) -> bool:
    """Return whether a telephone can dial this, from Finland."""
    if not _WRITTEN.fullmatch(text):
        return False
    digits = re.sub(r"\D", "", text)
    if not text.startswith("+") and _SHORT.fullmatch(digits):
        return True
    if not text.startswith(("+", "0", "(0")):
        return False
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


def one_way(phone: str) -> str:
    """Return the number as it is always written here, however it was typed; what is no number stays as it is."""
    try:
        number = phonenumbers.parse(phone, HOME)
    except phonenumbers.NumberParseException:
        return phone
    form = phonenumbers.PhoneNumberFormat
    if number.country_code != HOME_CODE:
        return str(phonenumbers.format_number(number, form.INTERNATIONAL))
    # seven digits in a row are hard to read aloud
    return _SEVEN.sub(r" \1 \2", phonenumbers.format_number(number, form.NATIONAL))
