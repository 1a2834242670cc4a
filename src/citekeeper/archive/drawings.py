"""Drawings and formulas in a page's own markup (SVG, MathML): which elements and attributes of theirs are harmless.

Nothing that runs, moves or fetches is among them, and no element whose content a parser could read in two ways: it
does not matter to their safety whether a browser takes them for a drawing or for HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from citekeeper.archive.decoding import decode, parse_html
from citekeeper.archive.inlining import Inlined

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_BYTES = 1024 * 1024  # of a file of drawings, of which pages show parts


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SVG = _words(
    "circle clippath defs ellipse filter foreignobject g image line lineargradient marker mask path pattern polygon "
    "polyline radialgradient rect stop svg switch symbol text textpath tspan use view "
    "feblend fecolormatrix fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap "
    "fedistantlight fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur femerge femergenode "
    "femorphology feoffset fepointlight fespecularlighting fespotlight fetile feturbulence"
)
_MATHML = _words(
    "maction math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow "
    "ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics"
)
DRAWING = _SVG | _MATHML
"""The elements of drawings and formulas that are copied."""
_ATTRIBUTES = _words(
    # SVG: where and how large
    "cx cy d dx dy fr fx fy gradienttransform gradientunits height lengthadjust markerheight markerunits markerwidth "
    "maskcontentunits maskunits method offset orient pathlength patterncontentunits patterntransform patternunits "
    "clippathunits points preserveaspectratio r refx refy rotate rx ry side spacing spreadmethod startoffset "
    "textlength transform transform-origin version viewbox width x x1 x2 y y1 y2 xmlns "
    # SVG: how it looks
    "alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters "
    "display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font-family font-size "
    "font-stretch font-style font-variant font-weight image-rendering letter-spacing lighting-color marker-end "
    "marker-mid marker-start mask opacity overflow paint-order shape-rendering stop-color stop-opacity stroke "
    "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width "
    "text-anchor text-decoration text-rendering vector-effect visibility word-spacing writing-mode "
    # SVG: filters
    "amplitude azimuth basefrequency bias diffuseconstant divisor edgemode elevation exponent filterunits in in2 "
    "intercept k1 k2 k3 k4 kernelmatrix limitingconeangle mode numoctaves operator order preservealpha primitiveunits "
    "radius result scale seed slope specularconstant specularexponent stddeviation stitchtiles surfacescale "
    "tablevalues targetx targety type values xchannelselector ychannelselector z "
    # MathML
    "accent accentunder close columnalign columnlines columnspacing columnspan depth dir display displaystyle "
    "fence frame linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits "
    "notation rowalign rowlines rowspacing rowspan rspace scriptlevel separator separators stretchy symmetric voffset"
)


def is_property(name: str) -> bool:
    """Whether an attribute tells how such an element looks; its value can refer to other files as a style can."""
    return name in _ATTRIBUTES


def reference_of(element: HtmlElement) -> str | None:
    """What a drawing's element refers to."""
    for name in ("href", "xlink:href"):
        value = element.get(name)
        if value is not None:
            return str(value).strip()
    return None


class Drawings:
    """The files of drawings that a page shows parts of, such as its icons.

    Args:
        inlined: what was captured for the page.
    """

    def __init__(self, inlined: Inlined) -> None:
        self._inlined = inlined
        self._parts: dict[str, dict[str, HtmlElement]] = {}
        self._is_spent = False

    def part(self, url: str | None, name: str, page_url: str) -> HtmlElement | None:
        """A part of a file by its id, paid for; None where it was not captured, or no browser would show it either."""
        from lxml import etree

        if self._is_spent or url is None or urlsplit(url)[:2] != urlsplit(page_url)[:2]:
            return None
        if url not in self._parts:
            self._parts[url] = self._read(url)
        part = self._parts[url].get(unquote(name))
        if part is not None and not self._inlined.afford(len(etree.tostring(part, with_tail=False))):
            self._is_spent = True
            return None
        return part

    def _read(self, url: str) -> dict[str, HtmlElement]:
        hop = self._inlined.hop(url)
        body = hop.content(_MOST_BYTES + 1) if hop is not None else b""
        root = parse_html(decode(body, "utf-8")) if 0 < len(body) <= _MOST_BYTES else None
        elements = root.iter() if root is not None else ()
        return {element.get("id", ""): element for element in elements if isinstance(element.tag, str)}
