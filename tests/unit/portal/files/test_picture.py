"""An SVG becomes a PNG at twice its size, in our letters, and nothing is fetched for it."""

import pytest

from portal.files.pdf import DocumentError
from portal.files.picture import png_size, svg_to_png

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="90" viewBox="0 0 {0} 90">'
    '<rect width="{0}" height="90" fill="#ffffff"/>{1}</svg>'
)
TEXT = '<text x="5" y="40" font-size="20" font-family="\'Source Sans 3\'">Frånvaro 34,1 %</text>'


def test_it_is_twice_as_large():
    png = svg_to_png(SVG.format(200, TEXT), width=200)
    assert png.startswith(b"\x89PNG")
    assert png_size(png) == (400, 180)


def test_the_same_drawing_gives_the_same_picture_and_letters_are_drawn():
    assert svg_to_png(SVG.format(200, TEXT), width=200) == svg_to_png(SVG.format(200, TEXT), width=200)
    assert svg_to_png(SVG.format(200, TEXT), width=200) != svg_to_png(SVG.format(200, ""), width=200)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "https://example.org/a.png", "../poster.typ"])
def test_a_drawing_that_refers_to_something_else_is_refused(address):
    svg = SVG.format(200, f'<image href="{address}" width="90" height="90"/>')
    with pytest.raises(DocumentError):
        svg_to_png(svg, width=200)


def test_what_is_no_drawing_is_refused():
    with pytest.raises(DocumentError):
        svg_to_png("<html>", width=200)
