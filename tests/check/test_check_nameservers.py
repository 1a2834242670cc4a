"""Who serves the domain of a page that holds next to nothing: asked when, of whom, how often, and what comes of it."""

from __future__ import annotations

import base64
import random
import threading
from collections.abc import Iterable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import pytest

from citekeeper.__main__ import main
from citekeeper.clock import SystemClock
from citekeeper.fetch import Engine, EngineConfig, resolver
from citekeeper.model import Citation, Verdict
from citekeeper.pipeline.observe import Observer
from citekeeper.sandbox import Request, Response, World
from citekeeper.settings import Settings
from in_process import Run, run_here
from loopback_dns import LoopbackDns, told
from loopback_site import LoopbackSite

from .conftest import PAGE, write_register

SEDO = ("ns1.sedoparking.com", "ns2.sedoparking.com")
REGISTRAR = ("dns1.registrar-servers.com", "dns2.registrar-servers.com")
HOLLOW = "<!doctype html><title>{host}</title><div>{host}</div>"


def serve(request: BaseHTTPRequestHandler) -> tuple[str, bytes]:
    """Hosts that are called living show a page, all others their name."""
    host = (request.headers["Host"] or "").partition(":")[0]
    body = PAGE if "living" in host else HOLLOW.format(host=host.removeprefix("www."))
    return "text/html; charset=utf-8", body.encode()


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    """All hosts."""
    made = LoopbackSite(serve)
    yield made
    made.close()


class Names:
    """DNS, and who asked it for what in which thread."""

    def __init__(self, *nameservers: str) -> None:
        self.asked: list[str] = []
        self.threads: set[str] = set()
        self._nameservers = nameservers

    def __call__(self, domain: str) -> Sequence[str]:
        self.asked.append(domain)
        self.threads.add(threading.current_thread().name)
        return self._nameservers


def checked(
    site: LoopbackSite,
    names: Names | None,
    hosts: Iterable[str],
    *,
    doh: str | None = None,
    thorough: bool = True,
    **cited: object,
) -> dict[str, Verdict]:
    """The verdict on a page of each host, without a proxy."""
    port = site.url.rpartition(":")[2]
    citations = [Citation(f"c{n}", url=f"http://{host}:{port}/", **cited) for n, host in enumerate(hosts)]  # type: ignore[arg-type]
    config = EngineConfig(allow_private=True, retries=0, jobs=8)  # a small site with a short queue
    settings = Settings(vantage="local", doh=doh, allow_private=True)
    with Engine(config, lookup=lambda _: ["127.0.0.1"]) as engine:
        observer = Observer(
            engine, settings, SystemClock(), random.Random(1), thorough=thorough, nameservers=names
        )  # fmt: skip
        works = list(observer.observe(citations))
    assert len(works) == len(citations)
    return {(work.citation.url or "").split("/")[2].partition(":")[0]: work.verdict for work in works if work.verdict}


@pytest.mark.parametrize("thorough", [True, False])
def test_hollow_page_on_parking_nameservers_is_parked(site: LoopbackSite, thorough: bool) -> None:
    """Once a registrable domain, in a thread; the page beside it, of which nothing is doubtful, never asks."""
    names = Names(*SEDO)
    hosts = ["lapsed.press", "www.lapsed.press", "a.b.lapsed.press", "gone.co.uk", "living.press"]
    found = checked(site, names, hosts, thorough=thorough)
    assert {host: verdict.reason for host, verdict in found.items()} == {
        **dict.fromkeys(hosts[:4], "parking-page"),
        "living.press": "ok",
    }
    assert sorted(names.asked) == ["gone.co.uk", "lapsed.press"]
    assert names.threads == {"citekeeper-nameservers"}


@pytest.mark.parametrize("answer", [REGISTRAR, (), ("ns1.sedoparking.com", "ns.own.press")])
def test_other_answers_change_nothing(site: LoopbackSite, answer: tuple[str, ...]) -> None:
    """A registrar's default names, silence, and parking beside another leave the verdict to the letter."""
    without = checked(site, None, ["lapsed.press"])
    names = Names(*answer)
    assert checked(site, names, ["lapsed.press"]) == without
    assert names.asked == ["lapsed.press"]
    assert without["lapsed.press"].reason == "ok"


def test_many_domains_are_asked_a_few_at_a_time(site: LoopbackSite) -> None:
    """However many hollow pages there are, each hears of its own nameservers, and few threads wait."""
    gate, most = threading.Semaphore(0), [0]
    running: set[str] = set()
    lock = threading.Lock()

    def slow(domain: str) -> Sequence[str]:
        with lock:
            running.add(domain)
            most[0] = max(most[0], len(running))
        gate.acquire(timeout=0.1)
        with lock:
            running.discard(domain)
        return SEDO if int(domain[1:-6]) % 2 else REGISTRAR

    hosts = [f"x{n}.press" for n in range(60)]
    found = checked(site, slow, hosts)  # type: ignore[arg-type]
    assert [host for host in hosts if found[host].reason == "parking-page"] == hosts[1::2]
    assert 1 < most[0] <= 16


def test_names_that_are_not_public_are_not_asked_about(site: LoopbackSite) -> None:
    """Addresses, single labels, names of this machine or house, and domains that nobody can register."""
    names = Names(*SEDO)
    found = checked(site, names, ["127.0.0.1", "intranet", "printer.local", "lapsed.example", "x.internal", "co.uk"])
    assert not names.asked
    assert {verdict.reason for verdict in found.values()} == {"ok"}


def test_titled_page_is_not_asked_about(site: LoopbackSite) -> None:
    """What bears the cited title is what was cited."""
    names = Names(*SEDO)
    found = checked(site, names, ["lapsed.press"], title="lapsed.press")
    assert (found["lapsed.press"].reason, names.asked) == ("ok", [])


def test_without_anybody_to_ask_nothing_is_asked(site: LoopbackSite) -> None:
    """Neither a resolver nor DNS: the page stays what it was."""
    assert checked(site, None, ["lapsed.press"])["lapsed.press"].reason == "ok"


# ── DNS over HTTPS ──────────────────────────────────────────────────────────────────────────────────────────────────


def dns_message(path: str, *nameservers: str, code: dns.rcode.Rcode = dns.rcode.NOERROR) -> tuple[str, bytes]:
    """The name in question, and an answer to it."""
    encoded = path.partition("dns=")[2]
    query = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    question = dns.message.from_wire(query).question[0]
    assert question.rdtype == dns.rdatatype.NS
    return question.name.to_text(omit_final_dot=True), told(query, *nameservers, code=code)


class Resolver(LoopbackSite):
    """A DNS-over-HTTPS server on loopback."""

    def __init__(self, *nameservers: str, media_type: str = "application/dns-message") -> None:
        self.asked: list[str] = []

        def answer(request: BaseHTTPRequestHandler) -> tuple[str, bytes]:
            name, message = dns_message(request.path, *nameservers)
            self.asked.append(name)
            return media_type, message

        super().__init__(answer)
        self.url += "/dns-query"


def test_named_resolver_is_asked_in_place_of_dns(site: LoopbackSite) -> None:
    """Where the settings name a DNS-over-HTTPS resolver, it alone is asked, once a domain."""
    names, doh = Names(*SEDO), Resolver(*SEDO)
    found = checked(site, names, ["lapsed.press", "www.lapsed.press", "living.press"], doh=doh.url)
    doh.close()
    assert found["www.lapsed.press"].reason == found["lapsed.press"].reason == "parking-page"
    assert (doh.asked, names.asked) == (["lapsed.press"], [])


def test_private_source_is_not_told_to_the_resolver(site: LoopbackSite) -> None:
    """Neither the resolver nor anybody in its place hears of a private citation."""
    names, doh = Names(*SEDO), Resolver(*SEDO)
    found = checked(site, names, ["lapsed.press"], doh=doh.url, private=True)
    doh.close()
    assert (found["lapsed.press"].reason, doh.asked, names.asked) == ("ok", [], [])


def test_resolver_that_makes_no_sense_changes_nothing(site: LoopbackSite) -> None:
    """A wrong label, and nobody at all."""
    doh = Resolver(*SEDO, media_type="text/html")
    assert checked(site, None, ["lapsed.press"], doh=doh.url)["lapsed.press"].reason == "ok"
    doh.close()
    assert checked(site, None, ["lapsed.press"], doh="http://127.0.0.1:9/dns-query")["lapsed.press"].reason == "ok"


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def system_dns(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackDns]:
    """The system's nameserver: a parking service has lapsed.press, and a registrar's default names all else."""

    def answer(query: bytes, _: bool) -> bytes:
        name = dns.message.from_wire(query).question[0].name.to_text()
        return told(query, *(SEDO if name == "lapsed.press." else REGISTRAR))

    server = LoopbackDns(answer)
    monkeypatch.setattr(dns.resolver, "default_resolver", server.resolver())
    yield server
    server.close()


def test_command_asks_dns(
    site: LoopbackSite, system_dns: LoopbackDns, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``check`` without a proxy asks the system's nameservers, and says which one told."""
    monkeypatch.setattr(resolver, "system_lookup", lambda _: ["127.0.0.1"])
    port = site.url.rpartition(":")[2]
    lapsed, small, living = (f"http://{host}:{port}/" for host in ("lapsed.press", "bakery.press", "living.press"))
    done = run_here(("check", lapsed, small, living, "--allow-private", "-f", "json", "--no-progress"), home, {})
    assert done.verdicts == {lapsed: "usurped/parking-page", small: "alive/ok", living: "alive/ok"}
    assert "ns1.sedoparking.com" in done.report["citations"][0]["message"]
    assert done.code == 1
    assert sorted(system_dns.asked) == [("bakery.press", False), ("lapsed.press", False)]


def _sedo_told_by_resolver(world: World) -> list[str]:
    """Have resolver.press say of every name that Sedo serves it; what it is asked comes into the list."""
    asked: list[str] = []

    def resolve(request: Request) -> Response:
        name, message = dns_message(request.url, *SEDO)
        asked.append(name)
        return Response(200, (("Content-Type", "application/dns-message"),), message)

    world.handler("resolver.press", resolve)
    return asked


def test_command_asks_nobody_through_a_proxy(
    check: Run, world: World, system_dns: LoopbackDns, home: Path
) -> None:  # fmt: skip
    """Behind a proxy no question leaves, and --offline asks neither the source nor DNS."""
    url = "https://lapsed.press/"
    world.page(url, HOLLOW.format(host="lapsed.press"))
    assert check(url, "-f", "json").verdicts == {url: "alive/ok"}
    write_register(home, f"  - id: a\n    url: {url}\n", "settings: {services: []}\n")
    assert check("--offline", "-f", "json").verdicts == {url: "unchecked/offline"}
    assert not system_dns.asked


def test_command_asks_the_resolver_through_a_proxy(
    check: Run, world: World, system_dns: LoopbackDns, home: Path
) -> None:  # fmt: skip
    """With ``doh`` the question goes to that resolver as any request does; private sources stay out of it."""
    asked = _sedo_told_by_resolver(world)
    urls = ["https://www.lapsed.press/", "https://secret.press/"]
    for url in urls:
        world.page(url, HOLLOW.format(host=url.split("/")[2]))
    entries = f"  - id: a\n    url: {urls[0]}\n  - id: b\n    url: {urls[1]}\n    private: true\n"
    write_register(home, entries, "settings: {services: [doh], doh: 'https://resolver.press/dns-query'}\n")
    assert check("-f", "json").verdicts == {urls[0]: "usurped/parking-page", urls[1]: "alive/ok"}
    assert (asked, system_dns.asked) == (["lapsed.press"], [])


def test_page_that_is_known_from_its_copy_is_not_asked_about(check: Run, world: World, home: Path) -> None:
    """A small page that bears its captured title is what was captured; one that lost it is doubted."""
    asked = _sedo_told_by_resolver(world)
    url = "https://kade.press/"
    small = "<!doctype html><title>Kade {0}</title><p>De kade is dicht tot maandag, wegens werk aan de {0}.</p>"
    world.page(url, small.format("sluisdeur"))
    entry = f"  - id: a\n    url: {url}\n"
    write_register(home, entry)
    check()  # sets the environment of the sandbox
    assert main(["archive", "--to", "local", "--no-progress"]) == 0
    write_register(home, entry, "settings: {services: [doh], doh: 'https://resolver.press/dns-query'}\n")
    world.page(url, small.format("sluisdeur") + "<p>Omloop via de brug.</p>")
    assert check("-f", "json", "--no-record").verdicts[url].startswith("alive/")
    assert not asked
    world.page(url, HOLLOW.format(host="Welkom"))
    assert check("-f", "json", "--no-record").verdicts == {url: "alive/ok"}  # its host knows what it has not
    assert not asked
    world.handler("kade.press", lambda _: Response.html(HOLLOW.format(host="Welkom")))
    assert check("-f", "json", "--no-record").verdicts == {url: "usurped/parking-page"}
    assert asked == ["kade.press"]
