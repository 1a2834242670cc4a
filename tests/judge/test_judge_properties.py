"""Whatever the web sends, the judge answers, and an ordinary page costs next to nothing."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from citekeeper.judge import (
    TABLE,
    Facts,
    first_look,
    judge,
    knowledge,
    missing_fragment,
    nameservers_could_tell,
    probe_url,
)
from citekeeper.model import Citation, Exchange, Failure, FailureKind, Hop, TlsFault, TlsFaultKind
from citekeeper.urls import is_web_url, parse

from .judge_build import answer

PIECES = st.sampled_from(
    [b"<title>", b"</title>", b"404", b"<h1>", b"Not found", b"<p>", b"<script>", b"\x00", b"\xff\xfe", b"</", b"<!--",
     "Страница не найдена".encode("cp1251"), b"_cf_chl_opt", b"domain is for sale", b"charset=utf-16", b"<div>" * 50,
     b'<meta http-equiv=refresh content="0;url=//">', b"eais.rkn.gov.ru", b"isAccessibleForFree: false", b"canonical"]
)  # fmt: skip
BODIES = st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=12).map(b"".join))
HEADS = st.one_of(
    st.binary(max_size=120),
    st.sampled_from([b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip, br\r\n\r\n"]),
)
URLS = st.one_of(
    st.text(max_size=40), st.sampled_from(["https://e.org/a/b-c", "https://t.me/x/1", "http://[::1]/", "x:"])
)


@settings(max_examples=250, deadline=None)
@given(URLS, URLS, st.integers(-5, 1100), HEADS, BODIES, st.sampled_from([None, *FailureKind]))
def test_hostile_answers_never_raise(
    first: str, last: str, status: int, head: bytes, body: bytes, kind: FailureKind | None
) -> None:
    """Random addresses, statuses, heads, bodies and failures get a verdict with a sentence."""
    failure = Failure(kind, "x") if kind else None
    exchange = Exchange(first, hops=(Hop(first, 301, head), Hop(last, status, head, body)), failure=failure)
    citation = Citation("a", title="A cited title of words", language="en")
    assert judge(exchange, citation).message
    wanted = probe_url(exchange, citation, name="q" * 20)
    assert wanted is None or is_web_url(wanted)
    missing_fragment(exchange)


REDIRECTS = st.sampled_from([(), ("http://e.org/a/b-c",), ("https://e.org/x/2020/04/story-one",)])


@settings(max_examples=400, deadline=None)
@given(
    URLS,
    REDIRECTS,
    st.sampled_from([200, 200, 200, 204, 206, 301, 302, 304, 403, 404, 410, 429, 451, 503, 511, 999]),
    st.sampled_from([b"text/html", b"text/plain", b""]),
    BODIES,
    st.sampled_from([None, None, *FailureKind]),
    st.sampled_from([None, TlsFaultKind.EXPIRED]),
    st.sampled_from([None, Citation("a", title="Not found at all"), Citation("a", title="Rivers and their towns")]),
    st.booleans(),
)
def test_rules_speak_only_on_their_occasion(
    url: str,
    before: tuple[str, ...],
    status: int,
    kind: bytes,
    body: bytes,
    failure: FailureKind | None,
    fault: TlsFaultKind | None,
    citation: Citation | None,
    probed: bool,
) -> None:
    """No rule has anything to say where the occasion that it names in the table is not given."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nLocation: https://e.org/\r\nContent-Length: 0\r\n\r\n"
    hops = (*(Hop(each, 301, head) for each in before), Hop(url, status, head, body))
    exchange = Exchange(
        before[0] if before else url,
        hops=hops if failure is None or before else (),
        failure=Failure(failure, "x") if failure else None,
        tls_fault=TlsFault(fault, "x") if fault else None,
    )
    probe = answer(body, url="https://e.org/qqqqqqqqqqqqqqqqqqqq") if probed else None
    facts = Facts(exchange, citation, probe=probe)
    for speaks, needed in TABLE:
        if needed & facts.occasions != needed:
            assert speaks(Facts(exchange, citation, probe=probe)) is None


@settings(max_examples=100, deadline=None)
@given(URLS, BODIES, st.sampled_from([200, 404, 500]))
def test_first_look_is_judge_and_probe(url: str, body: bytes, status: int) -> None:
    """One look says what a verdict and the question for a probe say apart."""
    exchange = answer(body, url=url, status=status)
    verdict, probe, is_hollow = first_look(exchange, name="q" * 20)
    assert verdict == judge(exchange)
    assert probe == probe_url(exchange, name="q" * 20)
    assert is_hollow or not nameservers_could_tell(exchange, None, verdict)


@settings(max_examples=100, deadline=None)
@given(BODIES)
def test_probe_stays_on_the_host(body: bytes) -> None:
    """A probe never asks another host, and never the page itself."""
    exchange = answer(b"<title>404 not found</title><h1>Not found</h1>" + body)
    wanted = probe_url(exchange, name="q" * 20)
    if wanted is not None:
        assert parse(wanted).host == parse(exchange.url).host
        assert wanted != exchange.url


@given(
    st.sampled_from(sorted(knowledge.not_found_phrases())), st.sampled_from(["utf-8", "cp1251", "koi8-r", "latin-1"])
)
def test_phrases_are_found_in_every_encoding(phrase: str, encoding: str) -> None:
    """A phrase is found in either case, with any white space, in each encoding that can write it."""
    for text in (phrase, phrase.upper(), phrase.capitalize().replace(" ", " \n")):
        try:
            data = f"<p>{text}</p>".encode(encoding)
        except UnicodeEncodeError:
            continue
        known = knowledge.scan(data).get(knowledge.Family.NOT_FOUND, frozenset())
        assert phrase in known or phrase in knowledge.TITLE_ONLY


def test_deeply_nested_page() -> None:
    """Fifty thousand nested elements are no reason to fall over."""
    assert judge(answer(b"<title>404 Not found</title>" + b"<div>" * 50_000 + b"Not found")).message


def test_an_ordinary_page_is_cheap() -> None:
    """An 18 kB page is judged in well under a millisecond (about 0.1 ms on an idle machine)."""
    body = (
        b"<!doctype html><title>Rivers</title>"
        + b"<p>An ordinary paragraph about rivers and towns on their banks.</p>" * 270
    )
    exchanges = [answer(body, url=f"https://site{n}.example/a/page-{n}") for n in range(300)]
    judge(exchanges[0])
    best = min(_cost(exchanges) for _ in range(5))
    assert best < 0.001


def _cost(exchanges: list[Exchange]) -> float:
    started = time.process_time()
    for exchange in exchanges:
        judge(exchange)
    return (time.process_time() - started) / len(exchanges)
