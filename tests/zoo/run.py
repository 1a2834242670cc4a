"""Run the zoo through the product's own Observer, over real sockets, and count the verdicts.

``python tests/zoo`` prints the confusion matrix, and runs lychee and linkchecker on the same zoo where they are
installed (``--rivals DIR`` names the ``bin`` directory of their environment).
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import base64
import contextlib
import random
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import dns.message

from citekeeper.clock import SystemClock
from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import Citation, Event, Verdict
from citekeeper.network import Network
from citekeeper.pipeline.observe import Observer
from citekeeper.sandbox import Request, Response, Sandbox, World
from citekeeper.settings import Settings
from citekeeper.urls import host_of, registrable_domain
from loopback_dns import told

from .scenario import ERRORS, OKAYS, Scenario, Truth

# Few at once: the stage makes a certificate for every host, in this process, and a handshake that waits for a hundred of
# them would run out of these short times.
CONFIG = EngineConfig(
    jobs=32, timeout=3.0, connect_timeout=3.0, total_timeout=6.0, retries=3, backoff=0.02, max_wait=2.5, per_host=8,
    min_rate=64,
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What citekeeper said of one scenario."""

    scenario: Scenario
    verdict: Verdict

    @property
    def said(self) -> str:
        """``verdict/reason``."""
        return f"{self.verdict.kind}/{self.verdict.reason}"

    @property
    def column(self) -> str:
        """ok, warning or error."""
        if self.verdict.kind in ERRORS:
            return "error"
        return "ok" if self.verdict.kind in OKAYS else "warning"

    @property
    def as_expected(self) -> bool:
        """Whether the verdict (and the reason, where one is wanted) is among the acceptable ones."""
        return any(self.said == wanted or self.verdict.kind == wanted for wanted in self.scenario.expect)


class _Remembered:
    """A memory of earlier runs that holds the validators which scenarios name, and forgets what it is told."""

    keeps_every_check = False

    def __init__(self, scenarios: Iterable[Scenario]) -> None:
        self._etags = {one.name: (one.etag, one.url) for one in scenarios if one.etag}

    def events(self, citation: Citation) -> Sequence[Event]:
        """One alive check, where an ETag is remembered."""
        if citation.id not in self._etags:
            return ()
        etag, url = self._etags[citation.id]
        fields = {"verdict": "alive", "reason": "ok", "message": "It answers.", "etag": etag, "final_url": url}
        return (Event("1", datetime(2026, 1, 1, tzinfo=UTC), "check", "local", fields),)

    def append(self, citation: Citation, *events: Event) -> None:
        """Nothing is kept."""

    def settle(self) -> None:
        """Nothing is awaited."""


def stage(scenarios: Iterable[Scenario]) -> World:
    """One world that holds all of them."""
    world = World()
    for scenario in scenarios:
        if scenario.stage is not None:
            scenario.stage(world, scenario.url)
    return world


def observe(
    scenarios: Iterable[Scenario], *, thorough: bool = True, served_by: Sequence[str] | None = None
) -> list[Outcome]:
    """What citekeeper says of each, through the sandbox's proxy, with a resolver behind it.

    Args:
        scenarios: the animals.
        thorough: False: as in a long list.
        served_by: nameservers of all names, whatever the scenarios say.
    """
    animals = list(scenarios)
    world = stage(animals)
    world.handler(host_of(_RESOLVER), _resolver(animals, served_by))
    with Sandbox(world) as sandbox:
        network = Network.from_environ(sandbox.environ)
        with Engine(CONFIG, network, SystemClock(), random.Random(7)) as engine:
            return _ask(animals, engine, thorough=thorough, doh=_RESOLVER)


_RESOLVER = "https://resolver.example/dns-query"
_REGISTRAR = ("dns1.registrar-servers.com", "dns2.registrar-servers.com")


def _resolver(scenarios: Iterable[Scenario], served_by: Sequence[str] | None) -> Callable[[Request], Response]:
    """A DNS-over-HTTPS resolver that knows who serves the scenarios' names."""
    known = {registrable_domain(host_of(one.url)): one.nameservers for one in scenarios if one.nameservers is not None}

    def answer(request: Request) -> Response:
        encoded = request.url.partition("dns=")[2]
        query = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        name = dns.message.from_wire(query).question[0].name.to_text(omit_final_dot=True)
        nameservers = served_by if served_by is not None else known.get(name, _REGISTRAR)
        return Response(200, (("Content-Type", "application/dns-message"),), told(query, *nameservers))

    return answer


def _ask(scenarios: list[Scenario], engine: Engine, *, thorough: bool = True, doh: str | None = None) -> list[Outcome]:
    settings = Settings(vantage="local", doh=doh)
    memory = _Remembered(scenarios)
    asker = Observer(
        engine, settings, SystemClock(), random.Random(7), conditional=True, memory=memory, thorough=thorough
    )
    said = {work.citation.id: work.verdict for work in asker.observe(one.citation for one in scenarios) if work.verdict}
    return [Outcome(one, said[one.name]) for one in scenarios]


# ── what a proxy cannot show: names and connections ─────────────────────────────────────────────────────────────────

_PAGE = (
    b"<html><head><title>Direct</title></head><body>" + b"<p>A page with something to say.</p>" * 30 + b"</body></html>"
)
_LIVING = "living.press"


def direct() -> list[Outcome]:
    """Scenarios without a proxy: a lookup says what DNS answers, and a small server stands on loopback."""
    with _server() as port, _closed_port() as closed, _mute_port() as mute:
        hosts = {_LIVING: port, "moved-away.press": port}

        def lookup(host: str) -> list[str]:
            if host in hosts or host.endswith(".local.press"):
                return ["127.0.0.1"]
            if host.startswith("resolver-fails"):
                raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
            if (
                host.endswith((".press", ".onion", ".local", ".localhost"))
                or "." not in host
                or host in ("www.rt.com", "meduza.io")
            ):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return ["192.0.2.1"]  # any other name exists, so that “no such name” is believed

        animals = [
            Scenario("direct-living", Truth.LIVING, f"http://{_LIVING}:{port}/a", None, ("alive/ok",)),
            Scenario("nxdomain", Truth.DEAD, "https://no-such-harbour.press/a", None, ("gone/dns-nxdomain",)),
            Scenario("nxdomain-front", Truth.DEAD, "http://no-such-harbour2.press/", None, ("gone/dns-nxdomain",)),
            Scenario(
                "redirect-to-nxdomain", Truth.DEAD, f"http://moved-away.press:{port}/away", None,
                ("gone/redirect-to-nxdomain",),
            ),
            Scenario("onion-name", Truth.TROUBLED, "http://harbour2expertbqzd.onion/a", None, ("unchecked/overlay-network",)),
            Scenario("mdns-name", Truth.TROUBLED, "http://printer.local/a", None, ("unchecked/private-address",)),
            Scenario("intranet-name", Truth.TROUBLED, "http://intranet/a", None, ("unchecked/private-address",)),
            Scenario("localhost-name", Truth.TROUBLED, "http://app.localhost:3000/a", None, ("unchecked/private-address",)),
            Scenario("dns-block-rt", Truth.BARRED, "https://www.rt.com/news/1", None, ("blocked/dns-block",)),
            Scenario("dns-block-meduza", Truth.BARRED, "https://meduza.io/news/1", None, ("blocked/dns-block",)),
            Scenario("resolver-fails", Truth.TROUBLED, "https://resolver-fails.press/", None, ("unreachable/dns-failure",)),
            Scenario(
                "connect-refused", Truth.TROUBLED, f"http://refused.local.press:{closed}/", None,
                ("unreachable/connect-refused",),
            ),
            Scenario("connect-mute", Truth.TROUBLED, f"http://mute.local.press:{mute}/", None, ("unreachable/timeout",)),
        ]  # fmt: skip
        config = replace(CONFIG, allow_private=True)
        with Engine(config, Network(), SystemClock(), random.Random(7), lookup=lookup) as engine:
            outcomes = _ask(animals, engine)
        private = [
            Scenario(
                "private-address", Truth.TROUBLED, f"http://{_LIVING}:{port}/a", None, ("unchecked/private-address",)
            )
        ]
        with Engine(CONFIG, Network(), SystemClock(), random.Random(7), lookup=lookup) as engine:
            return outcomes + _ask(private, engine)


@contextlib.contextmanager
def _server() -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    def serve(connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(5)
            head = b""
            while b"\r\n\r\n" not in head:
                data = connection.recv(4096)
                if not data:
                    return
                head += data
            if b"GET /away" in head:
                connection.sendall(
                    b"HTTP/1.1 301 Moved\r\nLocation: https://no-such-harbour3.press/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
            elif b"GET /a " not in head:
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                    % (len(_PAGE), _PAGE)
                )

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


@contextlib.contextmanager
def _closed_port() -> Iterator[int]:
    with socket.socket() as bound:  # bound but not listening: nobody else can take it, and it refuses
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


@contextlib.contextmanager
def _mute_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:  # takes connections and never says a word
        yield listener.getsockname()[1]


# ── counting ────────────────────────────────────────────────────────────────────────────────────────────────────────


def matrix(outcomes: Iterable[Outcome]) -> dict[Truth, dict[str, int]]:
    """How many of each truth were called ok, warning and error."""
    table = {truth: {"ok": 0, "warning": 0, "error": 0} for truth in Truth}
    for outcome in outcomes:
        table[outcome.scenario.truth][outcome.column] += 1
    return table


def false_deaths(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Sources that are not dead, and were called an error."""
    return [one for one in outcomes if one.scenario.truth is not Truth.DEAD and one.column == "error"]


def false_lives(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Dead sources that were called alive or moved."""
    return [one for one in outcomes if one.scenario.truth is Truth.DEAD and one.column == "ok"]


def rendered(outcomes: list[Outcome]) -> str:
    """The confusion matrix as text."""
    lines = [f"{'truth':<10}{'ok':>8}{'warning':>9}{'error':>8}{'all':>7}"]
    for truth, row in matrix(outcomes).items():
        cells = f"{row['ok']:>8}{row['warning']:>9}{row['error']:>8}{sum(row.values()):>7}"
        lines.append(f"{truth.value:<10}{cells}")
    dead = sum(one.scenario.truth is Truth.DEAD for one in outcomes) or 1
    lines.append(f"not dead, yet called an error: {len(false_deaths(outcomes))}")
    lines.append(
        f"dead, yet called alive: {len(false_lives(outcomes))} ({100 * len(false_lives(outcomes)) / dead:.1f} %)"
    )
    lines.append(f"verdict or reason other than expected: {sum(not one.as_expected for one in outcomes)}")
    return "\n".join(lines)


__all__ = ["CONFIG", "Outcome", "direct", "false_deaths", "false_lives", "matrix", "observe", "rendered"]
