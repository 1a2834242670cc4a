"""In which of its three modes a browser lays out a page, by how the page begins (HTML standard, section 13.2.6.4.1).

Pages of the 1990s are laid out by other rules than today's: a copy that begins otherwise would look otherwise.
"""

from __future__ import annotations

import re
from typing import Final

STANDARDS: Final = "<!DOCTYPE html>\n"
"""What a page begins with that is laid out as the standards say."""
ALMOST: Final = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)
"""What one begins with that is laid out so but for the height of lines with pictures."""
QUIRKS: Final = ""
"""What one begins with that is laid out as browsers of the 1990s did."""

_BEFORE = r"(?s)\A\ufeff?(?:\s|<!--.*?-->|<\?[^>]*>)*+"
_DOCTYPE = re.compile(
    _BEFORE + r"""<!doctype\s*([^\s>]*)\s*(?:(?:public\s*(?:"([^">]*)"|'([^'>]*)')\s*|system\s*)"""
    r"""(?:"([^">]*)"|'([^'>]*)')?)?""",
    re.IGNORECASE,
)
_LOOKED_AT = 65_536  # characters
_QUIRKY = re.compile(
    r"(?i)\+//silmaril//dtd html pro v0r11 19970101//|-//as//dtd html 3\.0 asWedit \+ extensions//|"
    r"-//advasoft ltd//dtd html 3\.0 aswedit \+ extensions//|"
    r"-//ietf//dtd html(?://| level [123]| 2\.[01]| 3| strict)|"
    r"-//metrius//dtd metrius presentational//|"
    r"-//microsoft//dtd internet explorer [23]\.0 (?:html|html strict|tables)//|"
    r"-//netscape comm\. corp\.//dtd (?:strict )?html//|-//o'reilly and associates//dtd html|"
    r"-//sq//dtd html 2\.0 hotmetal \+ extensions//|-//softquad|-//spyglass//dtd html 2\.0 extended//|"
    r"-//sun microsystems corp\.//dtd hotjava|-//w3c//dtd html (?:3|4\.0 (?:frameset|transitional)//|experimental)|"
    r"-//w3c//dtd w3 html//|-//w3o//dtd w3 html 3\.0//|-//webtechs//dtd mozilla html|"
    r"(?:-//w3o//dtd w3 html strict 3\.0//en//|-/w3c/dtd html 4\.0 transitional/en|html)\Z"
)
_LOOSE_HTML = re.compile(r"(?i)-//w3c//dtd html 4\.01 (?:frameset|transitional)//")
_LOOSE_XHTML = re.compile(r"(?i)-//w3c//dtd xhtml 1\.0 (?:frameset|transitional)//")
_QUIRKY_SYSTEM = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd"


def doctype_for(text: str, *, is_xml: bool = False) -> str:
    """What the copy of a page begins with, so that it is laid out as the page is.

    Args:
        text: the page, or its beginning.
        is_xml: whether it was sent as XHTML, which has one mode.
    """
    match = _DOCTYPE.match(text[:_LOOKED_AT])
    if is_xml:
        return STANDARDS
    if match is None or match[1].lower() != "html":
        return QUIRKS
    public = match[2] or match[3] or ""
    system = next((part for part in match.groups()[3:] if part is not None), None)
    if _QUIRKY.match(public) or (system or "").lower() == _QUIRKY_SYSTEM:
        return QUIRKS
    if _LOOSE_HTML.match(public):
        return QUIRKS if system is None else ALMOST
    return ALMOST if _LOOSE_XHTML.match(public) else STANDARDS
