"""An identity number in free text stops the person kindly, and nothing of it is kept anywhere."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from kilauta.kit.privacy import guard
from kilauta.kit.refusals import Refused

CODE, ACCOUNT, CARD = "131052-308T", "FI21 1234 5600 0007 85", "4111 1111 1111 1111"


class Story(forms.Form):
    text = forms.CharField(validators=[guard.no_identity_numbers])


@pytest.mark.parametrize(
    ("number", "word"), [(CODE, "personal identity code"), (ACCOUNT, "bank account"), (CARD, "bank card")]
)
def test_the_person_is_told_what_to_take_away(number: str, word: str) -> None:
    with translation.override("en"):
        said = guard.advice(f"Olen {number}.")
    assert word in said
    assert "not saved" in said
    assert guard.advice("Soita 050 555 0100 ma-pe 9-16.") == ""


@pytest.mark.parametrize("number", [CODE, ACCOUNT, CARD])
def test_the_number_stays_in_the_form_of_the_person_and_in_no_error(number: str, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    form = Story({"text": f"Olen {number}."})
    assert not form.is_valid()
    assert number not in str(form.errors.as_json())
    assert "text" not in form.cleaned_data
    assert number in str(form["text"])
    assert number not in caplog.text


@pytest.mark.parametrize("number", [CODE, ACCOUNT, CARD])
def test_an_operation_refuses_under_the_name_of_the_field_and_without_the_number(number: str) -> None:
    guard.refuse_identity_numbers(note="Kaikki hyvin.", answer="")
    with pytest.raises(Refused) as refused:
        guard.refuse_identity_numbers(note="Kaikki hyvin.", answer=f"Hän on {number}.")
    assert (refused.value.code, refused.value.field) == ("identity-number", "answer")
    assert number not in f"{refused.value!r} {refused.value.message} {vars(refused.value)}"


def test_the_validator_tells_a_code_and_no_value() -> None:
    with pytest.raises(ValidationError) as wrong:
        guard.no_identity_numbers(CODE)
    assert wrong.value.code == "identity-number"
    assert CODE not in repr(wrong.value)
