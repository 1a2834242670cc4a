"""URLs: the standard's vectors, the laws of parsing and showing, what looks private, and decoded addresses."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper import urls
from citekeeper.urls import BadUrlError, decode_bloomberg_wall, decode_translated, decode_wayback, looks_private, parse

VECTORS = Path(__file__).parents[2].parent / "shared" / "data" / "url-vectors"


def vectors(name: str) -> object:
    path = VECTORS / name
    if not path.is_file():
        pytest.skip(f"the vectors are not here (../shared/data/url-vectors/{name})")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["wpt/urltestdata.json", "wpt/ada_extra_urltestdata.json"])
def test_web_platform_vectors(name: str) -> None:
    """Absolute web URLs of the web-platform-tests parse to what the standard says, or are refused."""
    tried = 0
    for case in vectors(name):  # type: ignore[attr-defined]
        if isinstance(case, str) or case.get("base") not in (None, "about:blank"):
            continue
        text = case["input"]
        if text != text.strip():
            continue  # parse() strips more than the standard, on purpose
        if case.get("failure") or case.get("protocol") not in ("http:", "https:"):
            assert not urls.is_web_url(text), text
        else:
            url = parse(text)
            assert url.href == case["href"]
            assert url.path == case["pathname"]
            assert (url.username, url.password) == (case["username"], case["password"])
            assert url.host == case["hostname"].strip("[]")
        tried += 1
    assert tried > 5


def test_urlcanon_is_idempotent() -> None:
    """Whatever of urlcanon's odd addresses parses, parses again to itself."""
    for text in vectors("urlcanon/testdata/idempotence.json"):  # type: ignore[attr-defined]
        if urls.is_web_url(text):
            assert parse(parse(text).href).href == parse(text).href


def test_urlcanon_odd_addresses_of_the_net() -> None:
    """Every spelling of an IPv4 address is read as that address, so that no private one hides."""
    for text, wanted in vectors("urlcanon/testdata/funky_ipv4.json").items():  # type: ignore[attr-defined]
        if wanted is not None:
            assert urls.host_of(f"http://{text}/") == wanted


@pytest.mark.parametrize(
    ("text", "href", "host", "port"),
    [
        ("HTTP://Example.ORG", "http://example.org/", "example.org", 80),
        (" https://example.org:443/a b ", "https://example.org/a%20b", "example.org", 443),
        ("https://example.org:8443/%CF%F0?q=%CF#f", "https://example.org:8443/%CF%F0?q=%CF#f", "example.org", 8443),
        ("https://президент.рф/", "https://xn--d1abbgf6aiiy.xn--p1ai/", "xn--d1abbgf6aiiy.xn--p1ai", 443),
        ("http://[::1]:8080/", "http://[::1]:8080/", "::1", 8080),
        ("http://0x7f.1/", "http://127.0.0.1/", "127.0.0.1", 80),
    ],
)
def test_parsing(text: str, href: str, host: str, port: int) -> None:
    """Addresses are read by the WHATWG standard; percent-encoded bytes stay as they are."""
    url = parse(text)
    assert (url.href, url.host, url.port) == (href, host, port)


@pytest.mark.parametrize(
    "text", ["", "example.org", "//example.org", "javascript:alert(1)", "file:///etc/passwd", "http://", "http://a b/"]
)
def test_no_web_url(text: str) -> None:
    """What the web could not answer is refused with a sentence."""
    with pytest.raises(BadUrlError, match="“"):
        parse(text)
    assert urls.host_of(text) == ""


HOSTS = st.sampled_from(["example.org", "www.пример.рф", "192.0.2.1", "[2001:db8::1]", "a.b.c.example"])
PATHS = st.text(alphabet="ab/%.é ?#&=:@[]\\\t", max_size=20)
URLS = st.builds("{}://{}/{}".format, st.sampled_from(["http", "https", "HTTP"]), HOSTS, PATHS)


@given(st.one_of(URLS, st.text(max_size=40).map("http://".__add__)))
def test_the_normal_form_is_normal(text: str) -> None:
    """Parsing the normal form again changes nothing."""
    try:
        url = parse(text)
    except BadUrlError:
        return
    assert parse(url.href) == url
    assert parse(url.without_fragment).without_fragment == url.without_fragment
    assert url.href.startswith(f"{url.scheme}://")


SLASHES = st.sampled_from([":", ":/", "://", ":///", ":\\\\", "://\t", "\n://"])


@given(
    st.sampled_from(["http", "https", "HtTpS"]),
    SLASHES,
    st.text(alphabet="abc: @%!é", max_size=12),
    st.sampled_from(["", " ", "see "]),
)
def test_credentials_are_never_shown(scheme: str, slashes: str, name: str, before: str) -> None:
    """No spelling that the parser takes for credentials leaves them in a message."""
    text = f"{before}{scheme}{slashes}s3cret{name}:hidden@example.org/path"
    assert "hidden" not in urls.shown(text)
    assert "s3cret" not in urls.shown(text)
    assert "hidden" not in _refusal(text)


def _refusal(text: str) -> str:
    """What is said of an address that is none; "" for others."""
    try:
        parse(text)
    except BadUrlError as error:
        return str(error)
    return ""


def test_addresses_with_an_at_sign_are_shown_whole() -> None:
    """An @ in a path is no credential."""
    for text in ("https://medium.com/@name/a", "https://example.org/a?mail=a@b.org", "https://t.me/s/x#@y"):
        assert urls.shown(text) == text


@given(st.text(max_size=300), st.integers(5, 50))
def test_what_is_shown_is_short_and_printable(text: str, width: int) -> None:
    """Messages hold no control characters and no endless addresses."""
    assert len(urls.shown(text, width)) <= width
    assert urls.shown(text, width).isprintable()


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://user:word@example.org/", True),
        ("https://user@example.org/", True),
        ("https://example.org/?token=abcdefgh12", True),
        ("https://example.org/?access-token=abcdefghi", True),
        ("https://example.org/#access_token=abcdefghijk", True),
        ("https://s3.example.org/x?X-Amz-Signature=abcdef0123456789", True),
        ("https://blob.example.org/x?sv=2020-08-04&sig=abc%2Bdef123456", True),
        ("https://drive.example.org/x?resourcekey=0-abcdefgh", True),
        ("https://box.example.org/scl/fi/a/b.pdf?rlkey=abcdefghi&dl=0", True),
        ("https://example.org/?share=Xy7Kq01zz", True),
        ("https://example.org/?password=abc", True),
        ("https://example.org/a;jsessionid=ABCDEF0123456789", True),
        ("https://example.org/?PHPSESSID=abcdefgh0123", True),
        ("https://example.org/?token=abc", False),
        ("https://example.org/?share=twitter", False),
        ("https://example.org/?share=facebook", False),
        ("https://example.org/?sharing=pinterest", False),
        ("https://example.org/?sig=12", False),
        ("https://example.org/?signature=Jan%20de%20Vries", False),
        ("https://example.org/?usp=sharing", False),
        ("https://example.org/?utm_source=share&utm_medium=web", False),
        ("https://example.org/?keyword=password", False),
        ("https://example.org/token/abcdefgh12", False),
        ("https://example.org/?author=abcdefgh12", False),
        ("no URL ?token=abcdefgh12", False),
    ],
)
def test_what_looks_private(url: str, private: bool) -> None:
    """Credentials and share tokens are seen; the buttons and words that resemble them raise no alarm."""
    assert looks_private(url) is private


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://example.org", "https://www.example.org/", True),
        ("https://example.org/a/", "https://example.org/a#part", True),
        ("https://example.org/?b=2&a=1", "https://example.org/?a=1&b=2&utm_source=x&fbclid=y", True),
        ("https://example.org/%D0%B0", "https://example.org/а", True),
        ("https://EXAMPLE.org:443/", "https://example.org", True),
        ("https://example.org/a", "https://example.org/b", False),
        ("https://example.org/?a=1", "https://example.org/?a=2", False),
        ("https://example.org/%CF%F0", "https://example.org/%CF%F1", False),
        ("https://example.org/?q=%CF%F0", "https://example.org/?q=%CF%F1", False),
        ("https://example.org:8443/", "https://example.org/", False),
        ("https://a.example.org/", "https://example.org/", False),
    ],
)
def test_addresses_of_one_document(one: str, other: str, same: bool) -> None:
    """Scheme, www, fragment, tracking, order and a last slash do not matter; every byte of the rest does."""
    assert (urls.same_document_key(one) == urls.same_document_key(other)) is same


@given(URLS)
def test_the_key_survives_normalising(text: str) -> None:
    """An address and its normal form are of one document."""
    if urls.is_web_url(text):
        assert urls.same_document_key(text) == urls.same_document_key(parse(text).href)


@pytest.mark.parametrize(
    ("host", "query", "source"),
    [
        ("foo--example-com", "", "https://foo-example.com/p"),
        ("0-57hw060o-com", "_x_tr_enc=0", "https://xn--57hw060o.com/p"),
        ("1-en--us-example-com", "_x_tr_enc=1", "https://en-us.example.com/p"),
        ("1-0-----16pw588q-com", "_x_tr_enc=0,1", "https://xn----16pw588q.com/p"),
        ("example-org", "_x_tr_sch=http&_x_tr_sl=ru", "http://example.org/p"),
        ("example-org", "a=%CF%F0&_x_tr_hl=en&b=", "https://example.org/p?a=%CF%F0&b="),
        ("example-org", "_x_tr_hp=www-", "https://www.example.org/p"),
    ],
)
def test_translate_goog(host: str, query: str, source: str) -> None:
    """The vectors of Google's own decoding; what belongs to the source's query stays to the byte."""
    translated = decode_translated(f"https://{host}.translate.goog/p?{query}")
    assert translated is not None
    assert translated.source == source


@pytest.mark.parametrize(
    ("text", "source", "languages"),
    [
        (
            "https://translate.google.com/translate?sl=ru&tl=en&u=https%3A%2F%2Fa.ru%2F%3Fx%3D1",
            "https://a.ru/?x=1",
            "ru",
        ),
        ("https://translate.googleusercontent.com/translate_p?sl=ru&u=http://a.ru/", "http://a.ru/", "ru"),
        ("https://translate.google.nl/translate?u=a.ru/x", "http://a.ru/x", None),
    ],
)
def test_old_translation_addresses(text: str, source: str, languages: str | None) -> None:
    """The old forms of Google Translate name the source in their query."""
    translated = decode_translated(text)
    assert translated is not None
    assert (translated.source, translated.source_language) == (source, languages)


@pytest.mark.parametrize(
    "text",
    [
        "https://translate.goog/",
        "https://example.org/translate?u=https://a.ru/",
        "https://translate.google.com/?sl=ru&text=hi",
        "https://translate.google.com/translate?u=javascript:alert(1)",
        "https://x.translate.goog/?_x_tr_sch=javascript",
        "no URL",
    ],
)
def test_no_translation(text: str) -> None:
    """Other addresses, and those whose source the web could not answer, are no translations."""
    assert decode_translated(text) is None


@pytest.mark.parametrize(
    ("text", "original", "timestamp"),
    [
        ("https://web.archive.org/web/20220502093000/https://a.ru/x?b=1#c", "https://a.ru/x?b=1#c", "20220502093000"),
        ("http://web.archive.org/web/20220502id_/http:/a.ru/", "http://a.ru/", "20220502"),
        ("https://web.archive.org/web/20220502093000if_/HTTPS://a.ru", "https://a.ru", "20220502093000"),
        ("https://web.archive.org/web/https://a.ru/", "https://a.ru/", None),
        ("https://web.archive.org/web/*/https://a.ru/", "https://a.ru/", None),
        ("https://web.archive.org/web/2022*/https://a.ru/", "https://a.ru/", None),
        ("https://web.archive.org/web/20220502093000/a.ru/x", "http://a.ru/x", "20220502093000"),
        ("https://web.archive.org/web/*/a.ru", "http://a.ru", None),
    ],
)
def test_wayback_addresses(text: str, original: str, timestamp: str | None) -> None:
    """Every form of a replay address names its original, and a time where it has one."""
    decoded = decode_wayback(text)
    assert decoded is not None
    assert (decoded.original, decoded.timestamp) == (original, timestamp)


@pytest.mark.parametrize(
    "text",
    ["https://web.archive.org/", "https://web.archive.org/save/https://a.ru/", "https://a.ru/web/2022/https://b.ru/"],
)
def test_no_wayback_address(text: str) -> None:
    """The archive's other pages, and other hosts, are no replay."""
    assert decode_wayback(text) is None


def wall(path: bytes, host: str = "www.bloomberg.com") -> str:
    return f"https://{host}/tosv2.html?vid=&uuid=x&url={base64.b64encode(path).decode()}"


def test_bloombergs_wall_names_its_article() -> None:
    """The article behind the robot wall is read out of the address, and never one of another host by a trick."""
    article = "https://www.bloomberg.com/news/articles/2022-04-29/x"
    assert decode_bloomberg_wall(wall(b"/news/articles/2022-04-29/x")) == article
    assert decode_bloomberg_wall(wall(b"/news/articles/2022-04-29/x", "evilbloomberg.com")) is None
    assert urls.host_of(decode_bloomberg_wall(wall(b"//evil.example/")) or "") in ("", "www.bloomberg.com")
    for broken in ("%FF", "", "A", "%D1%8F", base64.b64encode(b"\xff\xfe").decode()):
        assert decode_bloomberg_wall(f"https://www.bloomberg.com/tosv2.html?url={broken}") is None


def test_hosts_in_both_scripts() -> None:
    """Host names go between their own script and ASCII."""
    assert urls.unicode_host("xn--d1abbgf6aiiy.xn--p1ai") == "президент.рф"
    assert urls.ascii_host("президент.рф") == "xn--d1abbgf6aiiy.xn--p1ai"
    assert urls.ascii_host("example.org") == "example.org"
    assert urls.unicode_host("xn--é") == "xn--é"


def test_the_most_specific_pattern_counts() -> None:
    """A host's own name beats a pattern, a longer pattern a shorter, and * comes last."""
    patterns = ["*", "*.gov.ru", "a.gov.ru", "*.РФ"]
    assert urls.best_pattern(patterns, "a.gov.ru") == "a.gov.ru"
    assert urls.best_pattern(patterns, "b.gov.ru") == "*.gov.ru"
    assert urls.best_pattern(patterns, "example.org") == "*"
    assert urls.best_pattern(["*.РФ"], "xn--d1abbgf6aiiy.xn--p1ai") == "*.РФ"
    assert urls.best_pattern(["*.gov.ru"], "notgov.ru") is None


def test_joining() -> None:
    """References are resolved by the standard; what makes no URL is refused."""
    assert urls.join("https://example.org/a/b", "../c?d") == "https://example.org/c?d"
    with pytest.raises(BadUrlError):
        urls.join("https://example.org/", "http://[")
