"""QR codes of links: pictures that phones can read, and links that they could not are refused."""

import struct
import xml.etree.ElementTree as ET

import pytest

from portal.files.qr import qr_png, qr_svg

URL = "https://vaxtkraft.example/svara/lilleby-host?a=1&b=<2>"


def test_the_picture_for_screens_scales_and_has_a_name():
    svg = ET.fromstring(qr_svg(URL, title="Länk till <enkäten>"))
    assert svg.get("viewBox")
    assert svg.get("width") is None
    assert svg.find("{http://www.w3.org/2000/svg}title").text == "Länk till <enkäten>"


@pytest.mark.parametrize("side", [200, 1000])
def test_the_picture_for_print_is_as_large_as_asked(side):
    png = qr_png(URL, side=side)
    width, height = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert width == height
    assert side <= width < side + 100


@pytest.mark.parametrize("make", [lambda url: qr_svg(url, title="x"), qr_png])
@pytest.mark.parametrize(
    "url", ["", "vaxtkraft.example", "javascript:alert(1)", "https://x.example/" + "a" * 3000]
)
def test_what_no_phone_could_open_is_refused(make, url):
    with pytest.raises(ValueError, match="QR code"):
        make(url)
