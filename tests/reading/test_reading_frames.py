"""Which frames a page consists of, and what it says by them: the pure part, as tables."""

from __future__ import annotations

import time

import pytest

from citekeeper.model import Hop
from citekeeper.reading import read, survey_frames

URL = "https://old.example/dir/index.htm"
LONG = "<p>The council decided on Tuesday to replace the old bridge over the river by a new one of wood and steel. "
TEXT = (
    f"<title>A</title><h1>The bridge</h1>{LONG}"
    "<p>It will carry trams and bicycles, said the mayor, who had asked for it in each of the last four years. "
    "<p>Work begins in spring, when the ice is gone and the barges can bring the beams up from the harbour."
)
NOTES = "<p>The photographs were taken from the north bank in the spring of that year by two students of the school. "
MENU = "".join(f"<a href=p{n}.htm>Chapter {n}: what came of it</a><br>" for n in range(40))
FULL = "width='100%' height='100%'"


def hop(body: str, url: str = URL, kind: str = "text/html") -> Hop:
    """An answer."""
    return Hop(url, 200, f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode(), body.encode())


def named(body: str, url: str = URL) -> tuple[str, ...] | None:
    """The frames of a page, without those on the host and path of ``URL``."""
    page = hop(body, url)
    found = survey_frames(page, read(page), {})
    return None if found is None else tuple(at.removeprefix("https://old.example") for at in found.missing)


@pytest.mark.parametrize(
    ("body", "frames"),
    [
        ("<frameset><frame src=a.htm><frame src='/b?x=1#c'></frameset>", ("/dir/a.htm", "/b?x=1")),
        (
            "<FRAMESET><FRAME SRC=' a.htm\n'/><FRAMESET><FRAME SRC=b.htm></FRAMESET></FRAMESET>",
            ("/dir/a.htm", "/dir/b.htm"),
        ),
        ("<head><base href='/x/'></head><frameset><frame src=a></frameset>", ("/x/a",)),
        ("<base target=_top><frameset><frame src=a></frameset>", ("/dir/a",)),
        ("<frameset><frame src=//far.example/a><frame src=a></frameset>", ("https://far.example/a", "/dir/a")),
        ("<frameset><frame src=a><frame src=a#b></frameset>", ("/dir/a",)),
        ("<frameset><frame src=index.htm><frame src='#x'><frame src=''><frame></frameset>", None),
        ("<frameset><frame src='javascript:a'><frame src='data:,a'><frame src='file:///a'></frameset>", None),
        (f"<frameset><frame src=a></frameset><noframes>{LONG * 5}</noframes>", ("/dir/a",)),
        (f"<body>{LONG * 5}<frameset><frame src=a></frameset></body>", None),
        ("<script>document.write('<frameset><frame src=a></frameset>')</script>", None),
        (f"<body><iframe src=a {FULL}></iframe></body>", ("/dir/a",)),
        ("<body> <iframe src=a style='width:100%; height: 100vh'>Sorry</iframe> </body>", ("/dir/a",)),
        (f"<body><iframe src=a {FULL} style='display: none'></iframe></body>", None),
        ("<body><iframe src=a width='100%' height=300></iframe></body>", None),
        ("<body><iframe src=a style='max-width:100%;min-height:100%'></iframe></body>", None),
        (f"<body><iframe src=a {FULL}></iframe><iframe src=b {FULL}></iframe></body>", None),
        (f"<body><iframe src=a {FULL}></iframe><p>Hello</body>", None),
        (f"<body><img src=x><iframe src=a {FULL}></iframe></body>", None),
        (f"<body><iframe src=https://far.example/ {FULL}></iframe></body>", None),
    ],
)
def test_which_frames_a_page_consists_of(body: str, frames: tuple[str, ...] | None) -> None:
    """Framesets, and pages that are nothing but one frame of their own site; no page with words of its own."""
    assert named(body) == frames


def said(*frames: str, outer: str = "", missing: str = "") -> tuple[str, ...]:
    """The frames that the text of a frameset is read from."""
    sources = "".join(f"<frame src=f{number}>" for number in range(len(frames)))
    page = hop(f"<title>T</title><frameset>{sources}</frameset>{outer}")
    known = {
        f"https://old.example/dir/f{n}": hop(body, f"https://old.example/dir/f{n}") for n, body in enumerate(frames)
    }
    known.pop(f"https://old.example/dir/{missing}", None)
    text = read(page, None, known)
    assert text is not None
    assert bool(text.paragraphs) is bool(text.frames)
    return tuple(url.rpartition("/")[2] for url in text.frames)


@pytest.mark.parametrize(
    ("frames", "read_from"),
    [
        ((MENU, TEXT), ("f1",)),
        ((TEXT, MENU), ("f0",)),
        ((TEXT, NOTES), ("f0", "f1")),
        (("<p>Welcome to the bridge's own page!</p>", TEXT), ("f1",)),
        ((f"<p>{NOTES}</p>", f"<p>{LONG}</p>"), ("f0", "f1")),
        ((MENU,), ()),
        (("<img src=scan.gif>", ""), ()),
    ],
)
def test_which_frames_hold_the_text(frames: tuple[str, ...], read_from: tuple[str, ...]) -> None:
    """Every frame with a text, in order; no menu, and no heading beside a text."""
    assert said(*frames) == read_from


def test_a_frameset_without_its_frames_says_nothing() -> None:
    """What stands beside the frames is for browsers without: it is never the text."""
    assert said(MENU, TEXT, outer="<noframes>Your browser does not support frames.</noframes>", missing="f1") == ()
    page = hop("<frameset><frame src=a></frameset>Your browser does not support frames, sorry about that.")
    text = read(page, None, {})
    assert text is not None
    assert text.paragraphs == ()


def test_a_frameset_keeps_its_own_title_and_charset() -> None:
    """page.html is decoded by them; what else is told comes from the frame with the most words."""
    page = Hop(
        URL,
        200,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n",
        "<title>Мост</title><frameset><frame src=a></frameset>".encode("koi8-r"),
    )
    text = read(page, None, {(at := "https://old.example/dir/a"): hop(TEXT, at)})
    assert text is not None
    assert (text.title, text.charset, text.language) == ("Мост", "koi8-r", "en")
    assert text.extractor is not None
    assert text.extractor.endswith(", in frames")


def frameset(*names: str) -> str:
    """A frameset of these frames."""
    return "<frameset>" + "".join(f"<frame src={name}>" for name in names) + "</frameset>"


def test_framesets_are_followed_three_deep_and_no_further() -> None:
    """Each survey names the next level; one that lies too deep is refused, and so is the ninth frame."""
    page, known = hop(frameset("f1")), {}
    for level in range(1, 4):
        found = survey_frames(page, read(page), known)
        assert found is not None
        (url,) = found.missing
        known[url] = hop(frameset(f"f{level + 1}"), url)
    found = survey_frames(page, read(page), known)
    assert found is not None
    assert found.missing == ()
    assert found.refused == (("https://old.example/dir/f4", "it lies deeper than 3 frames"),)
    page = hop(frameset(*(f"g{number}" for number in range(9))))
    found = survey_frames(page, read(page), {})
    assert found is not None
    assert (len(found.missing), len(found.refused)) == (8, 1)


def test_frames_that_hold_each_other_end() -> None:
    """A ring of framesets, a redirect back to the page, and framesets that all name one another are no endless work."""
    names = [f"r{number}" for number in range(8)]
    ring = frameset("index.htm", *names)
    known: dict[str, Hop | None] = {
        f"https://old.example/dir/{name}": hop(ring, f"https://old.example/dir/{name}") for name in names
    }
    started = time.process_time()
    found = survey_frames(hop(ring), read(hop(ring)), known)
    assert found is not None
    assert found.missing == ()
    assert read(hop(ring), None, {url: each for url, each in known.items() if each is not None}) is not None
    back = {"https://old.example/dir/a": hop(TEXT)}  # it came from the page's own address
    page = hop(frameset("a"))
    text = read(page, None, back)
    assert text is not None
    assert text.paragraphs == ()
    assert time.process_time() - started < 5
