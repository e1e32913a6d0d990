"""Keys for search and order, addresses, and cutting a line into words."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kilauta.lib.text import SORT_KEY_LONGEST, fold, fold_bare, fold_plain, slugify, sort_key, tokens

anything = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"]), max_size=120)
finnish = st.text("abcdefghijklmnopqrstuvwxyzåäöéüšžABCÅÄÖÉ 0123456789-.,:'", max_size=60)
names = st.text("abcxyzåäöABCXYZÅÄÖ", max_size=12)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Äänekoski", "äänekoski"),
        ("A\u0308a\u0308nekoski", "äänekoski"),  # as a Mac writes it
        ("  Kajaanin \u00a0 kirjasto\n", "kajaanin kirjasto"),
        ("hyvin\u00advointi\u00adalue", "hyvinvointialue"),
        ("STRASSE Straße", "strasse strasse"),
        ("Café Šemeikka", "café šemeikka"),
        ("a\x00b", "a b"),
        ("", ""),
    ],
)
def test_one_key_for_every_way_of_typing(text, key):
    assert fold(text) == key


@pytest.mark.parametrize(
    ("text", "plain", "bare"),
    [
        ("Åbo", "åbo", "abo"),
        ("Café", "cafe", "cafe"),
        ("Šemeikka", "semeikka", "semeikka"),
        ("Müller", "muller", "muller"),
        ("Bodø", "bodö", "bodo"),
        ("Hyvinvointi ja ääni", "hyvinvointi ja ääni", "hyvinvointi ja aani"),
        ("ǟ", "ä", "a"),
        ("Łódź", "lodz", "lodz"),
        ("Київ", "київ", "київ"),
        ("が", "が", "が"),
    ],
)
def test_marks_come_off_all_letters_but_ours(text, plain, bare):
    assert (fold_plain(text), fold_bare(text)) == (plain, bare)


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_names_stand_in_the_order_of_a_finnish_list(lang):
    order = [
        "112 Suomi",
        "Alfa",
        "alku",
        "Cafe",
        "Café",
        "e-palvelu",
        "ePalvelu",
        "Myller",
        "Müller",
        "myllärit",
        "talo",
        "Talo 2",
        "talo 10",
        "taloyhtiö",
        "Zeta",
        "Åbo",
        "äiti",
        "Äänekoski",
        "Öja",
        "Мир",
    ]
    shuffled = random.Random(7).sample(order, len(order))
    assert sorted(shuffled, key=lambda name: sort_key(name, lang).encode()) == order


def test_w_goes_as_v_in_finnish_and_after_it_in_swedish():
    names = ["Virta", "Walma", "Wilma", "Villa", "Vilma"]
    assert sorted(names, key=lambda name: sort_key(name, "fi")) == [
        "Walma",
        "Villa",
        "Vilma",
        "Wilma",
        "Virta",
    ]
    assert sorted(names, key=lambda name: sort_key(name, "sv")) == [
        "Villa",
        "Vilma",
        "Virta",
        "Walma",
        "Wilma",
    ]


def test_the_order_ignores_case_and_knows_numbers_of_any_length():
    assert sort_key("KAJAANI", "fi") == sort_key("kajaani", "fi")
    numbers = ["0", "9", "10", "99999999", "100000000", "1" + "0" * 30]
    shuffled = random.Random(7).sample(numbers, len(numbers))
    assert sorted(shuffled, key=lambda number: sort_key(number, "fi")) == numbers


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Kajaanin pääkirjasto – digituki & neuvonta", "kajaanin-paakirjasto-digituki-neuvonta"),
        ("Åbo, Öljytie 5", "abo-oljytie-5"),
        ("Suomi.fi", "suomi-fi"),
        ("What's up", "whats-up"),
        ("Café Łódź", "cafe-lodz"),
        ("Мир", ""),
        ("--", ""),
    ],
)
def test_a_slug_is_readable_ascii(text, slug):
    assert slugify(text) == slug


def test_a_long_slug_is_cut_between_words():
    assert slugify("Kajaanin kaupunginkirjaston digituki", longest=27) == "kajaanin-kaupunginkirjaston"
    assert slugify("Kajaanin kaupunginkirjaston digituki", longest=26) == "kajaanin"
    assert slugify("a" * 99) == "a" * 60


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Suomi.fi:hin e-palvelulla", ["Suomi.fi:hin", "e-palvelulla"]),
        ("S-Pankki, 112 Suomi!", ["S-Pankki", "112", "Suomi"]),
        ("klo 9.30–15.00 (1.1.2026)", ["klo", "9.30", "15.00", "1.1.2026"]),
        ("verkko- ja etätuki", ["verkko", "ja", "etätuki"]),
        ("Loppu.Alku", ["Loppu", "Alku"]),
        (
            "asiointi.suomi.fi-tunnistus, www.kela.fi/omakela",
            ["asiointi.suomi.fi-tunnistus", "www.kela.fi", "omakela"],
        ),
        ("what's app", ["what's", "app"]),
        ("PDF:n: näin", ["PDF:n", "näin"]),
        ("ääni\u00adkirja snake_case", ["äänikirja", "snake", "case"]),
        ("مَرْحَبًا नमस्ते Привіт", ["مَرْحَبًا", "नमस्ते", "Привіт"]),
        ("9,50 €", ["9,50"]),
        ("--- :: ..", []),
    ],
)
def test_a_line_is_cut_into_words_as_written(line, words):
    assert tokens(line) == words


@given(anything)
def test_folding_twice_changes_nothing(text):
    for folding in (fold, fold_plain, fold_bare):
        assert folding(folding(text)) == folding(text)


@given(anything)
def test_unicode_forms_and_case_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text.casefold()) == fold(text)


@given(anything, st.sampled_from(["fi", "sv", "en", ""]))
def test_keys_of_any_text_are_bounded_and_storable(text, lang):
    key = sort_key(text, lang)
    key.encode()
    assert "\x00" not in key
    assert len(key) <= SORT_KEY_LONGEST
    slug = slugify(text)
    assert len(slug) <= 60
    assert all(word.isascii() and word.isalnum() for word in slug.split("-") if slug)
    assert sum(map(len, tokens(text))) <= len(unicodedata.normalize("NFC", text))


@given(names, names)
def test_the_order_is_that_of_the_alphabet_letter_by_letter(left, right):
    alphabet = "abcdefghijklmnopqrstuvwxyzåäö"
    ours = sort_key(left, "fi").encode() < sort_key(right, "fi").encode()
    assert ours == ([alphabet.index(c) for c in left.lower()] < [alphabet.index(c) for c in right.lower()])


@given(st.lists(finnish, max_size=6))
def test_every_list_has_one_order(texts):
    keys = sorted(sort_key(text, "fi") for text in texts)
    assert keys == sorted(keys, key=str.encode)
    assert sorted(sort_key(text.upper(), "fi") for text in texts) == keys


@pytest.mark.timeout(5)
def test_long_nonsense_is_cut_in_linear_time():
    for pattern in ("a.", "a-", "a'", "1.1,", "a.fi-", "a:", "ä\u0301"):
        tokens(pattern * 30_000)
