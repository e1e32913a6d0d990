"""What people write for a number, a day, a time or a text is understood; what is not is told with an example."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from kilauta.kit import forms
from kilauta.lib.words import Words


def clean(field, text):
    with translation.override("en"):
        try:
            return field.clean(text)
        except ValidationError as error:
            return error.messages


# What people write


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0401234567", "0401234567"),
        ("040 123 4567", "040 123 4567"),
        ("  +358 40\u00a0123 4567 ", "+358 40 123 4567"),
        ("050-1234567", "050-1234567"),
        ("050\u20131234567", "050-1234567"),
        ("puh. 050 555 0199.", "050 555 0199"),
        ("tel: 0505550199", "0505550199"),
        ("116117", "116117"),
        ("(08) 6155 5000", "(08) 6155 5000"),
        ("+46 8 123 456 78", "+46 8 123 456 78"),
    ],
)
def test_a_phone_number_is_understood(written, meant):
    assert clean(forms.PhoneField(), written) == meant


@pytest.mark.parametrize(
    "written", ["12", "050 555 o199", "soita", "050 555 0199 tai 050 555 0198", "0" * 400]
)
def test_what_no_telephone_dials_is_told_kindly(written):
    assert clean(forms.PhoneField(), written) == ["Check the phone number. Write it like this: 050 123 4567."]


@pytest.mark.parametrize(
    "written",
    ["1.2.2026", "01.02.26", "1.2.26", "2026-02-01", "1/2/2026", "1. 2. 2026", "1 2 2026", "1.2.2026."],
)
def test_a_day_is_understood(written):
    assert clean(forms.DayField(), written) == date(2026, 2, 1)


@pytest.mark.parametrize(
    "written", ["31.2.2026", "1.13.2026", "1.2.", "tiistai", "1.2.0206", "1.2.202", "²1.2.2026"]
)
def test_what_is_no_day_is_told_with_an_example(written):
    assert clean(forms.DayField(), written) == ["Check the day. Write it like this: 1.2.2026."]


@pytest.mark.parametrize(
    "written", ["9", "9.00", "9:00", "klo 9", "Klo 9.00", "kl. 9", "09.00", "0900", "900", "9,00"]
)
def test_a_time_is_understood(written):
    assert clean(forms.TimeField(), written) == time(9)


@pytest.mark.parametrize("written", ["25", "9.60", "9.5", "yhdeksän", "24.00", "-1"])
def test_what_is_no_time_is_told_with_an_example(written):
    assert clean(forms.TimeField(), written) == ["Check the time. Write it like this: 9.00."]


def test_a_contact_is_a_number_or_an_address():
    field = forms.ContactField()
    assert clean(field, "050 555 0199 ") == "050 555 0199"
    assert clean(field, "aino@posti.example") == "aino@posti.example"
    for wrong in ("aino@", "aino", "12"):
        assert clean(field, wrong)[0].startswith("Check this.")


def test_a_text_of_three_languages_says_which_one_is_wrong():
    field = forms.WordsField(max_length=5)
    assert clean(field, ["talo", "hus", ""]) == Words("talo", "hus", "")
    assert clean(field, ["", "hus", ""]) == ["Write this in Finnish at least."]
    assert clean(field, ["talo", "en stuga", ""]) == [
        "Svenska: Shorten this: there may be 5 characters, and there are 8."
    ]


def test_a_line_break_counts_as_one_character():
    assert clean(forms.LongTextField(max_length=5), "ab\r\ncd") == "ab\ncd"


@pytest.mark.parametrize("name", [name for name in forms.__all__ if name.endswith("Field")])
def test_no_field_says_anything_in_the_words_of_the_framework(name):
    more = {"max_length": 5} if name in {"TextField", "LongTextField", "WordsField"} else {}
    more |= {"choices": [("a", "A")]} if name in {"ChoiceField", "ChoicesField", "SelectField"} else {}
    more |= {"min_value": 1, "max_value": 9} if name == "NumberField" else {}
    field = getattr(forms, name)(**more)
    for given in (None, "", "zz\0", "z" * 400, "-5", "77", ["zz"]):
        try:
            field.clean([given, "", ""] if name == "WordsField" else given)
        except ValidationError as error:
            for each in error.error_list:
                assert "kilauta" in type(field).__module__
                assert not set(each.messages) & DJANGOS, (name, given, each)
        except TypeError:
            continue


DJANGOS = {
    "This field is required.",
    "Enter a valid value.",
    "Enter a whole number.",
    "Enter a list of values.",
    "Null characters are not allowed.",
    "Enter a valid email address.",
}


@pytest.mark.parametrize("field", [forms.TextField(max_length=99), forms.LongTextField(max_length=99)])
def test_free_text_holds_no_identity_number(field):
    assert clean(field, "Olen 131052-308T.")[0].startswith(
        "Please do not write a personal identity code here."
    )
    assert clean(field, "Soita 050 555 0199.") == "Soita 050 555 0199."


def test_a_text_of_three_languages_holds_none_either():
    said = clean(forms.WordsField(max_length=99), ["talo", "131052-308T", ""])
    assert said[0].startswith("Svenska: Please do not write a personal identity code here.")
