"""A QR code as a picture that may stand in any page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from kilauta.kit.documents import qr_svg

ADDRESS = "https://kainuundigituki.example/kortti/kuhmo?q=ä&sivu=2"
SVG = "{http://www.w3.org/2000/svg}"


def painted(svg: str) -> Image.Image:
    """Paint the rectangles of the dark path, as a browser would."""
    drawing = ET.fromstring(svg)
    side = int(drawing.attrib["viewBox"].split()[2])
    picture = Image.new("L", (side * 4, side * 4), 255)
    pen = ImageDraw.Draw(picture)
    dark = drawing.findall(f"{SVG}path")[1].attrib["d"]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", dark):
        left, top = int(x) * 4, int(y) * 4
        pen.rectangle((left, top, left + int(length) * 4 - 1, top + 3), fill=0)
    return picture


@pytest.mark.parametrize("address", [ADDRESS, "https://a.example", "https://a.example/" + "x" * 300])
def test_a_reader_finds_the_address(address: str) -> None:
    found = zxingcpp.read_barcodes(painted(qr_svg(address, title="Kortti")))
    assert [code.text for code in found] == [address]


def test_the_picture_has_a_name_and_a_quiet_zone_of_four() -> None:
    drawing = ET.fromstring(qr_svg(ADDRESS, title="Kuhmon kortti"))
    assert drawing.attrib["role"] == "img"
    assert drawing.attrib["aria-label"] == drawing.findtext(f"{SVG}title") == "Kuhmon kortti"
    ground, dark = drawing.findall(f"{SVG}path")
    side = int(drawing.attrib["viewBox"].split()[2])
    assert ground.attrib["d"] == f"M0 0h{side}v{side}H0z"
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)", dark.attrib["d"])]
    assert min(x for x, _, _ in runs) == min(y for _, y, _ in runs) == 4
    assert max(x + length for x, _, length in runs) == max(y + 1 for _, y, _ in runs) == side - 4


def test_the_picture_holds_no_style_script_or_unescaped_words() -> None:
    svg = qr_svg(ADDRESS, title='<script>"&')
    assert "style" not in svg
    assert "<script" not in svg
    assert ET.fromstring(svg).attrib["aria-label"] == '<script>"&'


def test_a_template_prints_the_picture_as_it_is() -> None:
    assert hasattr(qr_svg(ADDRESS, title="Kortti"), "__html__")
