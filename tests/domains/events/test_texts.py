"""Texts that fit where they are sent, and lose what matters least."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kilauta.domains.events.logic.texts import Piece, fitted, length, shortened
from kilauta.domains.events.logic.times import span, spans, whole_days
from kilauta.domains.events.operations import occurrences
from kilauta.domains.events.queries.texts import texts_of
from kilauta.lib.words import Words
from tests.cast import LANGUAGES, NOW
from tests.domains.events import story

words = st.text("aäöé e\u0301😀👩\u200d💻🇫🇮<b>/ .,", max_size=300)


@given(words, st.integers(0, 200))
@example("digineuvonta " * 20, 160)
@example("a" * 300, 160)
@example("e\u0301" * 200, 161)
@example("👩\u200d💻" * 40, 33)
@example("🇫🇮" * 40, 31)
@example("<a href='x y'>" * 20, 60)
@example("\ud83d" * 5 + "x", 3)
@example("\u200d <", 2)
@example("<\u200d <", 3)
def test_a_shortened_text_fits_and_no_letter_picture_or_tag_in_it_is_broken(text, limit):
    made = shortened(text, limit)
    assert length(made) <= limit
    made.encode("utf-8")
    kept = made.removesuffix("…")
    assert not re.search(r"<[^<>]*$", kept) or kept in shortened(text, 10**6)
    rest = shortened(text, 10**6)[len(kept) :]
    if made.endswith("…") and rest:
        assert not re.match("[\u0301\u200d\ufe0f]", rest)
        assert not kept.endswith("\u200d")
        flags = re.search("[🇦-🇿]*$", kept)
        assert len(flags[0]) % 2 == 0 or not re.match("[🇦-🇿]", rest)


def test_a_text_is_cut_between_words_and_one_that_fits_not_at_all():
    assert shortened("Tule kysymään puhelimesta, tietokoneesta", 27) == "Tule kysymään puhelimesta…"
    assert shortened("Tule kysymään", 13) == "Tule kysymään"
    assert shortened("Katso <a href='x y'>tästä</a> lisää", 20) == "Katso…"
    # what is one letter to see may be two to whoever counts them
    assert shortened("😀😀😀", 5) == "😀😀…"


@given(
    st.lists(st.tuples(st.text("abc ", min_size=1, max_size=40), st.integers(0, 4)), max_size=8),
    st.integers(0, 300),
)
def test_the_least_important_goes_first_and_what_must_stay_stays(given_pieces, limit):
    pieces = [Piece(f"{at}{text}", leave) for at, (text, leave) in enumerate(given_pieces)]
    made = fitted(pieces, limit)
    kept = [each for each in pieces if each.text in made]
    must = [each for each in pieces if each.leave == 0]
    assert all(each in kept for each in must)
    assert length(made) <= limit or made == " ".join(each.text for each in must)
    gone = [each for each in pieces if each not in kept]
    assert all(out.leave >= max((each.leave for each in kept), default=0) for out in gone)


@pytest.mark.django_db
@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_at_every_length_the_column_has_time_and_place_and_only_whole_sentences(lang):
    made = story.event(bring="puhelin ja laturi", phone="050 555 0199")
    whole = texts_of(made, lang, now=NOW, letters=10_000).newspaper
    at = f"10{'.' if lang != 'en' else ':'}00" if lang != "en" else ""
    place = str(made.place.name.pick(lang))
    for limit in range(60, 420, 7):
        text = texts_of(made, lang, now=NOW, letters=limit).newspaper
        assert length(text) <= limit or "050 555" not in text
        assert place in text
        assert at in text
        assert "Kirjastokatu 1" in text
        assert text[-1] in ".!?"
        # no word that is not in the whole text: none was cut
        assert set(text.replace("…", "").replace(":", "").split()) <= set(whole.replace(":", "").split())
    assert length(texts_of(made, lang, now=NOW).newspaper) <= 200
    assert length(texts_of(made, lang, now=NOW).social) <= 280


@pytest.mark.django_db
@pytest.mark.usefixtures("door")
def test_what_is_left_out_of_the_column_goes_in_order_of_what_one_can_do_without():
    made = story.event(bring="puhelin", phone="050 555 0199")
    signs = ("puhelin.", "kysymään", "maksu", "050 555 0199", "klo 10.00–12.00")
    seen = [
        tuple(
            sign in texts_of(made, "en", now=NOW, letters=limit).newspaper
            for sign in ("Take", "Tule", "free", "050")
        )
        for limit in range(300, 60, -1)
    ]
    order = list(dict.fromkeys(seen))
    assert order == [
        (True, True, True, True), (False, True, True, True), (False, False, True, True),
        (False, False, False, True), (False, False, False, False),
    ]  # fmt: skip
    assert len(signs) == 5


@pytest.mark.django_db
@pytest.mark.usefixtures("door")
@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (spans(story.TUESDAY, time(10), time(12), again="weeks", number=4), "1.12.2026–22.12.2026"),
        (
            spans(story.TUESDAY, time(10), time(12), again="days", number=5),
            "tiistai 1.12.2026 klo 10.00–12.00, keskiviikko 2.12.2026",
        ),
        ([whole_days(story.TUESDAY, story.TUESDAY)], "tiistai 1.12.2026,"),
    ],
    ids=["weekly", "daily", "day"],
)
def test_many_times_are_told_in_few_words(times, expected):
    text = texts_of(story.event(times=times), "fi", now=NOW, letters=400).newspaper
    assert expected in text
    assert text.count("klo") <= 4


@pytest.mark.django_db
@pytest.mark.usefixtures("door")
def test_a_weekly_series_over_the_turn_of_the_clock_is_told_as_one():
    spring = story.TUESDAY + timedelta(weeks=14)
    made = story.event(times=spans(spring, time(10), time(12), again="weeks", number=6))
    assert "tiistaisin" in texts_of(made, "fi", now=NOW, letters=400).newspaper


@pytest.mark.django_db
@pytest.mark.usefixtures("door")
def test_a_cancelled_event_invites_nobody_and_a_moved_one_tells_the_new_time():
    off, moved = story.event(), story.event()
    occurrences.cancel_occurrence(story.first(off), actor=story.actor(), now=NOW)
    to = span(story.TUESDAY + timedelta(days=1), time(17), time(18))
    occurrences.move_occurrence(story.first(moved), to, actor=story.actor(), now=NOW)
    texts = texts_of(off, "en", now=NOW)
    assert texts.newspaper.startswith("Cancelled: Open digital help")
    for each in (texts.newspaper, texts.social, texts.subject, texts.mail, texts.press):
        assert "ancelled" in each
        assert "free of charge" not in each
        assert "welcome" not in each
    told = texts_of(moved, "fi", now=NOW)
    for each in (told.newspaper, told.social, told.subject, told.mail, told.press):
        assert "eskiviikko 2.12.2026 klo 17.00–18.00" in each
        assert "1.12.2026 klo 10" not in each


@pytest.mark.django_db
@pytest.mark.usefixtures("door")
def test_a_notice_to_the_press_is_made_of_whole_sentences():
    made = story.event(bring="puhelin.", fee="5 €.")
    _name, *parts, address = texts_of(made, "fi", now=NOW).press.split("\n\n")
    assert [part for part in parts if part[0] != part[0].upper() or part[-1] != "." or ".." in part] == []
    assert address.endswith(f"/tapahtumat/{made.short_id}/")


@pytest.mark.django_db
@pytest.mark.usefixtures("door")
def test_a_long_name_loses_words_and_the_time_and_the_place_lose_nothing():
    name = "Kaikille avoin kansalaisopiston ja kirjaston yhteinen digineuvontapäivä eläkeläisille"[:80]
    made = story.event(name=Words(name))
    text = texts_of(made, "fi", now=NOW, letters=130).newspaper
    assert length(text) <= 130
    assert "…" in text
    assert "tiistai 1.12.2026 klo 10.00–12.00" in text
    assert "Kirjastokatu 1, 88900 Kuhmo" in text
