"""The fetch room's pure rules, as tables and properties."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pycurl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from citekeeper.content import Headers
from citekeeper.fetch import EngineConfig, asked_wait
from citekeeper.fetch.cookies import CookieJar
from citekeeper.fetch.faults import CURL_FAILURES, Ending, failure_of, tls_fault_kind
from citekeeper.fetch.guard import is_literal, is_public
from citekeeper.fetch.lanes import Lanes
from citekeeper.fetch.patience import parse_wait
from citekeeper.fetch.transfer import split_heads
from citekeeper.model import FailureKind, FetchRequest, TlsFaultKind
from citekeeper.urls import BadUrlError, parse, parse_fully

NOW = datetime(2026, 1, 2, 12, 0, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "127.0.0.1", "169.254.169.254", "172.31.0.1", "192.168.0.1", "100.64.0.1", "100.100.100.200",
     "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "::", "::1",
     "fe80::1", "fe80::1%eth0", "fc00::1",
     "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1",
     "2001:0:7f00:1::", "168.63.129.16", "fd00:ec2::254", "nonsense", ""],
)  # fmt: skip
def test_private_addresses(address):
    """No address of a private, local or special range is public, also when IPv6 wraps it."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_public_addresses(address):
    """Ordinary addresses are public."""
    assert is_public(address)


def test_literals():
    """Names that look like numbers are names, addresses are literals."""
    assert is_literal("127.0.0.1")
    assert is_literal("::1")
    assert not is_literal("1.2.3.example")
    assert not is_literal("1.2.3")


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ([("Retry-After", "120")], 120.0),
        ([("retry-after", "1m30s")], 90.0),
        ([("retry-after", "1h")], 3600.0),
        ([("retry-after", "500ms")], 0.5),
        ([("retry-after", "Fri, 02 Jan 2026 12:01:00 GMT")], 60.0),
        ([("retry-after", "Fri, 02 Jan 2026 11:00:00 GMT")], 0.0),
        ([("retry-after", "soon")], None),
        ([("retry-after", "-5")], None),
        ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", str(EPOCH + 30))], 30.0),
        ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", str((EPOCH + 30) * 1000))], 30.0),
        ([("X-RateLimit-Remaining", "5"), ("X-RateLimit-Reset", str(EPOCH + 30))], None),
        ([("RateLimit-Remaining", "0"), ("RateLimit-Reset", str(EPOCH + 7))], 7.0),
        ([("RateLimit-Remaining", "0"), ("RateLimit-Reset", "7")], 7.0),
        ([("RateLimit", '"default";r=0;t=30')], 30.0),
        ([("RateLimit", '"default";r=9;t=30')], None),
        ([("RateLimit", '"a";r=0;t=5, "b";r=0;t=50')], 50.0),
        ([("RateLimit", "limit=100, remaining=0, reset=50")], 50.0),
        ([], None),
    ],
)
def test_what_servers_ask_to_wait(fields, seconds):
    """Retry-After and the rate-limit headers of GitHub, GitLab and the IETF drafts are understood."""
    assert asked_wait(Headers(tuple(fields)), NOW) == seconds


@given(st.text())
def test_retry_after_never_raises(text):
    """Whatever stands there is a wait that is not negative, or nothing."""
    wait = parse_wait(text, NOW)
    assert wait is None or wait >= 0


def test_every_curl_code_is_mapped():
    """Every error that libcurl can give for HTTP is in the table."""
    elsewhere = ("FTP", "TFTP", "LDAP", "SSH", "TELNET", "RTSP", "QUOTE", "MULTI", "FILE", "LOGIN", "REMOTE", "CHUNK")
    retired = {"E_OK", "E_LIBRARY_NOT_FOUND", "E_MALFORMAT_USER", "E_URL_MALFORMAT_USER", "E_BAD_CALLING_ORDER",
               "E_BAD_PASSWORD_ENTERED", "E_HTTP_PORT_FAILED", "E_TOO_MANY_REDIRECTS", "E_SSL_PEER_CERTIFICATE",
               "E_CALL_MULTI_PERFORM", "E_ALREADY_COMPLETE", "E_SHARE_IN_USE", "E_CONV_FAILED", "E_CONV_REQD",
               "E_BAD_DOWNLOAD_RESUME", "E_FILESIZE_EXCEEDED", "E_UPLOAD_FAILED", "E_HTTP_POST_ERROR", "E_RANGE_ERROR",
               "E_HTTP_RANGE_ERROR", "E_SEND_FAIL_REWIND", "E_USE_SSL_FAILED", "E_SSL_CRL_BADFILE",
               "E_SSL_PINNEDPUBKEYNOTMATCH", "E_HTTP_NOT_FOUND", "E_SSL_CACERT"}  # fmt: skip
    for name in dir(pycurl):
        if name.startswith("E_") and name not in retired and not any(part in name for part in elsewhere):
            assert getattr(pycurl, name) in CURL_FAILURES, name


@pytest.mark.parametrize("code", sorted(CURL_FAILURES))
def test_every_failure_has_a_sentence(code):
    """Each code gives its kind and a sentence that names the host and has no gap."""
    failure = failure_of(Ending(code, "a reason", "host.test", connected=True))
    assert failure.curl_code == code
    assert failure.message.endswith(".")
    assert "{" not in failure.message


@pytest.mark.parametrize(
    ("number", "kind"),
    [(111, FailureKind.CONNECT_REFUSED), (101, FailureKind.NO_ROUTE), (113, FailureKind.NO_ROUTE),
     (110, FailureKind.CONNECT_TIMEOUT), (24, FailureKind.INTERNAL), (99, FailureKind.INTERNAL)],
)  # fmt: skip
def test_connect_errors_by_errno(number, kind):
    """A machine out of descriptors or ports is our failure, never the source's."""
    assert failure_of(Ending(7, "x", "host.test", os_errno=number)).kind is kind


def test_tls_codes():
    """OpenSSL's codes and libcurl's text tell the fault."""
    assert tls_fault_kind(Ending(60, "", "h", verify_result=10)) is TlsFaultKind.EXPIRED
    text = "SSL: no alternative certificate subject name matches target host name 'h'"
    assert tls_fault_kind(Ending(60, text, "h")) is TlsFaultKind.WRONG_HOST
    assert tls_fault_kind(Ending(60, "?", "h", verify_result=66)) is TlsFaultKind.OTHER


@pytest.mark.parametrize("code", [35, 56, 98])
def test_certificate_of_the_reader_is_asked_for(code):
    """A server that lets in nobody without a certificate says so by an alert, in or after the handshake."""
    text = "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0"
    failure = failure_of(Ending(code, text, "host.test", connected=True))
    assert failure.kind is FailureKind.CLIENT_CERTIFICATE
    assert "certificate" in failure.message


def test_split_heads_handles_bare_line_feeds():
    """Heads with LF alone are heads too, and nothing is no head."""
    assert split_heads([b"HTTP/1.0 200 OK\n", b"A: b\n", b"\n"]) == (b"HTTP/1.0 200 OK\nA: b\n\n", (), b"", True)
    assert split_heads([]) == (b"", (), b"", False)
    assert split_heads([b"HTTP/1.1 200 OK\r\n"])[3] is False


URLS = st.builds(
    "{}://{}{}{}{}{}".format,
    st.sampled_from(["http", "https"]),
    st.one_of(
        st.from_regex(r"[a-z0-9-]{1,6}(\.[a-z0-9-]{1,5}){0,4}", fullmatch=True),
        st.from_regex(r"\d{1,3}(\.\d{1,3}){2,4}", fullmatch=True),
        st.sampled_from(["xn--d1abbgf6aiiy.xn--p1ai", "a.0x7f", "EXAMPLE.com", "a_b.example", "a.b."]),
    ),
    st.sampled_from(["", ":80", ":443", ":8080", ":99999", ":0", ":"]),
    st.text("/ab.%2eE~'\\ \"?#éй|^", max_size=12).map(lambda t: "/" + t),
    st.text("?a=%'/&\" |é", max_size=6),
    st.sampled_from(["", "#f", "#"]),
)


@given(URLS)
@example("http://1.2.3.4/")
@example("http://1.2.3.4.5/")
@example("http://1.2.3.04/")
@example("https://a.b-/x")
@example("http://a.b/..")
@example("http://a.b/%2E%2e/x")
def test_ordinary_urls_agree_with_the_full_parser(text):
    """The quick reading of ordinary URLs is never another than the full parser's."""
    expected: object = BadUrlError
    with contextlib.suppress(BadUrlError):
        expected = parse_fully(text)
    found: object = BadUrlError
    with contextlib.suppress(BadUrlError):
        found = parse(text)
    assert found == expected


# ── cookies ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _jar(url: str, *lines: str) -> CookieJar:
    jar = CookieJar()
    jar.take(parse(url), Headers(tuple(("Set-Cookie", line) for line in lines)))
    return jar


@pytest.mark.parametrize(
    ("line", "target", "sent"),
    [
        ("a=1", "https://www.site.co.uk/", "a=1"),
        ("a=1", "https://site.co.uk/", ""),
        ("a=1; Domain=site.co.uk", "https://other.site.co.uk/", "a=1"),
        ("a=1; Domain=.site.co.uk", "https://site.co.uk/", "a=1"),
        ("a=1; Domain=co.uk", "https://else.co.uk/", ""),
        ("a=1; Domain=evil.test", "https://evil.test/", ""),
        ("a=1; Secure", "http://www.site.co.uk/", ""),
        ("a=1; Path=/x", "https://www.site.co.uk/x/y", "a=1"),
        ("a=1; Path=/x", "https://www.site.co.uk/xy", ""),
        ("a=1; Max-Age=0", "https://www.site.co.uk/", ""),
        ("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "https://www.site.co.uk/", ""),
        ("=1", "https://www.site.co.uk/", ""),
        ("a=1\x00", "https://www.site.co.uk/", ""),
    ],
)
def test_who_gets_a_cookie(line, target, sent):
    """Cookies go to their own site, path and scheme only; a public suffix can set none."""
    assert _jar("https://www.site.co.uk/", line).header_for(parse(target)) == sent


@pytest.mark.parametrize(
    ("host", "line", "target", "sent"),
    [
        ("site.co.uk", "a=1; Domain=site.co.uk", "https://www.site.co.uk/", "a=1"),
        ("site.co.uk", "a=1", "https://www.site.co.uk/", ""),
        ("co.uk", "a=1; Domain=co.uk", "https://else.co.uk/", ""),
        ("127.0.0.1", "a=1; Domain=127.0.0.1", "https://127.0.0.1/x", "a=1"),
    ],
)
def test_cookie_that_names_its_own_host_goes_to_subdomains(host, line, target, sent):
    """example.org → www.example.org keeps the cookie where the first said so; a public suffix keeps it to itself."""
    assert _jar(f"https://{host}/", line).header_for(parse(target)) == sent


# ── lanes and settings ──────────────────────────────────────────────────────────────────────────────────────────────


def test_lane_slows_down_and_recovers():
    """429 and 5xx slow a lane, good answers bring it back to full pace."""
    lane = Lanes().lane("h", 4)
    for _ in range(20):
        lane.answered(429, 0.0, None)
    assert lane.delay == 30.0
    for _ in range(20):
        lane.answered(200, 0.0, None)
    assert lane.delay == 0.0
    lane.answered(503, 10.0, 5.0)
    assert (lane.not_before, lane.delay) == (15.0, 0.2)


def test_lane_closes_after_turning_many_away():
    """Three addresses sent off for long close a lane, or ten in a row without a time; another answer opens it."""
    lane = Lanes().lane("h", 4)
    for status in (429, 503, 404, 429, 503, 429):
        assert not lane.is_closed(1.0)
        lane.answered(status, 0.0, None)
        lane.ended(status, 0.0, 3600.0)
    assert lane.is_closed(3599.0)
    assert not lane.is_closed(3601.0)
    slow = Lanes().lane("s", 4)
    for asked in range(1, 11):
        slow.ended(429, 0.0)
        assert slow.is_closed(1.0) is (asked == 10)
    assert not slow.is_blank


def test_lane_loses_patience_with_a_host_that_is_ill():
    """After four addresses in a row that ended in server errors no other is asked twice, until one is answered."""
    lane = Lanes().lane("h", 4)
    for _ in range(4):
        assert lane.is_patient_with(3)
        lane.answered(500, 0.0, None)
        lane.ended(500, 0.0)
    assert not lane.is_patient_with(3)
    assert not lane.is_blank
    for _ in range(50):
        lane.answered(500, 0.0, None)
    assert lane.delay <= 1.0
    lane.answered(404, 0.0, None)
    assert lane.is_patient_with(3)


def test_lane_gives_a_silent_port_up():
    """A dozen attempts in vain within a moment say little, the same over most of a minute much, until it speaks."""
    lane = Lanes().lane("h", 4)
    for second in range(60):
        lane.fell_silent(80, FailureKind.CONNECT_TIMEOUT, float(second))
        assert (lane.silence_at(80, float(second)) is not None) is (second >= 40)
    assert lane.silence_at(443, 59.0) is None
    assert lane.silence_at(80, 1000.0) is None
    lane.spoke(443)
    assert lane.silence_at(80, 60.0) is not None
    lane.spoke(80)
    assert lane.silence_at(80, 60.0) is None


def test_idle_lanes_are_forgotten():
    """A host that is through leaves nothing behind; one that was slow is remembered."""
    lanes = Lanes()
    for host, status in (("quick", 200), ("slow", 429)):
        lane = lanes.lane(host, 1)
        lanes.push(lane, FetchRequest(f"http://{host}/"))
        lanes.pop(lane)
        lane.answered(status, 0.0, None)
        lanes.done(lane)
    assert lanes.get("quick") is None
    assert lanes.get("slow") is not None


def test_host_patterns():
    """A host's own name wins over patterns, longer patterns over shorter."""
    config = EngineConfig(per_host_overrides={"*.ru": 2, "*.gov.ru": 1, "a.gov.ru": 9})
    assert [config.per_host_of(h) for h in ("a.gov.ru", "b.gov.ru", "x.ru", "x.nl")] == [9, 1, 2, 4]


def test_user_agent_does_not_say_the_word():
    """A User-Agent with the word "link" draws 403s."""
    assert "link" not in EngineConfig().user_agent.lower()
