"""Identity numbers stay out of free text: the person is stopped and told why, nothing is stored and nothing logged.

The number itself is in no sentence and no error: only the person's own form still holds it.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kilauta.kit.refusals import Refused
from kilauta.lib import identity
from kilauta.lib.identity import Kind

CODE = "identity-number"

_SENTENCES: Mapping[Kind, Promise] = {
    Kind.PERSON: _(
        "Please do not write a personal identity code here. It is not needed, and it was not saved. "
        "Take it away and send this again."
    ),
    Kind.ACCOUNT: _(
        "Please do not write a bank account number here. It is not needed, and it was not saved. "
        "Take it away and send this again."
    ),
    Kind.CARD: _(
        "Please do not write the number of a bank card here. It is not needed, and it was not saved. "
        "Take it away and send this again."
    ),
}


def advice(text: str) -> str:
    """Return the sentence that stops the person, or nothing when the text holds no such number."""
    found = identity.find(text)
    return str(_SENTENCES[found[0].kind]) if found else ""


def no_identity_numbers(value: object) -> None:
    """Refuse a field's value that holds one: a validator of form fields and of model fields."""
    said = advice(str(value))
    if said:
        raise ValidationError(said, CODE)


def refuse_identity_numbers(**texts: str) -> None:
    """Refuse an operation with such a number in one of its texts, each under the name of its field."""
    for field, text in texts.items():
        said = advice(text)
        if said:
            raise Refused(CODE, said, field)
