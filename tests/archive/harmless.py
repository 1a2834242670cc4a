"""Every known way by which a page runs or fetches something, and how a page.html is seen to hold none of them."""

from __future__ import annotations

import re

from lxml import html as lxml_html

from citekeeper.archive.frames import SANDBOX

VECTORS = [
    "<script>evil()</script>",
    "<scr<script>ipt>evil()</script>",
    "<img src=x onerror=evil()>",
    "<IMG SRC=x OnErRoR='evil()'>",
    "<svg onload=evil()>",
    "<svg><script>evil()</script></svg>",
    "<svg><animate onbegin=evil() attributeName=x></svg>",
    "<svg><a xlink:href='javascript:evil()'><text>x</text></a></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>evil()</script>'></iframe></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=evil()></style></mglyph></table></mtext></math>",
    "<math href='javascript:evil()'>x</math>",
    "<body onload=evil()>",
    "<base href='javascript:evil()//'>",
    "<base href='https://evil.example/'>",
    "<a href='javascript:evil()'>x</a>",
    "<a href='java\tscript:evil()'>x</a>",
    "<a href='&#106;avascript:evil()'>x</a>",
    "<a href=' \x01javascript:evil()'>x</a>",
    "<a href='vbscript:evil()'>x</a>",
    "<a href='data:text/html,<script>evil()</script>'>x</a>",
    "<meta http-equiv=refresh content='0;url=javascript:evil()'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<iframe src='javascript:evil()'></iframe>",
    "<iframe srcdoc='<script>evil()</script>'></iframe>",
    "<object data='javascript:evil()'></object>",
    "<object data='data:text/html;base64,PHNjcmlwdD5ldmlsKCk8L3NjcmlwdD4='></object>",
    "<embed src='javascript:evil()'>",
    "<form action='javascript:evil()'><button formaction='javascript:evil()'>x</button></form>",
    "<input autofocus onfocus=evil()>",
    "<video><source onerror=evil()></video>",
    "<details open ontoggle=evil()>x</details>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>p{background:url(https://evil.example/x.png)}</style>",
    "<style>p{background:u\\72l(https://evil.example/x.png)}</style>",
    "<style></style><script>evil()</script></style>",
    "<style>x</style\n><script>evil()</script>",
    "<style><!--</style><script>evil()</script>-->",
    "<p style='background:url(https://evil.example/x.png)'>",
    "<p style='\"><script>evil()</script>'>",
    "<link rel=stylesheet href='javascript:evil()'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<link rel=import href='https://evil.example/x'>",
    "<noscript><p title='</noscript><img src=x onerror=evil()>'></noscript>",
    "<textarea></textarea><script>evil()</script></textarea>",
    "<textarea><img src=x onerror=evil()></textarea>",
    "<title></title><script>evil()</script></title>",
    "<title>&lt;/title&gt;&lt;script&gt;evil()&lt;/script&gt;</title>",
    "<xmp><p title='</xmp><img src=x onerror=evil()>'></xmp>",
    "<plaintext><script>evil()</script>",
    "<noembed><img src=x onerror=evil()></noembed>",
    "<noframes><p title='</noframes><img src=x onerror=evil()>'></noframes>",
    "<template><script>evil()</script></template>",
    "<select><option><script>evil()</script></select>",
    "<!--><script>evil()</script>-->",
    "<!-- --!><script>evil()</script>",
    "<![CDATA[<script>evil()</script>]]>",
    "<?xml-stylesheet href='javascript:evil()'?>",
    "<p class='\"><script>evil()</script>'>",
    "<p id=x\"onclick=evil()>x",
    "<img src='data:image/svg+xml,<svg onload=evil()>'>",
    "<img srcset='javascript:evil() 1x'>",
    "<isindex action='javascript:evil()' type=image>",
    "<frameset onload=evil()><frame src='javascript:evil()'></frameset>",
    "<table background='javascript:evil()'><tr><td>x</table>",
    "<div style=\"background-image:url('data:text/html,<script>evil()</script>')\">",
    "<a href='https://evil.example/' ping='https://evil.example/p' target=_blank onclick=evil()>x</a>",
    "<portal src='https://evil.example/'></portal>",
    "<x-evil is=script onclick=evil()>x</x-evil>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=evil()/>#x'/><use href='https://evil.example/s.svg#x'/></svg>",
    "<svg><a><set attributeName=href to='javascript:evil()'/><text>x</text></a></svg>",
    "<svg><image href='https://evil.example/i.png'/><rect fill='u\\72l(https://evil.example/f.svg#f)'/></svg>",
    "<svg><foreignObject><body onload=evil()><form action=https://evil.example/><input></form></foreignObject></svg>",
    "<svg><style><a title='</style><img src=x onerror=evil()>'></style></svg>",
    "<svg></p><title><a id='</title><img src=x onerror=evil()>'></title></svg>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=evil()></style></annotation-xml></math>",
    "<math><maction actiontype=statusline xlink:href='javascript:evil()'>x</maction></math>",
    "<x-h><template shadowrootmode=open><script>evil()</script><style>@import 'https://evil.example/x';</style>"
    "<link rel=stylesheet href=https://evil.example/x><slot onslotchange=evil()></slot></template></x-h>",
    "<div><template shadowrootmode=open><style></template><img src=x onerror=evil()></style></template></div>",
    "<button popovertarget=p formaction='javascript:evil()' commandfor=p>x</button><p popover id=p ontoggle=evil()>",
    "<citekeeper-note><a href='javascript:evil()'>x</a></citekeeper-note>",
    "<html style='background:url(https://evil.example/)' onmousemove=evil()>",
]  # fmt: skip

_ALLOWED_ADDRESS = re.compile(r"(?:#|about:srcdoc#|data:(?:image|font)/|https?://|mailto:|tel:)")


def assert_harmless(text: str, depth: int = 0) -> None:
    """Parsed by an HTML parser that is not ours to fool, no element or attribute can run, submit or fetch.

    A frame is a document of the same kind in its own attribute, within a sandbox.
    """
    tree = lxml_html.document_fromstring(text.encode("utf-8"))
    assert len(tree.findall(".//meta[@http-equiv]")) == 2
    for element in tree.iter():
        assert isinstance(element.tag, str), "no comment or processing instruction"
        assert element.tag not in {
            "script",
            "frame",
            "object",
            "embed",
            "base",
            "link",
            "form",
            "input",
            "desc",
            "annotation-xml",
            "noscript",
            "textarea",
            "select",
            "applet",
            "portal",
            "video",
            "audio",
            "xmp",
            "plaintext",
            "noembed",
            "animate",
            "set",
            "feimage",
            "noframes",
            "listing",
            "marquee",
            "keygen",
            "fencedframe",
        }
        assert element.tag != "template" or element.get("shadowrootmode") in ("open", "closed")
        assert element.tag != "button" or element.get("type") == "button"  # fmt: skip
        if element.tag == "meta":
            assert element.get("http-equiv") in (None, "Content-Security-Policy", "x-dns-prefetch-control")
            assert element.get("http-equiv") != "Content-Security-Policy" or (
                "default-src 'none'" in (element.get("content") or "")
            )
        if element.tag == "iframe":
            assert element.get("sandbox") == SANDBOX
            assert element.get("src") is None
            assert element.text is None
            assert depth < 3
            assert_harmless(element.attrib["srcdoc"], depth + 1)
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name not in {"action", "formaction", "ping", "background"}
            assert name not in {"srcdoc", "sandbox"} or element.tag == "iframe"
            assert name != "target" or (depth and element.tag in ("a", "area") and value == "_blank")
            if name in ("src", "srcset"):
                assert re.match(r"data:(?:image|font)/[\w.+-]+;base64,[A-Za-z0-9+/=]*( [\d.]+[wx])?$", value)
            if name in ("href", "xlink:href"):
                assert element.tag in ("a", "area") or value.startswith(("#", "data:image/"))
                assert _ALLOWED_ADDRESS.match(value)
                assert element.tag != "a" or not value.startswith("#" if depth else "about:")
            if name not in ("href", "title", "alt", "srcdoc", "content", "summary", "name", "id"):
                _assert_no_url(value)
            if name == "style":
                _assert_no_fetch(value)
        if element.tag == "style":
            _assert_no_fetch(element.text or "")


def _assert_no_fetch(css: str) -> None:
    assert "@import" not in css.lower()
    _assert_no_url(css)


def _assert_no_url(css: str) -> None:
    for target in re.findall(r"url\(\s*[\"']?([^\"')]*)", css, re.I):
        assert target.startswith(("data:image/", "data:font/", "data:,", "#")), target
