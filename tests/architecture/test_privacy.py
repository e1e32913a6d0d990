"""No text about a person without a purpose and an end."""

from kilauta.kit import privacy


def test_every_text_field_is_declared():
    assert privacy.undeclared() == []


def test_nothing_is_declared_that_is_not_there():
    assert privacy.unknown() == []


def test_what_is_known_about_persons_is_told_whole():
    assert [each.name for each in privacy.personal()] == [
        "accounts.Person.email",
        "accounts.Person.name",
        "accounts.Person.password",
    ]
    for each in privacy.personal():
        assert all(str(words) for words in (each.purpose, each.basis, each.retention, each.visibility))
