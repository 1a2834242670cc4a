"""Who serves a domain: asked of a real nameserver on loopback, with all that one may answer."""

# ruff: noqa: E501 - staged answers read best as they are
from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper.fetch import nameservers
from citekeeper.fetch.nameservers import nameservers_in, nameservers_of
from loopback_dns import Answer, LoopbackDns, framed, told, truncated

DOMAIN = "haven-nieuws.nl"
SEDO = ("ns1.sedoparking.com", "ns2.sedoparking.com")
Serve = Callable[[Answer], LoopbackDns]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Be the system's nameserver."""
    running: list[LoopbackDns] = []

    def start(answer: Answer) -> LoopbackDns:
        running.append(LoopbackDns(answer))
        monkeypatch.setattr(dns.resolver, "default_resolver", running[-1].resolver())
        return running[-1]

    yield start
    for server in running:
        server.close()


def test_nameservers_are_named(serve: Serve) -> None:
    """One question over UDP, for the NS records of just this name; names come back in lower case."""
    server = serve(lambda query, _: told(query, "NS2.SedoParking.com", "ns1.sedoparking.com"))
    assert nameservers_of(DOMAIN) == SEDO
    assert server.asked == [(DOMAIN, False)]


def test_truncated_answer_is_fetched_over_tcp(serve: Serve) -> None:
    """What does not fit into a datagram comes over TCP."""
    server = serve(lambda query, tcp: framed(told(query, *SEDO)) if tcp else truncated(query))
    assert nameservers_of(DOMAIN) == SEDO
    assert server.asked == [(DOMAIN, False), (DOMAIN, True)]


@pytest.mark.parametrize("code", [dns.rcode.NXDOMAIN, dns.rcode.SERVFAIL, dns.rcode.REFUSED, dns.rcode.FORMERR])
def test_refusal_is_no_sign(serve: Serve, code: dns.rcode.Rcode, monkeypatch: pytest.MonkeyPatch) -> None:
    """No such name, a server's failure, a refusal: nothing is known, also where records come with it."""
    monkeypatch.setattr(nameservers, "SECONDS", 0.5)
    serve(lambda query, _: told(query, *SEDO, code=code))
    assert nameservers_of(DOMAIN) == ()


def test_name_without_records_is_no_sign(serve: Serve) -> None:
    """The name exists, and has no nameservers of its own."""
    serve(lambda query, _: told(query))
    assert nameservers_of(DOMAIN) == ()


def test_silence_ends(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that says nothing is waited for no longer than the bound, which is about three seconds."""
    assert nameservers.SECONDS <= 3
    monkeypatch.setattr(nameservers, "SECONDS", 0.5)
    serve(lambda *_: None)
    began = time.monotonic()
    assert nameservers_of(DOMAIN) == ()
    assert 0.3 < time.monotonic() - began < 3


def test_silence_after_truncation_ends(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where the datagram sends to TCP, and nothing, or half a message, comes there."""
    monkeypatch.setattr(nameservers, "SECONDS", 0.5)
    for over_tcp in (None, b"\xff\xff\x00", b"\x00", framed(b"")):
        serve(lambda query, tcp, said=over_tcp: said if tcp else truncated(query))  # type: ignore[misc]
        assert nameservers_of(DOMAIN) == ()


def _of_alias(query: bytes) -> bytes:
    answer = dns.message.from_wire(told(query))
    answer.answer.append(dns.rrset.from_text(f"{DOMAIN}.", 300, "IN", "CNAME", "lander.broker.com."))
    answer.answer.append(dns.rrset.from_text("lander.broker.com.", 300, "IN", "NS", "ns1.sedoparking.com."))
    return answer.to_wire()


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "alias": _of_alias,
    "records-of-another-name": lambda query: told(query, *SEDO, owner="other.nl."),
    "other-question": lambda query: told(dns.message.make_query("other.nl.", "NS", id=query[0] << 8 | query[1]).to_wire(), *SEDO),
    "other-id": lambda query: bytes([query[0] ^ 1]) + told(query, *SEDO)[1:],
    "a-question": lambda query: query,
    "nothing": lambda _: b"",
    "half-a-header": lambda query: query[:7],
    "cut": lambda query: told(query, *SEDO)[:-5],
    "more-behind": lambda query: told(query, *SEDO) + b"\0" * 9,
    "counts": lambda query: told(query, *SEDO)[:4] + b"\xff" * 8 + told(query, *SEDO)[12:],
    "length-beyond-the-end": lambda query: told(query, "ns1.sedoparking.com").replace(b"\x01\x2c\x00", b"\x01\x2c\xff"),
    "pointer-loop": lambda query: query[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + query[12:] + b"\xc0" + bytes([len(query)]) + b"\0\2\0\1\0\0\0\1\0\2\xc0\x0c",
    "noise": lambda query: query[:2] + b"\x81\x80" + bytes(range(256)),
}  # fmt: skip


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_hostile_answer_is_no_sign(
    serve: Serve, made: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records of other names, lies about lengths, loops and noise are no answer, over UDP, TCP and HTTPS."""
    monkeypatch.setattr(nameservers, "SECONDS", 0.4)
    serve(lambda query, tcp: framed(made(query)) if tcp else made(query))
    assert nameservers_of(DOMAIN) == ()
    serve(lambda query, tcp: framed(made(query)) if tcp else truncated(query))
    assert nameservers_of(DOMAIN) == ()
    question = dns.message.make_query(f"{DOMAIN}.", "NS", id=0).to_wire()
    if made not in (HOSTILE["other-id"], HOSTILE["other-question"]):  # over HTTPS the answer's way vouches for it
        assert nameservers_in(made(question), DOMAIN) == ()


@pytest.mark.parametrize(
    "names", [("localhost",), (r"ns1.sedo\032parking.com", "ns1.sedoparking.com"), tuple(f"ns{n}.sedoparking.com" for n in range(99))]
)  # fmt: skip
def test_odd_names_are_no_sign(names: tuple[str, ...]) -> None:
    """A name that no host has, among others too, and more names than a domain has."""
    question = dns.message.make_query(f"{DOMAIN}.", "NS", id=0).to_wire()
    assert nameservers_in(told(question, *names), DOMAIN) == ()
    assert nameservers_in(told(question, *SEDO), DOMAIN) == SEDO


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_can_be_read(noise: bytes, headed: bool) -> None:
    """Whatever comes, it is read without a failure."""
    head = b"\0\0\x81\x80\0\1\0\1\0\0\0\0\x0chaven-nieuws\x02nl\0\0\2\0\1" if headed else b""
    assert isinstance(nameservers_in(head + noise, DOMAIN), tuple)


def test_system_without_nameservers_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a resolver's configuration asks nobody."""

    def unconfigured(*_: object) -> None:
        raise dns.resolver.NoResolverConfiguration("no nameservers")

    monkeypatch.setattr(dns.resolver, "default_resolver", None)
    for name in ("read_resolv_conf", "read_registry"):
        monkeypatch.setattr(dns.resolver.Resolver, name, unconfigured)
    assert nameservers_of(DOMAIN) == ()


def test_name_that_fits_no_question_is_not_asked(serve: Serve) -> None:
    """A label of 64 letters is not sent."""
    server = serve(lambda query, _: told(query, *SEDO))
    assert nameservers_of(f"{'a' * 64}.nl") == ()
    assert not server.asked


def test_dns_is_loaded_late() -> None:
    """Neither the pipeline nor the fetcher loads dnspython before a question is asked."""
    code = (
        "import sys, citekeeper.pipeline.observe, citekeeper.fetch.nameservers, citekeeper.fetch, citekeeper.judge;"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] == 'dns'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
