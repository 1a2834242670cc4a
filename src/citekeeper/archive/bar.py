"""The bar above the page in page.html: what this is, when and from where, whatever the page would rather have said.

It is drawn in boxes of the document itself (``html::before`` keeps the room, ``html::after`` says the words). So the
page's own layout has no part in it: it stands outside the body, after everything that could cover it. Its rules are
in the first cascade layer of all, which has no name that the page could add to: what is important there outranks every
rule and every style of the page. At the end of the body stands what cannot be drawn: the words as text, for readers
without style sheets, and as a link that lies unseen over the bar.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

from citekeeper.archive.withheld import redact_url
from citekeeper.clock import iso
from citekeeper.model import Shows

_FONT: Final = "13px/20px system-ui,sans-serif"
_LARGEST: Final = "2147483647"


def _important(*declarations: str) -> str:
    return "".join(f"{declaration}!important;" for declaration in declarations)


# With what a page hides or moves the whole of itself; scripts would have shown it, or nothing would.
_ROOT = _important(
    "display:block", "inset:auto", "margin:0 auto", "width:auto", "float:none", "visibility:visible", "opacity:1",
    "transform:none", "translate:none", "rotate:none", "scale:none", "offset:none", "perspective:none",
    "transform-style:flat", "filter:none", "backdrop-filter:none", "clip-path:none", "mask:none",
    "-webkit-mask:none", "mix-blend-mode:normal", "contain:none", "content-visibility:visible",
    "container-type:normal", "will-change:auto", "zoom:1", "columns:auto", "scroll-marker-group:none",
)  # fmt: skip
_BODY = _important("visibility:visible", "opacity:1", "content-visibility:visible")
_BOX = (
    "all:initial", "display:block", "box-sizing:border-box", "padding:6px 12px", f"font:{_FONT}", "color:#fff",
    "background:#1f2937", "overflow-wrap:anywhere", "direction:ltr", "unicode-bidi:normal",
)  # fmt: skip
_WORDS = _important(
    "position:absolute",
    "top:0",
    "left:0",
    "width:100%",
    "min-width:320px",
    f"z-index:{_LARGEST}",
    "pointer-events:none",
)
_NOTE = ("all:initial", "position:absolute", "left:0", "right:0", "font-size:0", f"z-index:{_LARGEST}")
# As high as any bar; what of it lies above the document is not there.
_ABOVE_BODY = _important(*_NOTE, "bottom:100%", "height:400px")
_AT_TOP = _important(*_NOTE, "top:0", "height:32px")
_UNDER_BAR = "body{position:relative}"
"""What a page places by itself from the top of its window begins under the bar, unless the page says otherwise."""
_FIRST = _important("scroll-initial-target:none")
_LINK = _important("all:initial", "display:block", "height:100%", "font-size:0", "cursor:pointer")
_TAG: Final = "citekeeper-note"


class Bar:
    """The bar above one page.

    Args:
        url: where the page is from.
        captured_at: when it was fetched.
        shows: whether it is the source, or what came in its place.
        after_scripts: whether the page is as a browser showed it.
        missing: sentences on what is not shown here.
    """

    def __init__(self, url: str, captured_at: datetime, shows: Shows, after_scripts: bool, missing: str) -> None:
        self._address = redact_url(url)
        what = "Copy of" if shows is Shows.SOURCE else "Evidence of failure at"
        how = ", as a browser showed it after its scripts ran" if after_scripts else ""
        self._before = f"{what} "
        self._after = (
            f", captured by citekeeper on {iso(captured_at)}{how}. For reading only: scripts and forms are removed; "
            f"the bytes as received are in capture.wacz beside this file.{missing} "
            "All below this bar is the page’s own."
        )

    def style(self, *, is_root_positioned: bool = False) -> str:
        """The bar's rules; they have to stand before all others.

        Args:
            is_root_positioned: whether the page places things from the ends of its html element, as footers are.
        """
        words = _css_string(f"{self._before}{self._address}{self._after}")
        box = _important(*_BOX, f"content:{words}")
        note, body = (_AT_TOP, "") if is_root_positioned else (_ABOVE_BODY, _UNDER_BAR)
        return (
            f"<style>@layer{{html{{{_ROOT}}}body{{{_BODY}}}html::before,html::after{{{box}}}"
            "html::before{visibility:hidden!important}"
            f"html::after{{{_WORDS}}}{_TAG}{{{note}}}{_TAG} a{{{_LINK}}}"
            f"{_TAG}::before,{_TAG}::after,{_TAG} ::before,{_TAG} ::after{{content:none!important}}"
            "html::scroll-button(*){content:none!important}html::scroll-marker-group{display:none!important}"
            f"*,::before,::after{{{_FIRST}}}body::after{{z-index:auto!important}}{body}}}</style>\n"
        )

    def note(self) -> str:
        """What stands last in the body: the bar's words as text, and the link."""
        address = escape(self._address)
        return (
            f'<{_TAG} role="note"><a href="{address}" title="{address}" rel="noopener noreferrer nofollow">'
            f"{escape(self._before)}{address}{escape(self._after)}</a></{_TAG}>"
        )


def _css_string(text: str) -> str:
    """A CSS string that neither ends early nor ends its style element."""
    return (
        '"' + "".join(ch if ch.isalnum() or ch in " .,:;/?&=%-_+~’“”()#@!" else f"\\{ord(ch):x} " for ch in text) + '"'
    )
