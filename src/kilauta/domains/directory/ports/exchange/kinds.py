"""Kinds of cells that only the directory has."""

import re
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from kilauta.kit.exchange import spoken
from kilauta.kit.exchange.columns import Kind, Known, Value
from kilauta.kit.exchange.kinds import check_length
from kilauta.kit.exchange.problems import Bad

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
LONGEST_SOURCE, LONGEST_VALUE = 40, 100


@dataclass(frozen=True)
class BusinessId(Kind):
    def read(self, text: str) -> Value:
        if not re.fullmatch(r"\d{7}-\d", text, re.ASCII) or not _check_digit_is_right(text):
            raise Bad("wrong-type", self.words())
        return text

    def spoken(self, text: str, _known: Known) -> str:
        bare = re.sub(r"\s", "", text.upper().removeprefix("FI"))
        return f"{bare[:7]}-{bare[7:]}" if re.fullmatch(r"\d{8}", bare, re.ASCII) else bare

    def words(self) -> str:
        return _("A Finnish business ID with its check digit, written as 1234567-1.")


def _check_digit_is_right(business_id: str) -> bool:
    left = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, business_id, strict=False)) % 11
    return left != 1 and (11 - left) % 11 == int(business_id[-1])


@dataclass(frozen=True)
class Identifiers(Kind):
    """Ids in other registers, as `register=id`, with a space between them."""

    empty: ClassVar[Value] = {}

    def read(self, text: str) -> Value:
        found: dict[str, str] = {}
        for part in text.split():
            register, mark, value = part.partition("=")
            if not mark or not value or not re.fullmatch(r"[a-z0-9-]+", register) or register in found:
                raise Bad("wrong-type", self.words(), part)
            check_length(register, LONGEST_SOURCE)
            check_length(value, LONGEST_VALUE)
            found[register] = value
        return found

    def format(self, value: Value) -> str:
        return " ".join(f"{register}={each}" for register, each in sorted(value.items()))

    def words(self) -> str:
        return _("Each as register=id, such as ptv=0a1b2c, with a space between them; one id for a register.")


@dataclass(frozen=True)
class Weekdays(Kind):
    def read(self, text: str) -> Value:
        if not re.fullmatch(r"[1-7]+", text, re.ASCII):
            raise Bad("wrong-type", self.words())
        return "".join(sorted(set(text)))

    def spoken(self, text: str, _known: Known) -> str:
        return spoken.weekdays(text)

    def words(self) -> str:
        return _("Weekdays as digits, Monday being 1: 12345.")
