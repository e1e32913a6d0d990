from dataclasses import dataclass


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
