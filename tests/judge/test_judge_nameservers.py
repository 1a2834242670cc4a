"""Nameservers as a second sign: what they turn into a parking page, and what they never do."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from importlib import resources

import pytest

from citekeeper.judge import first_look, judge, nameservers_could_tell
from citekeeper.model import Citation, Exchange, TlsFault, TlsFaultKind, Verdict, VerdictKind
from citekeeper.urls import registrable_domain

from .judge_build import answer, article, chain, page

FRONT = "https://haven-nieuws.nl/"
DEEP = "https://haven-nieuws.nl/2019/04/sluis.html"
SEDO = ("ns1.sedoparking.com", "ns2.sedoparking.com")
BARE = "<!doctype html><html><head><title>haven-nieuws.nl</title></head><body><div>haven-nieuws.nl</div></body></html>"
SHELL = "<!doctype html><html><head><title>Loading</title><script src='/js/p.js'></script></head><body><div id='root'></div></body></html>"
NOSCRIPT = "<!doctype html><html><head><title></title><script src='/px.js?ch=1'></script></head><body><noscript>Please enable JavaScript to continue.</noscript></body></html>"
SELF_SENT = "<!doctype html><html><head><title>Loading…</title></head><body><script>window.location.replace('https://haven-nieuws.nl/p.php?ch=1&js=eyJhb');</script></body></html>"
TOPICS = (
    "<!doctype html><html><head><title>haven-nieuws.nl</title></head><body><h1>haven-nieuws.nl</h1>"
    + "".join(
        f"<div><a href='/topic{n}?k=a'>{word}</a></div>"
        for n, word in enumerate(("Boats", "Harbours", "Insurance", "Cruises"))
    )
    + "<div>2024 Copyright. All Rights Reserved.</div></body></html>"
)


def said(
    exchange: Exchange, citation: Citation | None = None, nameservers: tuple[str, ...] = SEDO, **known: Exchange
) -> str:
    """Verdict and reason, with nameservers given."""
    verdict = judge(exchange, citation, nameservers=nameservers, **known)  # type: ignore[arg-type]
    return f"{verdict.kind}/{verdict.reason}"


@pytest.mark.parametrize(
    "body", [BARE, SHELL, NOSCRIPT, SELF_SENT, TOPICS], ids=["bare", "shell", "noscript", "self-sent", "topics"]
)
@pytest.mark.parametrize("url", [FRONT, DEEP])
def test_hollow_page_on_parking_nameservers_is_parked(body: str, url: str) -> None:
    """Next to nothing, under a name that a parking service answers for; without the nameservers it would not be said."""
    exchange, probe = answer(body, url=url), answer(body, url=f"{url}q")
    alone = judge(exchange, probe=probe)
    assert alone.kind in (VerdictKind.ALIVE, VerdictKind.DRIFTED)
    assert first_look(exchange, name="q").is_hollow
    assert nameservers_could_tell(exchange, None, alone, probe=probe)
    assert said(exchange, probe=probe) == "usurped/parking-page"


def test_inner_page_needs_its_sibling() -> None:
    """Where a name that cannot exist can be asked for, it must have got the same page; a front page has none beside it."""
    deep, front = answer(BARE, url=DEEP), answer(BARE, url=FRONT)
    assert judge(deep, nameservers=SEDO) == judge(deep)
    assert not nameservers_could_tell(deep, None, judge(deep))
    assert said(front) == "usurped/parking-page"


def test_message_names_the_nameserver() -> None:
    """A reader can look it up."""
    verdict = judge(answer(BARE, url=FRONT), nameservers=SEDO)
    assert verdict.message == (
        "haven-nieuws.nl shows next to nothing of its own, and its name is served by ns1.sedoparking.com, as parked "
        "domains are (Sedo)."
    )


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("ns1.registrar-servers.com", "ns2.registrar-servers.com"),
        ("ns01.domaincontrol.com", "ns02.domaincontrol.com"),
        ("ada.ns.cloudflare.com", "bob.ns.cloudflare.com"),
        ("ns1.reg.ru", "ns2.reg.ru"),
        ("ns1.above.com", "ns2.above.com"),
        ("nsg1.namebrightdns.com", "nsg2.namebrightdns.com"),
        ("ns1.sedoparking.com", "ns1.havenhost.nl"),
        ("ns1.notsedoparking.com", "ns1.sedoparking.com.evil.example"),
    ],
)
@pytest.mark.parametrize(
    "body",
    [BARE, "<!doctype html><title>Haven</title><p>De kade is dicht tot maandag.</p>"],
    ids=["bare", "one-line"],
)
def test_other_nameservers_tell_nothing(names: tuple[str, ...], body: str) -> None:
    """A registrar's default names, a host's, none, look-alikes, or parking beside another: the page stands as it was."""
    exchange = answer(body, url=FRONT)
    assert judge(exchange, nameservers=names) == judge(exchange)


@dataclass(frozen=True)
class Living:
    """A living page that parking nameservers must not touch."""

    name: str
    body: str
    url: str = FRONT
    citation: Citation | None = None


MENU = "".join(f"<a href='/{path}'>{path}</a> " for path in ("menu", "contact", "over-ons"))
LIVING = [
    Living("article", article()),
    Living("marked-up-article", "<!doctype html><title>Te koop</title><meta property='og:type' content='article'><p>Domeinhandel bloeit.</p>"),
    Living("article-on-domain-trade", page("Domain trade booms", *["This domain is for sale, said the broker, and sedoparking.com serves it."] * 12)),
    Living("some-prose", "<!doctype html><title>Haven</title><div>" + "De schippers wachten bij de sluis op hoog water. " * 10 + "</div>"),
    Living("navigation", "<!doctype html><title>Haven</title><nav><a href='/a'>A</a></nav><div>Welkom.</div>"),
    Living("own-pages", f"<!doctype html><title>Bakkerij</title><div>Open van dinsdag tot zaterdag.</div>{MENU}"),
    Living("pictures", "<!doctype html><title>Foto's</title>" + "".join(f"<img src='/{n}.jpg'>" for n in range(4))),
    Living("player", "<!doctype html><title>Film</title><video src='/film.mp4'></video>"),
    Living("table", "<!doctype html><title>Tij</title><table><tr><td>06:10<td>1,2 m</tr><tr><td>18:32<td>1,4 m</tr></table>"),
    Living("titled", BARE.replace("<title>haven-nieuws.nl", "<title>Sluis gaat omhoog"), citation=Citation("a", title="Sluis gaat omhoog")),
    Living("quoted", "<!doctype html><title>x</title><div>De sluis gaat dit voorjaar twee meter omhoog.</div>", citation=Citation("a", quotes=("sluis gaat dit voorjaar twee meter omhoog",))),
    Living("figure", "<!doctype html><title>x</title><div>1483 schepen</div>", citation=Citation("a", numbers=("1483",))),
    Living("sends-elsewhere", "<!doctype html><title>x</title><script>window.location.replace('https://nieuwe-haven.nl/')</script>"),
    Living("refreshes-elsewhere", "<!doctype html><title>x</title><meta http-equiv='refresh' content='0; url=https://nieuwe-haven.nl/'>"),
    Living("masked-forwarding", "<!doctype html><title>x</title><frameset><frame src='https://nieuwe-haven.nl/'></frameset>"),
    Living("sends-to-own-page", "<html><head><meta http-equiv='refresh' content='0;url=/nl/'></head></html>"),
    Living("open-graph", SHELL.replace("<title>", "<meta property='og:title' content='Gate found'><title>")),
    Living("web-app", SHELL.replace("<title>", "<link rel='manifest' href='/m.json'><title>")),
    Living("feed", BARE.replace("<title>", "<link rel='alternate' type='application/rss+xml' href='/feed'><title>")),
    Living("known-site", BARE, url="https://t.me/s/haven"),
    Living("broker", BARE, url="https://sedo.com/search/details/"),
    Living("replay", BARE, url="https://web.archive.org/web/2019/http://haven-nieuws.nl/"),
    Living("paragraphs", "<!doctype html><title>Tij</title>" + "<p>Hoog water.</p>" * 6),
    Living("teasers", "<!doctype html><title>x</title>" + f"<a href='/?n=1'>{'De sluis gaat omhoog. ' * 10}</a>" * 5),
    Living("described", SHELL.replace("<title>", "<script type='application/ld+json'>{\"@type\": \"Organization\"}</script><title>")),
    Living("many-links", "<!doctype html><title>x</title>" + "<a href='/?a=1'>b</a>" * 12),
    Living("large", BARE.replace("<div>", "<script>" + "var a = 1;" * 12_000 + "</script><div>")),
]  # fmt: skip


@pytest.mark.parametrize("living", LIVING, ids=lambda living: living.name)
def test_living_page_is_never_called_parked(living: Living) -> None:
    """Whatever a page has of a site keeps it alive, and nobody is asked."""
    exchange = answer(living.body, url=living.url)
    alone = judge(exchange, living.citation)
    assert judge(exchange, living.citation, nameservers=SEDO) == alone
    assert alone.kind is not VerdictKind.USURPED
    assert not nameservers_could_tell(exchange, living.citation, alone)


def test_host_that_knows_what_it_has_not_is_a_site() -> None:
    """A name that cannot exist got 404, another page, or no answer: the page is somebody's own."""
    exchange = answer(BARE, url=DEEP)
    missing = answer("", 404, url=f"{FRONT}2019/04/q.html")
    other = answer(page("Niet gevonden", "Hier is niets."), url=f"{FRONT}2019/04/q.html")
    for probe in (missing, other, Exchange(f"{FRONT}q")):
        alone = judge(exchange, probe=probe)
        assert judge(exchange, probe=probe, nameservers=SEDO) == alone
        assert not nameservers_could_tell(exchange, None, alone, probe=probe)
    same = answer(BARE, url=f"{FRONT}2019/04/q.html")
    assert said(exchange, probe=same) == "usurped/parking-page"


@pytest.mark.parametrize("status", [301, 403, 404, 410, 500, 503])
def test_what_is_no_success_is_left_as_it_is(status: int) -> None:
    """Nameservers have nothing to say of errors."""
    exchange = answer(BARE, status, url=FRONT)
    assert judge(exchange, nameservers=SEDO) == judge(exchange)
    assert not nameservers_could_tell(exchange, None, judge(exchange))


def test_what_is_no_page_is_left_as_it_is() -> None:
    """A short text file, a picture, and nothing at all."""
    for exchange in (
        answer("open", 200, "Content-Type: text/plain", url=FRONT),
        answer(b"\x89PNG", 200, "Content-Type: image/png", url=FRONT),
        answer("", url=FRONT),
    ):
        assert judge(exchange, nameservers=SEDO) == judge(exchange)


def test_unverified_answer_decides_nothing() -> None:
    """Behind a broken certificate somebody else may have answered."""
    exchange = replace(answer(BARE, url=FRONT), tls_fault=TlsFault(TlsFaultKind.EXPIRED, "expired"))
    assert said(exchange).startswith("insecure/")


def test_persons_word_outranks_nameservers() -> None:
    """A host that a person said not to check is not called parked."""

    @dataclass(frozen=True)
    class Ignored:
        accept = ()
        expect = None
        ignore = True

    assert judge(answer(BARE, url=FRONT), rule=Ignored(), nameservers=SEDO).reason == "ignored"  # type: ignore[arg-type]


def test_a_death_keeps_its_reason() -> None:
    """Nobody is asked about a page that is dead already."""
    body = "<!doctype html><title>404 Not Found</title><body class='error404'><h1>404 Not Found</h1>"
    exchange, probe = answer(body, url=DEEP), answer(body, url=f"{DEEP}q")
    alone = judge(exchange, probe=probe)
    assert alone.kind is VerdictKind.SOFT_404
    assert not nameservers_could_tell(exchange, None, alone, probe=probe)
    assert nameservers_could_tell(exchange, None, replace(alone, kind=VerdictKind.ALIVE), probe=probe)


def test_accepted_status_is_not_doubted() -> None:
    """What a person accepts as this host's way of being alive is no success that needs a second sign."""

    @dataclass(frozen=True)
    class Accepting:
        accept = (404,)
        expect = None
        ignore = False

    look = first_look(answer(BARE, 404, url=FRONT), name="q", rule=Accepting())  # type: ignore[arg-type]
    assert (look.verdict.kind, look.is_hollow) == (VerdictKind.ALIVE, False)


def test_replay_is_an_archives_page() -> None:
    """A memento shows what was, by whomever it is served."""
    exchange = answer(BARE, 200, "Memento-Datetime: Sat, 06 Apr 2019 00:00:00 GMT", url=FRONT)
    assert judge(exchange, nameservers=SEDO) == judge(exchange)


def test_page_that_sends_to_a_broker_is_parked() -> None:
    """Only sending on to somebody's site is what owners of two domains do."""
    body = "<html><head><meta http-equiv='refresh' content='0; url=https://www.parked.com/x'></head></html>"
    assert judge(answer(body, url=FRONT)).kind is VerdictKind.ALIVE
    assert said(answer(body, url=FRONT)) == "usurped/parking-page"


def test_name_at_the_end_of_the_chain_is_meant() -> None:
    """The page of the last host is judged, and the message names it."""
    exchange = chain("http://haven-nieuws.nl/", "https://www.haven-nieuws.nl/", body=BARE)
    verdict: Verdict = judge(exchange, nameservers=SEDO)
    assert (verdict.reason, verdict.message.split()[0]) == ("parking-page", "www.haven-nieuws.nl")


def test_list_holds_plain_names_once() -> None:
    """Every entry is a lower-case name that somebody registered or one below it, with whose it is and why."""
    text = resources.files("citekeeper.judge.data").joinpath("nameservers.toml").read_text(encoding="utf-8")
    groups = tomllib.loads(text)["group"]
    names = [name for group in groups for name in group["names"]]
    assert len(names) == len(set(names))
    assert all(registrable_domain(name) and name == name.lower() for name in names)
    assert all(group["who"] and group["why"] for group in groups)
    assert not any(name != other and name.endswith(f".{other}") for name in names for other in names)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.haven-nieuws.nl", "haven-nieuws.nl"),
        ("a.b.haven.co.uk", "haven.co.uk"),
        ("haven.github.io", "haven.github.io"),
        ("www.xn--d1abbgf6aiiy.xn--p1ai", "xn--d1abbgf6aiiy.xn--p1ai"),
        ("haven.nl.", "haven.nl"),
        *(
            (name, None)
            for name in ("co.uk", "nl", "localhost", "intranet", "printer.local", "a.example", "x.internal")
        ),
        *((name, None) for name in ("192.0.2.1", "::1", "abc.onion", "router.home.arpa", "1.0.0.127.in-addr.arpa", "")),
    ],
)
def test_registrable_domain(host: str, domain: str | None) -> None:
    """By the public suffix list; what is no public name has none."""
    assert registrable_domain(host) == domain
