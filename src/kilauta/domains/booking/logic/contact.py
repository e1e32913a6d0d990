import re
from dataclasses import dataclass

import phonenumbers

HOME, HOME_CODE = "FI", 358
_SEVEN = re.compile(r" (\d{3})(\d{4})$")


@dataclass(frozen=True, slots=True)
class BookingContact:
    """Who comes and about what, as far as they told: a phone number, an address of mail, both or neither.

    `topic` and `municipality` are codes. `address` is where to come on a home visit.
    """

    name: str = ""
    phone: str = ""
    email: str = ""
    lang: str = "fi"
    for_other: bool = False
    topic: str = ""
    municipality: str = ""
    address: str = ""


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
