"""Headers as they came, and content-decoding that survives hostile bodies."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.content import Headers, attribute_value, decode_content, markdown_text, without_floods

TEXT = "Источник: «текст». ".encode() * 200
LIMIT = 1024 * 1024


def raw_deflate(data: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(data) + engine.flush()


ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "identity": bytes,
}


@pytest.mark.parametrize("coding", [*ENCODERS, "GZIP", " gzip "])
def test_each_coding_is_undone(coding: str) -> None:
    """Every coding of RFC 9110 that servers use is undone, however its name is written."""
    decoded = decode_content(coding, ENCODERS[coding.strip().lower()](TEXT), LIMIT)
    assert (decoded.data, decoded.complete) == (TEXT, True)


def test_raw_deflate_is_understood() -> None:
    """Servers send deflate without the zlib header, against the standard."""
    assert decode_content("deflate", raw_deflate(TEXT), LIMIT).data == TEXT


@given(st.lists(st.sampled_from(["gzip", "deflate", "br", "identity"]), max_size=3), st.binary(max_size=500))
def test_several_codings_are_undone_in_turn(codings: list[str], body: bytes) -> None:
    """Codings are listed in the order in which they were applied."""
    encoded = body
    for coding in codings:
        encoded = ENCODERS[coding](encoded)
    decoded = decode_content(", ".join(codings), encoded, LIMIT)
    assert (decoded.data, decoded.complete) == (body, True)


def test_codings_in_two_headers_are_one_list() -> None:
    """RFC 9110 section 5.3; where the body was packed once only, its own gzip is undone all the same."""
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\ncontent-encoding: gzip\r\n\r\n"
    codings = Headers.parse(head).codings
    assert codings == "gzip, gzip"
    once = gzip.compress(TEXT, mtime=0)
    assert decode_content(codings, gzip.compress(once, mtime=0), LIMIT).data == TEXT
    assert decode_content(codings, once, LIMIT).data == TEXT


def test_gzip_members_follow_on() -> None:
    """A gzip body may be several members one after another; what follows the last is no part of it."""
    assert decode_content("gzip", gzip.compress(b"one ") + gzip.compress(b"two"), LIMIT).data == b"one two"
    assert decode_content("gzip", gzip.compress(b"one") + b"\0\0\0", LIMIT).data == b"one"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_false_label_leaves_the_bytes(coding: str) -> None:
    """A plain page labelled as compressed is read as it is, and not called complete."""
    page = b"<!doctype html><title>Plain</title>" + b"text " * 100
    decoded = decode_content(coding, page, LIMIT)
    assert (decoded.data, decoded.complete) == (page, False)


def test_an_unknown_coding_leaves_the_bytes() -> None:
    """What citekeeper cannot undo stays as it is and is said to be so."""
    assert decode_content("zstd", b"abc", LIMIT).data == b"abc"
    assert not decode_content("zstd", b"abc", LIMIT).complete


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_truncated_body_gives_what_it_holds(coding: str) -> None:
    """The part of a broken-off body that came is read and marked incomplete."""
    body = bytes(range(256)) * 400
    decoded = decode_content(coding, ENCODERS[coding](body)[:-8], LIMIT)
    assert not decoded.complete
    assert body.startswith(decoded.data)


def test_a_body_that_breaks_in_the_middle_gives_its_beginning() -> None:
    """Rubbish behind a good beginning costs the rest only."""
    import random

    body = random.Random(7).randbytes(200_000)
    encoded = gzip.compress(body)
    decoded = decode_content("gzip", encoded[:100_000] + b"\xff" * 50_000, LIMIT)
    assert not decoded.complete


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_bomb_is_capped_in_memory_and_time(coding: str) -> None:
    """A few kilobytes that unfold to a gigabyte take the limit's memory and no more."""
    size = 64 * 1024 * 1024
    bomb = ENCODERS[coding](b"\0" * size)
    tracemalloc.start()
    started = time.process_time()
    decoded = decode_content(coding, bomb, LIMIT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(decoded.data), decoded.complete) == (LIMIT, False)
    assert peak < 8 * LIMIT
    assert time.process_time() - started < 5


def test_a_bomb_in_layers_is_capped_at_each() -> None:
    """Gzip within gzip is capped at every layer."""
    bomb = gzip.compress(gzip.compress(b"\0" * (32 * 1024 * 1024)))
    assert len(decode_content("gzip, gzip", bomb, LIMIT).data) <= LIMIT


def test_a_long_list_of_codings_is_no_work() -> None:
    """A header of thousands of codings is refused at once, not tried."""
    started = time.process_time()
    decoded = decode_content(", ".join(["gzip"] * 20_000), gzip.compress(TEXT), LIMIT)
    assert not decoded.complete
    assert time.process_time() - started < 2


def test_many_tiny_gzip_members_take_bounded_time() -> None:
    """A body of countless empty members is read in time that grows with its length alone."""
    body = gzip.compress(b"") * 50_000
    started = time.process_time()
    assert decode_content("gzip", body, LIMIT).data == b""
    assert time.process_time() - started < 5


@given(st.sampled_from(["gzip", "deflate", "br", "gzip, br"]), st.binary(max_size=300), st.integers(0, 50))
def test_any_body_gives_at_most_the_limit(coding: str, body: bytes, limit: int) -> None:
    """No bytes make decoding fail or exceed its limit."""
    assert len(decode_content(coding, body, limit).data) <= limit


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", ""])
def test_a_body_of_just_the_limit_is_complete(coding: str) -> None:
    """A body that ends where the limit stands was not cut."""
    body = ENCODERS[coding](TEXT) if coding else TEXT
    assert decode_content(coding, body, len(TEXT)) == decode_content(coding, body, LIMIT)
    assert not decode_content(coding, body, len(TEXT) - 1).complete


# ── headers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=x\r\nSet-Cookie: a=1\r\nX-Folded: one\r\n  two\r\n\tthree\r\n"
    b"set-cookie: b=2\r\nX-Name: \xcf\xf0\xe8\r\nno colon here\r\n: no name\r\nEmpty:\r\n\r\n"
)


def test_fields_keep_their_order_and_duplicates() -> None:
    """Fields come in the order received, duplicates kept, names without regard to case."""
    headers = Headers.parse(HEAD)
    assert headers.all("SET-COOKIE") == ["a=1", "b=2"]
    assert [name for name, _ in headers] == ["Content-Type", "Set-Cookie", "X-Folded", "set-cookie", "X-Name", "Empty"]
    assert headers.get("x-folded") == "one two three"
    assert headers.media_type == "text/html"
    assert headers.get("absent", "-") == "-"
    assert "empty" in headers
    assert "absent" not in headers


def test_bytes_of_any_charset_survive() -> None:
    """Header bytes are read as ISO-8859-1, which gives them back."""
    assert Headers.parse(HEAD).get("x-name").encode("latin-1").decode("cp1251") == "При"


@given(st.binary(max_size=200))
def test_any_head_is_read(head: bytes) -> None:
    """No head makes the reading fail."""
    for name, _ in Headers.parse(head):
        assert name in Headers.parse(head)


def test_bare_line_feeds_and_no_head() -> None:
    """Lines may end in a bare line feed; an empty head has no fields."""
    assert Headers.parse(b"HTTP/1.0 200\nA: 1\nB: 2\n\n").fields == (("A", "1"), ("B", "2"))
    assert Headers.parse(b"").fields == ()
    assert Headers.parse(b"").media_type == ""


@pytest.mark.parametrize(
    ("written", "attribute", "markdown"),
    [
        ("?a=1&copy=2", "?a=1&copy=2", "?a=1&copy=2"),
        ("?a=1&copyright=2", "?a=1&copyright=2", "?a=1&copyright=2"),
        ("?a=1&copy", "?a=1©", "?a=1&copy"),
        ("?a=1&copy&b", "?a=1©&b", "?a=1&copy&b"),
        ("?a=1&copy;=2", "?a=1©=2", "?a=1©=2"),
        ("?a=1&amp;b=2", "?a=1&b=2", "?a=1&b=2"),
        ("?a=1&amp=2", "?a=1&amp=2", "?a=1&amp=2"),
        ("&notit;", "&notit;", "&notit;"),
        ("&#38;&#x26;", "&&", "&&"),
        ("&#38 &#38=", "& &=", "&#38 &#38="),
        ("&nosuchname;&", "&nosuchname;&", "&nosuchname;&"),
        ("plain", "plain", "plain"),
    ],
)
def test_character_references(written: str, attribute: str, markdown: str) -> None:
    """In an attribute a name without its semicolon may be a parameter's; in Markdown it is no reference at all."""
    assert attribute_value(written) == attribute
    assert markdown_text(written) == markdown


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_tag_of_a_hundred_thousand_attributes_is_cut_short(quote: str) -> None:
    """Parsers take minutes for it; the first thousand stay, and so does all that follows the tag."""
    flood = " ".join(f"a{number}={quote}x{quote}" for number in range(100_000))
    began = time.process_time()
    cut = without_floods(f"<p>é</p><a {flood} href='a>b'>x</a><i>y")
    assert time.process_time() - began < 2
    assert cut.startswith(f"<p>é</p><a a0={quote}x{quote} ")
    assert cut.endswith(f" a999={quote}x{quote}>x</a><i>y")


@pytest.mark.parametrize(
    "piece", ["<a b='\" ", "<", "x ", '<img src="data:image/png;base64,AAAA" alt>', "<p a b>x</p>"]
)
def test_markup_without_floods_stays(piece: str) -> None:
    """However much of it there is."""
    assert without_floods(f"<p>x{piece * 100_000}") == f"<p>x{piece * 100_000}"


@pytest.mark.parametrize("piece", ['<a b=" ', "<a\n", "<a/", "<a b='\" ", "<a ", "<a =", "<a b = "])
def test_broken_tags_take_linear_time(piece: str) -> None:
    """Also what never ends is gone through once."""
    began = time.process_time()
    assert without_floods(piece * 300_000).startswith(piece)
    assert time.process_time() - began < 3
