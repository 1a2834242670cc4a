"""A name that does not exist here: another resolver is asked before the source counts as gone."""

from __future__ import annotations

import base64
import random
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from citekeeper.clock import SystemClock
from citekeeper.errors import UsageError
from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import Citation, Exchange, Failure, FailureKind, Hop, Verdict, VerdictKind
from citekeeper.pipeline import doubts
from citekeeper.pipeline.observe import Observer
from citekeeper.settings import load_settings
from loopback_site import LoopbackSite


class Resolver(LoopbackSite):
    """A DNS-over-HTTPS server on loopback that knows some names."""

    def __init__(self, known: set[str], *, media_type: str = "application/dns-message") -> None:
        self.asked: list[str] = []
        self.accepts: list[list[str]] = []
        self._known, self._media_type = known, media_type
        super().__init__(self._answer)
        self.url += "/dns-query"

    def _answer(self, request: BaseHTTPRequestHandler) -> tuple[str, bytes]:
        encoded = request.path.partition("dns=")[2]
        query = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        self.asked.append(_name_in(query))
        self.accepts.append(request.headers.get_all("Accept") or [])
        code = 0 if self.asked[-1] in self._known else 3
        return self._media_type, query[:2] + bytes([0x81, 0x80 | code]) + query[4:]


def _name_in(query: bytes) -> str:
    labels, at = [], 12
    while length := query[at]:
        labels.append(query[at + 1 : at + 1 + length].decode())
        at += 1 + length
    return ".".join(labels)


@pytest.fixture
def resolver() -> Iterator[Resolver]:
    """A resolver that knows withheld.example."""
    made = Resolver({"withheld.example"})
    yield made
    made.close()


def lookup(host: str) -> list[str]:
    """The resolver here: of all names, it knows none that ends in .example."""
    if host.endswith(".example"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return ["127.0.0.1"]


def verdicts(*citations: Citation, doh: str | None) -> dict[str | None, Verdict | None]:
    """What becomes of citations whose names are unknown here."""
    settings = load_settings(command_line={"vantage": "local", "doh": doh, "allow_private": True})
    with Engine(EngineConfig(allow_private=True, retries=0), lookup=lookup) as engine:
        observer = Observer(engine, settings, SystemClock(), random.Random(1))
        return {work.citation.url: work.verdict for work in observer.observe(citations)}


def test_name_that_another_resolver_knows_is_not_gone(resolver: Resolver) -> None:
    """A name withheld here makes a source unreachable, with both sides named; one unknown to both is gone."""
    known, lost = "http://withheld.example/a", "http://lost.example/a"
    found = verdicts(Citation("a", url=known), Citation("b", url=lost), doh=resolver.url)
    first, second = found[known], found[lost]
    assert first is not None
    assert second is not None
    assert (first.kind, first.reason) == (VerdictKind.UNREACHABLE, "dns-unknown-here")
    assert "withheld.example does not exist, but 127.0.0.1 knows it" in first.message
    assert (second.kind, second.reason) == (VerdictKind.GONE, "dns-nxdomain")
    assert second.message.endswith("127.0.0.1 says the same.")
    assert resolver.accepts == [["application/dns-message"]] * 2


def test_private_names_are_not_told(resolver: Resolver) -> None:
    """Neither a private citation's name nor one with a token goes to the resolver."""
    private = Citation("a", url="http://withheld.example/a", private=True)
    token = Citation("b", url="http://withheld.example/b?token=123456789")
    found = verdicts(private, token, doh=resolver.url)
    assert {verdict.reason for verdict in found.values() if verdict} == {"dns-nxdomain"}
    assert not resolver.asked


def test_resolver_that_makes_no_sense_changes_nothing() -> None:
    """A page instead of a DNS message, or no answer at all, leaves the verdict as it was."""
    made = Resolver({"withheld.example"}, media_type="text/html")
    try:
        for doh in (made.url, "http://127.0.0.1:9/dns-query", None):
            (verdict,) = verdicts(Citation("a", url="http://withheld.example/a"), doh=doh).values()
            assert verdict is not None
            assert (verdict.reason, "says the same" in verdict.message) == ("dns-nxdomain", False)
            assert ("The other resolver, 127.0.0.1, gave no usable answer" in verdict.message) == (doh is not None)
    finally:
        made.close()


def test_target_of_a_redirect_is_the_name_in_question() -> None:
    """Where a redirect leads to a name that does not exist, that name is asked for."""
    head = b"HTTP/1.1 301 Moved\r\nLocation: //new.example/x\r\n\r\n"
    exchange = Exchange(
        "http://old.example/",
        hops=(Hop("http://old.example/", 301, head),),
        failure=Failure(FailureKind.DNS_NXDOMAIN, ""),
    )
    verdict = Verdict(VerdictKind.GONE, "redirect-to-nxdomain", "")
    assert doubts.unknown_name(exchange, verdict) == "new.example"
    assert doubts.unknown_name(exchange, Verdict(VerdictKind.GONE, "http-404", "")) is None


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "a..example", ".".join(["label"] * 60), ""])
def test_names_that_fit_no_query(host: str) -> None:
    """A name that DNS cannot carry is not asked for."""
    assert doubts.doh_url("https://r.example/dns-query", host) is None


def test_query_is_that_of_the_standard() -> None:
    """The example of RFC 8484 section 4.1.1."""
    url = doubts.doh_url("https://dnsserver.example.net/dns-query", "www.example.com")
    assert url == "https://dnsserver.example.net/dns-query?dns=AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB"


@pytest.mark.parametrize("value", ["resolver.example", "ftp://resolver.example/", "https://"])
def test_wrong_resolver_is_a_usage_error(value: str) -> None:
    """What is no web address is refused."""
    with pytest.raises(UsageError, match="doh"):
        load_settings(register={"doh": value})
