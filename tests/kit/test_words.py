"""One text in three languages: what each reader is shown, and that it is said which language that is."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kilauta.domains.territory.models import Region
from kilauta.kit.translations import Translated, reader_language
from kilauta.lib.words import FALLBACK, LANGUAGES, Text, Words

texts = st.sampled_from(["", "sana", "ord", "word"])


@pytest.mark.parametrize(
    ("words", "lang", "expected"),
    [
        (Words("sana", "ord", "word"), "fi", Text("sana", "fi")),
        (Words("sana", "ord", "word"), "sv", Text("ord", "sv")),
        (Words("sana", "ord", "word"), "en", Text("word", "en")),
        (Words("sana"), "sv", Text("sana", "fi")),
        (Words("", "ord", "word"), "fi", Text("ord", "sv")),
        (Words("sana", "ord", ""), "en", Text("sana", "fi")),
        (Words("", "ord", ""), "en", Text("ord", "sv")),
        (Words(""), "fi", Text("", "")),
    ],
)
def test_who_lacks_a_text_reads_the_next_language_and_is_told_which(
    words: Words, lang: str, expected: Text
) -> None:
    assert words.pick(lang) == expected


@given(st.builds(Words, texts, texts, texts), st.sampled_from(LANGUAGES))
def test_a_text_is_shown_whenever_somebody_has_written_one(words: Words, lang: str) -> None:
    picked = words.pick(lang)
    assert bool(picked) == any(words[LANGUAGES.index(each)] for each in LANGUAGES)
    assert picked.value == (words[LANGUAGES.index(picked.lang)] if picked else "")
    assert str(picked) == picked.value


def test_every_reader_falls_back_to_every_other_language() -> None:
    assert {lang: (order[0], set(order)) for lang, order in FALLBACK.items()} == {
        lang: (lang, set(LANGUAGES)) for lang in LANGUAGES
    }


def test_an_index_reads_all_languages() -> None:
    assert Words("sana", "", "word").everything == "sana word"


@pytest.mark.parametrize(
    ("active", "language"),
    [("fi", "fi"), ("sv", "sv"), ("en", "en"), ("en-gb", "en"), ("sv-fi", "sv"), ("de", "fi")],
)
def test_the_language_of_the_page_is_one_of_three(active: str, language: str) -> None:
    with translation.override(active):
        assert reader_language() == language


def test_without_a_page_the_language_is_finnish() -> None:
    with translation.override(None):
        assert reader_language() == "fi"


def test_three_columns_are_read_as_one_and_a_column_that_is_not_there_is_empty() -> None:
    region = Region(code="18", name_fi="Kainuu", name_sv="Kajanaland", name_en="")
    assert region.name == Words("Kainuu", "Kajanaland", "")

    class Half:
        name = Translated()
        name_fi = "puolikas"

    assert Half.name.columns == ("name_fi", "name_sv", "name_en")
    assert Translated.__get__(Half.__dict__["name"], Half(), Half) == Words("puolikas")
