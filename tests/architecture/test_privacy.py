"""Personal data enters with a purpose and an end, or does not enter."""

from __future__ import annotations

from kilauta.kit import privacy


def test_every_text_field_is_declared_as_about_a_person_or_about_none() -> None:
    assert privacy.undeclared() == []


def test_nothing_is_declared_that_is_not_there_or_is_declared_both_ways() -> None:
    assert privacy.unknown() == []


def test_every_field_about_a_person_says_why_on_what_basis_how_long_and_who_sees_it() -> None:
    said = ("purpose", "basis", "retention", "visibility")
    assert [
        each.name for each in privacy.personal() if not all(str(getattr(each, name)) for name in said)
    ] == []
