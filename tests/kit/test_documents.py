"""What the printed cards promise: tagged, one page, large, nothing lost without a word, no code run."""

from __future__ import annotations

import dataclasses
import io
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given, settings
from hypothesis import strategies as st

from kilauta.kit.documents import Card, CardEntry, card_pdf, pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARY = CardEntry(
    name="Kuhmon kirjasto, digineuvonta",
    what="Puhelin, tietokone, sähköinen asiointi",
    phone="050 555 0132",
    address="Pajakkakatu 2, Kuhmo",
    hours=("ti ja to klo 12–16",),
    note="",
)
REMOTE = CardEntry(
    name="Etätuki puhelimitse",
    what="Omakanta, verkkopankki, viestit",
    phone="050 555 0101",
    address="",
    hours=("ma–pe klo 9–15",),
    note="Emme auta: pankkitunnukset.",
)
DESK = CardEntry(
    name="Yhteispalvelupiste",
    what="Kela, vero ja poliisi",
    phone="050 555 0145",
    address="Kainuuntie 82, Kuhmo",
    hours=("ma–to klo 9–15", "pe klo 9–13"),
    note="",
)
LONG = CardEntry(
    name="Kansaneläkelaitoksenasumistukineuvonta Kuhmossa",
    what="Sosiaaliturvahakemuspalveluohjausneuvonta",
    phone="+358 50 555 0132",
    address="Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilaankatu 123 B 45, Kuhmo",
    hours=("maanantaista torstaihin klo 9.30–15.30", "perjantaina klo 9–13", "lauantaina klo 10–12"),
    note="Emme auta: pankkitunnukset, veroilmoitus, perintöasiat.",
)
BARE = CardEntry(name="Kylätalo", what="", phone="", address="", hours=(), note="")
CARD = Card(
    kind="fridge",
    lang="fi",
    title="Apua puhelimeen ja tietokoneeseen",
    subtitle="Kuhmo",
    network_name="Kainuun digituki",
    network_phone="050 555 0100",
    network_hours="ma–pe klo 8–16",
    entries=(LIBRARY, REMOTE, DESK),
    safety="Älä koskaan kerro pankkitunnuksiasi kenellekään.",
    dated="Tiedot 22.11.2026",
    url="https://kainuundigituki.example/kortti/kuhmo",
    size="a5",
    accent="#0B4A6F",
)
SERVICE = dataclasses.replace(CARD, kind="service", title=LIBRARY.name, entries=(LIBRARY,))
MANY = dataclasses.replace(CARD, entries=(LIBRARY, REMOTE, DESK, LONG) * 3)
FEW = {
    "none": (),
    "one": (LIBRARY,),
    "three": (LIBRARY, REMOTE, DESK),
    "six": (LIBRARY, REMOTE, DESK) * 2,
    "bare": (BARE, REMOTE),
    "long": (LONG, BARE, LIBRARY),
    "many": (LONG, LIBRARY, BARE) * 4,
}
EVERY_CARD = {
    f"{kind} {size} {lang} {count}": dataclasses.replace(
        CARD, kind=kind, size=size, lang=lang, entries=entries
    )
    for kind in ("fridge", "service")
    for size in ("a4", "a5")
    for lang in ("fi", "sv", "en")
    for count, entries in FEW.items()
    if (kind == "fridge" or count in {"one", "bare", "long"}) and (lang == "fi" or count in {"one", "three"})
}
every_card = pytest.mark.parametrize("card", EVERY_CARD.values(), ids=EVERY_CARD.keys())


@dataclasses.dataclass(frozen=True)
class Glyph:
    """One visible character on the page, its box in points from the lower left."""

    char: str
    size: float
    box: tuple[float, float, float, float]


printed = cache(card_pdf)


def opened(made: bytes) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 1
    return document[0]


def text_of(made: bytes) -> str:
    """Return the words in the order of the page: a space for every kind of space, no marks of division."""
    found = opened(made).get_textpage().get_text_range()
    whole = re.sub(r"[\u00ad\u200b\ufffe]|(?<=\w)-?[\u0002]\s*", "", found)
    return re.sub(r"\s+", " ", whole)


def glyphs(made: bytes) -> Iterator[Glyph]:
    page = opened(made).get_textpage()
    for index in range(page.count_chars()):
        char = page.get_text_range(index, 1)
        if char.strip(" \r\n\u00a0\u200b\u00ad\ufffe\u0002"):
            size = pypdfium2.raw.FPDFText_GetFontSize(page.raw, index)
            yield Glyph(char, size, page.get_charbox(index))


def assert_in_order(text: str, *parts: str) -> None:
    places = [text.find(part) for part in parts]
    assert -1 not in places, (parts, text)
    assert places == sorted(places)


def assert_inside(made: bytes) -> None:
    width, height = opened(made).get_size()
    for glyph in glyphs(made):
        left, bottom, right, top = glyph.box
        assert left >= 25, glyph
        assert right <= width - 25, glyph
        assert bottom >= 20, glyph
        assert top <= height - 30, glyph


def roles(node: Any) -> Iterator[tuple[str, Any]]:
    """Walk the tags of a document."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from roles(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S), node
        if "/K" in node:
            yield from roles(node.K)


def covered(one: Glyph, other: Glyph) -> float:
    """Return how much of the smaller box lies under the other."""
    width = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    height = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    if width <= 0 or height <= 0:
        return 0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one.box, other.box)]
    return width * height / max(min(areas), 0.1)


@every_card
def test_every_card_is_a_tagged_pdf_with_language_title_and_words_for_the_qr(card: Card) -> None:
    document = pikepdf.open(io.BytesIO(printed(card)))
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == card.title
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang).split("-")[0] == card.lang
    assert document.Root.ViewerPreferences.DisplayDocTitle
    tags = list(roles(document.Root.StructTreeRoot.K))
    assert [role for role, _ in tags].count("/H1") == 1
    figures = [node for role, node in tags if role == "/Figure"]
    assert len(figures) == 1
    assert "kainuundigituki.example/kortti/kuhmo" in str(figures[0].Alt)


@every_card
def test_nothing_is_small_outside_the_page_or_printed_over_something_else(card: Card) -> None:
    made = printed(card)
    shown = list(glyphs(made))
    assert min(glyph.size for glyph in shown) >= 16
    assert_inside(made)
    shown.sort(key=lambda glyph: glyph.box[0])
    for place, one in enumerate(shown):
        for other in shown[place + 1 :]:
            if other.box[0] >= one.box[2]:
                break
            assert covered(one, other) < 0.4, (one, other)


@every_card
def test_the_qr_of_the_printed_card_leads_to_the_address_beside_it(card: Card) -> None:
    made = printed(card)
    picture = opened(made).render(scale=2).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [card.url]
    assert "kainuundigituki.example/kortti/kuhmo" in text_of(made).replace("/ ", "/")


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_a_card_reads_from_the_title_through_each_helper_to_the_houses_own_number(size: Any) -> None:
    read = text_of(printed(dataclasses.replace(CARD, size=size)))
    with translation.override("fi"):
        ask = gettext("Not sure whom to ring?")
    assert_in_order(
        read,
        *(CARD.title, "Kuhmo", "Tiedot 22.11.2026"),
        *(LIBRARY.name, "050 555 0132", "ti ja to klo 12–16", LIBRARY.what, LIBRARY.address),
        *(REMOTE.name, "050 555 0101", "ma–pe klo 9–15", REMOTE.what, REMOTE.note),
        *(DESK.name, "050 555 0145", "ma–to klo 9–15", "pe klo 9–13", DESK.what, DESK.address),
        *(CARD.safety, ask, "Kainuun digituki", "050 555 0100", "ma–pe klo 8–16"),
        "kainuundigituki.example/kortti/kuhmo",
    )


def test_six_helpers_fit_on_a_large_card_and_three_on_a_small_one() -> None:
    six = text_of(printed(dataclasses.replace(CARD, size="a4", entries=(LIBRARY, REMOTE, DESK) * 2)))
    assert six.count(LIBRARY.name) == six.count(REMOTE.phone) == six.count(DESK.address) == 2
    three = text_of(printed(CARD))
    assert three.count(LIBRARY.phone) == three.count(REMOTE.note) == three.count("pe klo 9–13") == 1
    assert three.count("kainuundigituki") == six.count("kainuundigituki") == 1


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_the_number_is_the_largest_thing_on_the_card(size: Any) -> None:
    for card in (CARD, dataclasses.replace(CARD, entries=(LIBRARY, REMOTE, DESK) * 2), SERVICE):
        shown = list(glyphs(printed(dataclasses.replace(card, size=size))))
        numbers = [glyph.size for glyph in shown if glyph.char == "5"]
        assert max(numbers) >= 28
        names = [glyph.size for glyph in shown if glyph.char == "v" and glyph.size < max(numbers)]
        assert max(names) < max(numbers)


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_helpers_that_do_not_fit_are_left_out_from_the_end_and_the_card_says_where_they_are(
    size: Any,
) -> None:
    card = dataclasses.replace(MANY, size=size)
    made = printed(card)
    read = text_of(made)
    with translation.override("fi"):
        more = gettext("More: %(address)s") % {"address": "kainuundigituki.example/kortti/kuhmo"}
    assert more in read
    kept = read.count("050 555 01")
    assert 2 < kept < len(card.entries) + 1
    assert_in_order(read, LIBRARY.name, REMOTE.name, more, CARD.safety)


def test_an_entry_too_long_for_the_page_keeps_its_name_and_number() -> None:
    endless = dataclasses.replace(LONG, note="loppumaton " * 50, what="pitkä " * 90, hours=("ma 9–10",) * 40)
    made = printed(dataclasses.replace(CARD, entries=(endless,), title="otsikko " * 70, safety="varo " * 99))
    read = text_of(made)
    assert "Kuhmossa" in read
    assert "+358 50 555 0132" in read
    assert_inside(made)


def test_a_service_card_says_once_who_then_how_to_reach_them_and_what_they_do_not_do() -> None:
    helper = dataclasses.replace(LIBRARY, note="Emme auta: pankkitunnukset.")
    read = text_of(printed(dataclasses.replace(SERVICE, entries=(helper,))))
    assert read.count(LIBRARY.name) == 1
    assert_in_order(
        read, LIBRARY.name, LIBRARY.what, LIBRARY.phone, LIBRARY.hours[0], LIBRARY.address, helper.note
    )


def test_a_long_compound_parts_where_its_words_meet() -> None:
    narrow = dataclasses.replace(CARD, size="a4", entries=(LONG, LIBRARY, REMOTE, DESK))
    raw = opened(printed(narrow)).get_textpage().get_text_range()
    assert "Kansan\u00adeläke\u00adlaitoksen\u00adasumis\ufffetuki" in raw


@pytest.mark.parametrize(
    "written",
    [
        '#read("/etc/passwd")',
        "*bold* _slanted_ `code` $x^2$",
        r"\ \u{41} #import \" ] } //",
        "= Heading <label> @ref",
        '"; #panic("no")',
        "</path><script>",
        "sys.inputs",
    ],
)
def test_typst_code_in_a_name_is_printed_letter_by_letter(written: str) -> None:
    card = dataclasses.replace(
        CARD, entries=(dataclasses.replace(LIBRARY, name=written, what=written),), subtitle=written
    )
    read = text_of(printed(card)).replace(" ", "")
    assert read.count(written.replace(" ", "")) == 3


@pytest.mark.parametrize(
    "name", ["Apua 😀 täällä", "سلام 图书馆 kirjasto", "a\x00b\u202ec\ue000", "\ud800 x"]
)
def test_characters_no_font_has_do_not_stop_the_printing(name: str) -> None:
    card = dataclasses.replace(CARD, entries=(dataclasses.replace(LIBRARY, name=name),), title="😀 😀")
    assert LIBRARY.phone in text_of(printed(card))


@given(
    texts=st.lists(st.text(max_size=120), min_size=8, max_size=8),
    word=st.text("aikosWM50.", min_size=1, max_size=90),
    size=st.sampled_from(["a4", "a5"]),
    kind=st.sampled_from(["fridge", "service"]),
    copies=st.integers(1, 5),
)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_whatever_is_written_stays_on_one_page(
    texts: list[str], word: str, size: Any, kind: Any, copies: int
) -> None:
    name, what, phone, address, hours, note, title, network = texts
    entry = CardEntry(name + word, what, phone, address + word, (hours, word), note + " " + word)
    made = printed(
        dataclasses.replace(
            CARD, kind=kind, size=size, entries=(entry,) * copies, title=title, network_name=network + word
        )
    )
    assert_inside(made)


def test_the_same_card_is_the_same_bytes_from_every_thread() -> None:
    with ThreadPoolExecutor(4) as threads:
        made = set(threads.map(card_pdf, [CARD] * 16))
    assert len(made) == 1


def test_numbers_and_the_address_are_links_on_the_electronic_card() -> None:
    document = pikepdf.open(io.BytesIO(printed(CARD)))
    found = [str(note.A.URI) for note in document.pages[0].Annots]
    assert found == ["tel:0505550132", "tel:0505550101", "tel:0505550145", "tel:0505550100", CARD.url]


def test_printing_leaves_the_language_of_the_caller_alone() -> None:
    with translation.override("en"):
        card_pdf(dataclasses.replace(CARD, lang="sv"))
        assert translation.get_language() == "en"


def test_a_colour_that_is_not_one_is_refused_before_it_is_printed() -> None:
    with pytest.raises(ValueError, match="red"):
        dataclasses.replace(CARD, accent="red")


@pytest.mark.parametrize("template", ["nothing", "../card", "card.typ", "", "/etc/passwd", "Card"])
def test_only_packaged_pages_are_printed(template: str) -> None:
    with pytest.raises(LookupError):
        pdf(template, {}, lang="fi")
