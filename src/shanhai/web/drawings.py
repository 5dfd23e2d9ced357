"""Drawings made safe to stand inside a page: an SVG taken apart and put together again from what is allowed.

Vega writes links, labels and shapes into one SVG. A page under a strict policy takes no style and no foreign address,
and who cannot see it needs each mark's link to have a name.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shanhai.web.templatetags.words import lang

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_SHAPES = {"g", "path", "rect", "line", "circle", "text", "tspan", "polygon", "polyline"}
_KEPT = {
    "d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "dx", "dy", "width", "height", "points", "transform", "fill",
    "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity", "text-anchor", "font-size",
    "font-family", "font-weight", "viewBox", "preserveAspectRatio",
}  # fmt: skip


def inline(drawn: str, *, label: str) -> SafeString:
    """The SVG as part of a page: an image with a name, or a group of named links where its marks lead somewhere."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - drawn by our own process a moment ago
    role = "group" if root.find(f".//{_SVG}a") is not None else "img"
    inside = _children(root)
    kept = _attributes(root)
    return format_html('<svg class="drawing" role="{}" aria-label="{}"{}>{}</svg>', role, label, kept, inside)


def _children(parent: ElementTree.Element) -> SafeString:
    return format_html_join("", "{}", ((one,) for child in parent for one in _element(child)))


def _element(element: ElementTree.Element) -> Iterator[SafeString]:
    tag = element.tag.removeprefix(_SVG)
    if tag == "a":
        yield _link(element)
    elif tag in _SHAPES:
        told = element.text or ""
        hidden = format_html(' aria-hidden="true"{}', lang(told)) if tag == "text" else ""
        yield format_html("<{}{}{}>{}{}</{}>", tag, _attributes(element), hidden, told, _children(element), tag)


def _link(element: ElementTree.Element) -> SafeString:
    """A mark's link, named by what Vega calls the mark; only to an address of this site."""
    address = element.get(_HREF, "")
    if not address.startswith("/") or address.startswith("//"):
        return _children(element)
    name = next((child.get("aria-label", "") for child in element.iter() if child.get("aria-label")), "")
    return format_html('<a href="{}" aria-label="{}"><title>{}</title>{}</a>', address, name, name, _children(element))


def _attributes(element: ElementTree.Element) -> SafeString:
    kept = ((name, value) for name, value in element.attrib.items() if name in _KEPT)
    return format_html_join("", ' {}="{}"', kept)
