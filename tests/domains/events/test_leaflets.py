"""Leaflets and posters: tagged, one page, large, true to the event, and their code leads to what is so now."""

from __future__ import annotations

import dataclasses
import io
from datetime import time, timedelta

import pikepdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from kilauta.domains.events.logic.times import span, spans
from kilauta.domains.events.operations import events, occurrences
from kilauta.domains.events.queries.leaflets import leaflet_of
from kilauta.domains.events.queries.telling import address_of, short_page_of
from kilauta.kit.documents import Leaflet, LeafletTime, leaflet_pdf
from kilauta.lib.words import Words
from tests.cast import LANGUAGES, NOW, Visitor
from tests.domains.events import story
from tests.kit.test_documents import assert_in_order, assert_inside, covered, glyphs, opened, roles, text_of

in_database = pytest.mark.django_db
SIZES = ("a5", "a4", "a3")
# thirty-five letters each
LONG_WORDS = ("kansaneläkelaitospäätösneuvontapäivä", "sosiaaliturvahakemuspalveluohjauspis")
LEAFLET = Leaflet(
    lang="fi",
    size="a4",
    title="Avoin digineuvonta",
    url="https://kainuundigituki.example/tapahtumat/7kq2mz/",
    summary="Tule kysymään puhelimesta ja tietokoneesta.",
    times=(LeafletTime("tiistai 1.12.2026 klo 10.00–12.00"),),
    place="Kuhmon kirjasto",
    street="Pajakkakatu 2, 88900 Kuhmo",
    directions="Ovi on torin puolella.",
    facts=("Maksuton", "Ota mukaan: puhelin ja laturi"),
    ask="Kysy lisää puhelimitse",
    phone="050 555 0110",
    organisers="Kuhmon kaupunki",
)
FULL = dataclasses.replace(
    LEAFLET,
    notice="Huomaa muutokset ajoissa.",
    times=tuple(LeafletTime(f"tiistai {day}.12.2026 klo 10.00–12.00") for day in range(1, 13)),
)
LONG = dataclasses.replace(LEAFLET, title=LONG_WORDS[0], place=LONG_WORDS[1], summary=" ".join(LONG_WORDS))


def read(made: bytes) -> str:
    return text_of(made)


def paper(of, what: str, lang: str = "fi"):
    tongue = "" if lang == "fi" else f"/{lang}"
    return Visitor("testserver").get(f"{tongue}/tapahtumat/{address_of(of)}/{what}.pdf")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("leaflet", [LEAFLET, FULL, LONG], ids=["one", "series", "long words"])
def test_a_leaflet_is_one_tagged_page_with_nothing_small_outside_or_over_something_else(leaflet, size):
    made = leaflet_pdf(dataclasses.replace(leaflet, size=size))
    document = pikepdf.open(io.BytesIO(made))
    assert len(document.pages) == 1
    with document.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["dc:title"]) == ("1", leaflet.title)
    assert document.Root.MarkInfo.Marked
    tags = [role for role, _node in roles(document.Root.StructTreeRoot.K)]
    assert (tags.count("/H1"), tags.count("/Figure")) == (1, 1)
    shown = sorted(glyphs(made), key=lambda glyph: glyph.box[0])
    assert min(glyph.size for glyph in shown) >= 16
    assert_inside(made)
    for place, one in enumerate(shown):
        for other in shown[place + 1 :]:
            if other.box[0] >= one.box[2]:
                break
            assert covered(one, other) < 0.4, (one, other)


@pytest.mark.parametrize("size", SIZES)
def test_long_words_stand_whole_on_the_page(size):
    assert min(map(len, LONG_WORDS)) >= 35
    words = read(leaflet_pdf(dataclasses.replace(LONG, size=size)))
    assert [word for word in LONG_WORDS if word not in words] == []


@pytest.mark.parametrize("size", SIZES)
def test_the_number_to_ring_is_the_largest_thing_and_the_code_opens_the_address_beside_it(size):
    made = leaflet_pdf(dataclasses.replace(LEAFLET, size=size))
    largest = max(glyph.size for glyph in glyphs(made))
    assert {glyph.char for glyph in glyphs(made) if glyph.size == largest} == set("0511 0") - {" "}
    picture = opened(made).render(scale=2).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [LEAFLET.url]
    assert "kainuundigituki.example/tapahtumat/7kq2mz" in read(made).replace("/ ", "/")
    document = pikepdf.open(io.BytesIO(made))
    assert [str(note.A.URI) for note in document.pages[0].Annots] == ["tel:0505550110", LEAFLET.url]


@pytest.mark.parametrize("size", SIZES)
def test_times_that_do_not_fit_are_left_out_from_the_end_and_the_page_says_so(size):
    words = read(leaflet_pdf(dataclasses.replace(FULL, size=size)))
    shown = [day for day in range(1, 13) if f"tiistai {day}.12.2026 klo 10.00–12.00" in words]
    assert 4 <= len(shown) <= 8
    assert shown == list(range(1, len(shown) + 1))
    few = read(leaflet_pdf(dataclasses.replace(LEAFLET, size=size)))
    assert len(words) > len(few)


def test_the_same_leaflet_is_the_same_bytes():
    assert leaflet_pdf(FULL) == leaflet_pdf(FULL)


@given(
    texts=st.lists(st.text(max_size=160), min_size=7, max_size=7),
    word=st.text("aikosWM50.", min_size=1, max_size=90),
    size=st.sampled_from(SIZES),
    times=st.integers(0, 12),
)
@settings(max_examples=15, deadline=None, derandomize=True)
def test_whatever_is_written_stays_on_one_page(texts, word, size, times):
    title, summary, place, street, directions, phone, fact = texts
    made = leaflet_pdf(
        dataclasses.replace(
            LEAFLET, size=size, title=f"{word} {title}", summary=f"{summary} {word}", place=f"{place}{word}",
            street=street, directions=directions, phone=phone[:24], facts=(fact, word) * 3, notice=fact[:40],
            times=(LeafletTime(f"tiistai 1.12.2026 klo 10.00–12.00, {place}", fact[:80]),) * times,
        )
    )  # fmt: skip
    assert_inside(made)


@in_database
@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", ["esite-a4", "esite-a5", "juliste"])
def test_the_paper_of_an_event_says_when_where_and_what_to_take_along_in_each_language(lang, what):
    made = story.event(bring="puhelin", phone="050 555 0199")
    answer = paper(made, what, lang)
    words = read(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert (
        pikepdf.open(io.BytesIO(answer.content)).Root.Lang
        == {"fi": "fi-FI", "sv": "sv-FI", "en": "en-FI"}[lang]
    )
    day = {"fi": "tiistai 1.12.2026", "sv": "tisdag 1.12.2026", "en": "Tuesday"}[lang]
    assert_in_order(
        words, str(made.name.pick(lang)), day, str(made.place.name.pick(lang)), "puhelin", "050 555 0199"
    )
    url = short_page_of(made, lang)
    picture = opened(answer.content).render(scale=2).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [url]
    assert url.split("://")[1].strip("/") in words.replace("/ ", "/")


@in_database
@pytest.mark.usefixtures("door")
def test_the_paper_tells_what_was_moved_and_what_is_cancelled():
    made = story.event(times=spans(story.TUESDAY, time(10), time(12), again="weeks", number=3))
    first, second, _third = made.occurrences.order_by("starts_at")
    later = span(story.TUESDAY + timedelta(days=1), time(17), time(18))
    occurrences.move_occurrence(first, later, actor=story.actor(), now=NOW)
    occurrences.cancel_occurrence(second, actor=story.actor(), now=NOW)
    made.refresh_from_db()
    told = leaflet_of(made, "en", size="a4", now=NOW)
    assert [(each.gone, bool(each.note)) for each in told.times] == [
        (False, True),
        (True, True),
        (False, False),
    ]
    assert told.notice
    words = read(leaflet_pdf(told))
    assert_in_order(words, told.notice, "Wednesday", "It was to be Tuesday", "Cancelled")


@in_database
@pytest.mark.usefixtures("door")
def test_times_that_are_over_are_not_printed_and_a_withdrawn_event_has_no_paper():
    made = story.event(times=spans(story.TUESDAY, time(10), time(12), again="weeks", number=3))
    told = leaflet_of(made, "fi", size="a5", now=NOW + timedelta(days=10))
    assert [each.words[:9] for each in told.times] == ["tiistai 8", "tiistai 1"]
    assert paper(made, "esite-a3").status_code == 404
    events.withdraw_event(made, actor=story.actor(), now=NOW)
    assert paper(made, "juliste").status_code == 404


@in_database
@pytest.mark.usefixtures("door")
def test_the_code_of_an_old_leaflet_is_the_same_after_the_name_and_the_time_have_changed():
    made = story.event()
    before = leaflet_of(made, "fi", size="a5", now=NOW).url
    events.change_event(made, story.told(name=Words("Aivan toinen nimi")), actor=story.actor(), now=NOW)
    made.refresh_from_db()
    assert leaflet_of(made, "fi", size="a5", now=NOW).url == before
    answer = Visitor("testserver").get(f"/tapahtumat/{made.short_id}/", follow=True)
    assert "Aivan toinen nimi" in answer.content.decode()
