"""What may have been meant."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kilauta.lib.spelling import Suggester

WORDS = tuple(
    """
    sähköposti tunnistautuminen digituki kännykkä omakanta verkkopankki päivitys salasana wifi tuki äiti kela
    vero lasku tulostin tulostaa videopuhelu huijaus mobiilivarmenne tabletti läppäri whatsapp suomifi resepti
    ajanvaraus asiointi nettiyhteys puhelin suomussalmi ristijärvi
    """.split()  # noqa: SIM905 -- a list of words reads as one
)
suggester = Suggester((word, 1) for word in WORDS)
anything = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z", "C"]), max_size=80)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("shäköposti", "sähköposti"),
        ("sahkoposti", "sähköposti"),
        ("säköposti", "sähköposti"),
        ("sähkopsti", "sähköposti"),
        ("tunistautuminen", "tunnistautuminen"),
        ("tunnistauminen", "tunnistautuminen"),
        ("digitku", "digituki"),
        ("dikituki", "digituki"),
        ("kannykka", "kännykkä"),
        ("kännykä", "kännykkä"),
        ("omaknata", "omakanta"),
        ("omakata", "omakanta"),
        ("verkkopnakki", "verkkopankki"),
        ("verkopankki", "verkkopankki"),
        ("paivitys", "päivitys"),
        ("päivtys", "päivitys"),
        ("saalsana", "salasana"),
        ("wfi", "wifi"),
        ("vifi", "wifi"),
        ("aiti", "äiti"),
        ("kea", "kela"),
        ("lsaku", "lasku"),
        ("tulsotin", "tulostin"),
        ("vidopuhelu", "videopuhelu"),
        ("huiaus", "huijaus"),
        ("mobilivarmene", "mobiilivarmenne"),
        ("tapletti", "tabletti"),
        ("lappari", "läppäri"),
        ("watsapp", "whatsapp"),
        ("whatsap", "whatsapp"),
        ("resebti", "resepti"),
        ("ajanvarasu", "ajanvaraus"),
        ("assiointi", "asiointi"),
        ("netiyhteys", "nettiyhteys"),
        ("puhlein", "puhelin"),
        ("suomusalmi", "suomussalmi"),
        ("ristijarvi", "ristijärvi"),
    ],
)
def test_the_word_meant_comes_first(typed, meant):
    assert suggester.suggest(typed)[0].word == meant


@pytest.mark.parametrize("typed", ["", "xy", "tu", "tsk", "qqqqqq", "  ", "!!", "a" * 500])
def test_too_short_or_too_far_suggests_nothing(typed):
    assert suggester.suggest(typed) == []


def test_a_short_word_may_have_one_wrong_letter_and_a_longer_one_two():
    assert [found.word for found in suggester.suggest("kxlx")] == []
    assert [found.word for found in suggester.suggest("lxskx")] == ["lasku"]


def test_the_word_itself_is_no_suggestion():
    assert "tuki" not in [found.word for found in suggester.suggest("TUKI")]


def test_missing_dots_count_less_than_wrong_letters():
    found = Suggester([("sähkö", 1), ("sakki", 99), ("sahka", 99)]).suggest("sahko")
    assert [(each.word, each.distance) for each in found] == [("sähkö", 0.5), ("sahka", 1), ("sakki", 2)]


def test_a_right_first_letter_and_then_the_commoner_word_go_first():
    words = [("rasku", 50), ("lasku", 1), ("lisku", 9), ("laska", 1)]
    assert [found.word for found in Suggester(words).suggest("lxsku")] == ["lisku", "lasku", "laska"]
    assert [found.word for found in Suggester(words).suggest("lxsku", limit=1)] == ["lisku"]


def test_words_alike_but_for_dots_are_kept_apart():
    assert [found.word for found in Suggester([("talli", 1), ("tälli", 1)]).suggest("talli")] == ["tälli"]


def test_an_empty_vocabulary_suggests_nothing():
    assert Suggester([("", 1), ("  ", 2)]).suggest("pankki") == []


@given(anything)
def test_any_word_may_be_asked(word):
    found = suggester.suggest(word)
    assert found == suggester.suggest(word)
    assert len(found) <= 3
    assert found == sorted(found, key=lambda each: each.distance)
    assert {each.word for each in found} <= set(WORDS)


@given(st.lists(st.tuples(anything, st.integers(0, 9)), max_size=8))
def test_any_vocabulary_may_be_given(vocabulary):
    for word, _frequency in vocabulary:
        Suggester(vocabulary).suggest(word + "a")


def test_one_wrong_letter_in_a_thousand_compounds_is_seen_through():
    chance = random.Random(1)
    words = [left + right for left in WORDS for right in WORDS]
    large = Suggester((word, chance.randrange(100)) for word in words)
    missed = []
    for word in chance.sample(words, 200):
        place = chance.randrange(1, len(word) - 1)
        head, letter, tail = word[:place], word[place], word[place + 1 :]
        swapped = head + tail[0] + letter + tail[1:]
        typo = chance.choice([head + tail, f"{head}x{tail}", head + letter * 2 + tail, swapped])
        if typo != word and word not in [found.word for found in large.suggest(typo)]:
            missed.append((word, typo))
    assert missed == []
