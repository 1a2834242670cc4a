"""Names, addresses, proxies and lanes: who is asked, how fast, and who is never asked."""

from __future__ import annotations

import itertools
import os
import random
import select
import signal
import socket
import threading
import time

import pytest

from citekeeper.clock import SystemClock
from citekeeper.fetch import Engine, EngineConfig
from citekeeper.fetch.resolver import Resolver, system_lookup
from citekeeper.model import FailureKind, FetchRequest
from citekeeper.network import Network

from .conftest import page, redirect


def _no_such_name(*_args):
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _names(**known):
    def lookup(host):
        if host not in known:
            _no_such_name()
        return known[host]

    return lookup


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nxdomain_needs_a_resolver_that_works(get):
    """A missing name is NXDOMAIN only where another name answers; else the resolver is in doubt."""
    works = _names(**{"example.com": ["192.0.2.1"]})
    exchange = get("http://dead.test/", lookup=works)
    assert (exchange.failure.kind, exchange.attempts) == (FailureKind.DNS_NXDOMAIN, 1)
    exchange = get("http://dead.test/", lookup=_no_such_name, retries=1)
    assert (exchange.failure.kind, exchange.attempts) == (FailureKind.DNS_FAILURE, 2)


def test_flickering_nxdomain_is_not_believed(serve, get):
    """A name that is "not found" once and found when asked again is alive."""
    server = serve(page())
    answers = itertools.count()

    def lookup(host):
        if host == "living.test" and next(answers) == 0:
            _no_such_name()
        return ["127.0.0.1"]

    assert get(server.url(host="living.test"), lookup=lookup).status == 200


@pytest.mark.parametrize(
    ("host", "canonical", "asked", "found"),
    [
        ("www.example.com", "www.example.com", 1, True),
        ("www.example.com", "www.example.com.edge.test", 2, True),
        ("gone.example.com", "gone.example.com.corp.test", 2, False),
        ("wiki", "wiki.corp.test", 1, True),
        ("wiki.internal", "wiki.internal.corp.test", 1, True),
    ],
)
def test_search_domain_of_this_machine_revives_no_name(monkeypatch, host, canonical, asked, found):
    """A wildcard below a search domain answers for any name: one of the public web is asked for as it stands then."""
    names = []

    def getaddrinfo(name, *_args, **_options):
        names.append(name)
        if name == b"gone.example.com.":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, canonical, ("192.0.2.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    if found:
        assert system_lookup(host) == ["192.0.2.1"]
    else:
        with pytest.raises(socket.gaierror):
            system_lookup(host)
    assert len(names) == asked


def test_moment_failures_are_retried(serve, get):
    """EAI_AGAIN is a failure of the moment: asked again, never NXDOMAIN."""
    server = serve(page())
    calls = itertools.count()

    def lookup(_host):
        if next(calls) == 0:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return ["127.0.0.1"]

    exchange = get(server.url(host="living.test"), lookup=lookup)
    assert (exchange.status, exchange.attempts) == (200, 2)
    assert exchange.last.resolved == ("127.0.0.1",)


def test_living_host_behind_200_dead_names(serve):
    """A living host does not wait for dead names that were asked for before it."""
    server = serve(page())
    release = threading.Event()

    def lookup(host):
        if host == "living.test":
            return ["127.0.0.1"]
        release.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    urls = [f"http://dead{i}.test/" for i in range(200)] + [server.url(host="living.test")]
    config = EngineConfig(allow_private=True, retries=0, jobs=16)
    began = time.monotonic()
    with Engine(config, Network(), lookup=lookup) as engine:
        stream = engine.stream(FetchRequest(url) for url in urls)
        first = next(stream)
        assert first.status == 200
        assert time.monotonic() - began < 3
        release.set()
        assert {x.failure.kind for x in stream} == {FailureKind.DNS_FAILURE}


def test_few_threads_are_enough(monkeypatch):
    """Where the system gives no more threads, those there are look all names up."""

    class Scarce(threading.Thread):
        begun = 0

        def start(self):
            if Scarce.begun == 2:
                raise RuntimeError("can't start new thread")
            Scarce.begun += 1
            super().start()

    monkeypatch.setattr("citekeeper.fetch.resolver.threading.Thread", Scarce)
    resolver = Resolver(SystemClock(), lambda _host: time.sleep(0.01) or ["192.0.2.1"])
    names = {f"h{number}.test" for number in range(20)}
    for name in names:
        resolver.ask(name)
    found = set()
    until = time.monotonic() + 10
    while found != names and time.monotonic() < until:
        select.select([resolver.wake_fd], [], [], 1)
        found.update(resolver.collect())
    resolver.close()
    assert found == names
    assert Scarce.begun == 2


def test_silent_resolver_is_waited_for_once(serve):
    """Where no name answers, all missing ones share one wait; neither living hosts nor the end of the run wait too."""
    server = serve(page())
    controls = []
    release = threading.Event()

    def lookup(host):
        if host == "living.test":
            return ["127.0.0.1"]
        if host.endswith(".test"):
            _no_such_name()
        controls.append(host)
        release.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    urls = [f"http://dead{i}.test/" for i in range(100)] + [server.url(host="living.test")]
    config = EngineConfig(allow_private=True, retries=0, jobs=16)
    began = time.monotonic()
    with Engine(config, Network(), lookup=lookup) as engine:
        stream = engine.stream(FetchRequest(url) for url in urls)
        assert next(stream).status == 200
        assert time.monotonic() - began < 3
        release.set()
        assert {x.failure.kind for x in stream} == {FailureKind.DNS_FAILURE}
        assert len(controls) == 2
        release.clear()
        stream = engine.stream([FetchRequest("http://other.test/"), FetchRequest(server.url(host="living.test"))])
        time.sleep(2.1)  # what was found out about the resolver is too old by now
        assert next(stream).status == 200
        ended = time.monotonic()
    assert time.monotonic() - ended < 3
    release.set()


# ── guard ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/", "http://[::1]:1/", "http://0x7f.1/", "http://2130706433/", "http://169.254.169.254/x",
     "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/", "http://100.64.0.1/", "http://192.168.1.1/", "http://[fd00::1]/"],
)  # fmt: skip
def test_private_literals_are_refused(get, url):
    """Private addresses in any spelling are refused before a connection is made, through a proxy too."""
    for network in (Network(), Network(http_proxy="http://127.0.0.1:9")):
        assert get(url, network, allow_private=False).failure.kind is FailureKind.PRIVATE_ADDRESS


def test_private_after_dns(serve, get):
    """A name that leads to a private address is refused."""
    server = serve(page())
    exchange = get(server.url(host="inside.test"), allow_private=False, lookup=lambda h: ["127.0.0.1"])
    assert exchange.failure.kind is FailureKind.PRIVATE_ADDRESS
    assert "127.0.0.1" in exchange.failure.message
    assert server.connections == 0


def test_connected_address_is_checked():
    """Even a socket that libcurl opens by itself may not lead to a private address."""
    import pycurl

    from citekeeper.fetch.transfer import Route, Transfer

    transfer = Transfer(EngineConfig(), {})
    transfer._take(Route(https=False))
    transfer.curl.setopt(pycurl.URL, "http://127.0.0.1:9/")
    with pytest.raises(pycurl.error):
        transfer.curl.perform()
    assert transfer._refused == "127.0.0.1"
    transfer.close()


# ── proxies ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _forward(connection, head, _count):
    """A forward proxy: any http: host is answered by itself, CONNECT to names with "refused" is a 502."""
    target = head.split()[1]
    if not head.startswith(b"CONNECT"):
        connection.sendall(page(b"via " + target))
    elif b"refused" in target:
        connection.sendall(b"HTTP/1.1 502 Unknown host\r\nContent-Length: 3\r\n\r\nno!")
    else:
        port = int(target.rpartition(b":")[2])
        with socket.create_connection(("127.0.0.1", port)) as upstream:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n")
            forth = threading.Thread(target=_pipe, args=(connection, upstream), daemon=True)
            forth.start()
            _pipe(upstream, connection)


def _pipe(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        return


def test_http_through_a_proxy_needs_no_dns(serve, get):
    """Through a proxy no name is looked up, and no peer address is claimed."""
    proxy = serve(_forward)
    exchange = get("http://any.test/x", Network(http_proxy=proxy.url()), lookup=_no_such_name, allow_private=False)
    assert exchange.last.body == b"via http://any.test/x"
    assert (exchange.last.peer, exchange.last.via_proxy) == (None, True)


def test_https_through_a_proxy_hides_the_connect_head(serve, get, ca_network, trusted, tmp_path):
    """The CONNECT heads are in neither head of the hop, and the proxy's credentials nowhere."""
    proxy, server = serve(_forward), serve(page(), trusted.context(tmp_path, host="safe.test"))
    address = proxy.url().replace("//", "//me:secret@")
    network = Network(https_proxy=address, ca_bundle=ca_network.ca_bundle)
    hop = get(server.url("/x", host="safe.test"), network, verbatim=True).last
    assert hop.response_head.startswith(b"HTTP/1.1 200 OK")
    assert hop.request_head.startswith(b"GET /x HTTP/1.1")
    assert b"Via" not in hop.response_head
    assert hop.informational_heads == ()
    assert b"Proxy-Authorization: Basic" in proxy.heads[0]
    assert len(hop.tls.chain) == 2


def test_proxy_failures_are_not_the_sources(serve, get):
    """A refused CONNECT and a dead proxy are the proxy's failures."""
    proxy = serve(_forward)
    exchange = get("https://refused.test/", Network(https_proxy=proxy.url()), retries=0)
    assert exchange.failure.kind is FailureKind.PROXY_REFUSED
    assert "502" in exchange.failure.message
    assert exchange.hops == ()
    proxy.close()
    for scheme in ("http", "https"):
        dead = Network(http_proxy=proxy.url(), https_proxy=proxy.url())
        assert get(f"{scheme}://x.test/", dead, retries=0).failure.kind is FailureKind.PROXY_UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(b"HTTP/1.1 \0\r\n\r\n", FailureKind.PROXY_REFUSED), (None, FailureKind.CONNECT_TIMEOUT)],
)
def test_proxy_that_speaks_no_http_says_nothing_of_the_source(serve, get, answer, kind):
    """Nonsense and silence in answer to a CONNECT are not the source's doing."""
    proxy = serve(lambda c, _head, _: c.sendall(answer) if answer else time.sleep(2))
    failure = get("https://x.test/", Network(https_proxy=proxy.url()), retries=0, timeout=1.0).failure
    assert failure.kind is kind, failure
    assert "proxy" in failure.message


def test_password_of_the_proxy_is_in_no_message(serve, get):
    """Whatever becomes of the way through a proxy, its password is not told."""
    proxy = serve(page(b"", "407 Who are you"))
    for address in (
        proxy.url().replace("127", "bob:s3cr3t@127"),
        "http://bob:s3cr3t@127.0.0.1:99999",
        "http://b:s3/cr3t@x:1",
    ):
        exchange = get("https://x.test/", Network(https_proxy=address), retries=0)
        assert exchange.failure is not None
        assert "3t@" not in exchange.failure.message


def test_environment_is_not_read(serve, get, monkeypatch):
    """A proxy in the environment is not used where the Network names none."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert get(serve(page()).url()).status == 200


# ── lanes and streams ───────────────────────────────────────────────────────────────────────────────────────────────


def _stream(urls, **options):
    settings = {"allow_private": True, "backoff": 0.01, "timeout": 5.0, **options}
    with Engine(EngineConfig(**settings), Network(), rng=random.Random(1)) as engine:
        return list(engine.stream(FetchRequest(url, key=str(i)) for i, url in enumerate(urls)))


def test_every_request_gives_one_exchange(serve):
    """Good and bad, each request comes back exactly once, with its key."""
    server = serve(
        lambda c, h, n: c.sendall(redirect("/end") if b"/r" in h else page(b"", "404 No" if n % 3 else "200 OK"))
    )
    urls = [server.url(f"/{'r' if i % 5 == 0 else 'p'}{i}") for i in range(200)] + ["nonsense", "http://127.0.0.1:1/"]
    found = _stream(urls, retries=0)
    assert sorted(int(x.key) for x in found) == list(range(202))


def test_per_host_limit_and_reuse(serve):
    """At most per_host connections to one host, each used again and again."""
    active, most = [0], [0]
    lock = threading.Lock()

    def handler(connection, _head, _count):
        with lock:
            active[0] += 1
            most[0] = max(most[0], active[0])
        time.sleep(0.01)
        with lock:
            active[0] -= 1
        connection.sendall(page())

    server = serve(handler)
    assert all(x.status == 200 for x in _stream([server.url(f"/{i}") for i in range(60)], per_host=3))
    assert most[0] == 3
    assert server.connections == 3


def test_sulking_host_holds_nobody(serve):
    """Hosts that are silent hold their own lane only."""
    quick = serve(page())
    sulking = socket.create_server(("127.0.0.9", 0), backlog=64)  # takes connections and says nothing
    urls = [f"http://127.0.0.9:{sulking.getsockname()[1]}/{i}" for i in range(20)]
    urls += [quick.url(f"/{i}") for i in range(50)]
    began = time.monotonic()
    with Engine(EngineConfig(allow_private=True, jobs=8), Network()) as engine:
        stream = engine.stream(FetchRequest(url) for url in urls)
        for exchange in itertools.islice(stream, 50):
            assert exchange.status == 200
        assert time.monotonic() - began < 2
        stream.close()
    sulking.close()


def test_late_server_errors_are_not_retried_for_ever(serve):
    """A host whose server errors come late is retried as long as a silent one, not for each of its URLs anew."""

    def sulk(connection, _head, _count):
        time.sleep(0.25)
        connection.sendall(page(b"", "503 Service Unavailable"))

    server = serve(sulk)
    requests = [FetchRequest(server.url(f"/{n}")) for n in range(6)]
    config = EngineConfig(allow_private=True, backoff=0.01, timeout=0.9, per_host=2)
    with Engine(config) as engine:
        assert [exchange.status for exchange in engine.stream(requests)] == [503] * 6
    assert len(server.heads) <= 6 + config.retries + config.per_host


def test_source_is_read_lazily(serve):
    """An endless source is read a bounded way ahead."""
    server = serve(page())
    read = itertools.count()
    source = (FetchRequest(server.url(f"/{next(read)}")) for _ in itertools.repeat(None))
    with Engine(EngineConfig(allow_private=True, look_ahead=50), Network()) as engine:
        stream = engine.stream(source)
        assert len(list(itertools.islice(stream, 20))) == 20
        stream.close()
    assert next(read) < 2000


def test_add_and_fetch_while_streaming(serve):
    """A consumer may add requests to the running stream, and fetch one between two exchanges."""
    server = serve(page())
    keys = []
    with Engine(EngineConfig(allow_private=True), Network()) as engine:
        for exchange in engine.stream([FetchRequest(server.url("/a"), "a"), FetchRequest(server.url("/b"), "b")]):
            keys.append(exchange.key)
            if exchange.key == "a":
                engine.add(FetchRequest(server.url("/c"), "c"))
                assert engine.fetch(FetchRequest(server.url("/d"), "d")).key == "d"
        with pytest.raises(RuntimeError):
            engine.add(FetchRequest(server.url()))
    assert sorted(keys) == ["a", "b", "c"]


def test_stalling_consumer_condemns_nobody(serve):
    """When the consumer keeps the loop waiting past the timeout, running transfers are begun again, not failed."""

    def handler(connection, _head, _count):
        time.sleep(0.3)
        connection.sendall(page())

    server, quick = serve(handler), serve(page())
    config = EngineConfig(allow_private=True, retries=0, total_timeout=1.0, timeout=1.0, connect_timeout=1.0)
    with Engine(config, Network()) as engine:
        stream = engine.stream([FetchRequest(quick.url()), *(FetchRequest(server.url(f"/{i}")) for i in range(3))])
        next(stream)
        time.sleep(1.6)
        assert [x.status for x in stream] == [200] * 3


def test_ctrl_c_closes_cleanly(serve):
    """Ctrl-C in the middle of a stream raises KeyboardInterrupt and leaves an engine that closes."""
    server = serve(lambda c, h, n: time.sleep(5))
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt), Engine(EngineConfig(allow_private=True), Network()) as engine:
        list(engine.stream([FetchRequest(server.url())]))
    timer.join()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_throttled_host_is_asked_more_slowly(serve):
    """After a 429 the whole lane waits and slows down, and every URL still gets its answer."""
    times = []

    def handler(connection, _head, count):
        times.append(time.monotonic())
        connection.sendall(page(b"", "429 Slow", "Retry-After: 1") if count == 1 else page())

    server = serve(handler)
    found = _stream([server.url(f"/{i}") for i in range(4)], per_host=1)
    assert [x.status for x in found] == [200] * 4
    assert times[1] - times[0] > 0.9


def test_host_that_sends_everyone_away_is_left_alone(serve):
    """A host that names a time beyond any patience for several addresses is not asked for its others; others are."""
    server = serve(page(b"", "429 Slow", "Retry-After: 3600"))
    other = serve(page(), address="127.0.0.2")
    urls = [server.url(f"/{i}") for i in range(40)] + [other.url(host="127.0.0.2")]
    began = time.monotonic()
    found = {exchange.url: exchange for exchange in _stream(urls, per_host=2)}
    assert time.monotonic() - began < 5
    assert len(found) == 41
    assert len(server.heads) <= 4
    spared = [x for x in found.values() if x.failure is not None]
    assert {x.failure.kind for x in spared} == {FailureKind.NOT_ASKED}
    assert len(spared) == 40 - len(server.heads)
    assert found[other.url(host="127.0.0.2")].status == 200


def test_address_that_is_limited_alone_holds_no_other(serve):
    """One address that asks for an hour does not keep its host's others from being asked at once."""
    server = serve(lambda c, head, _: c.sendall(
        page(b"", "429 Slow", "Retry-After: 3600") if head.startswith(b"GET /0 ") else page()))  # fmt: skip
    began = time.monotonic()
    found = _stream([server.url(f"/{i}") for i in range(12)], per_host=2)
    assert sorted(x.status for x in found) == [200] * 11 + [429]
    assert time.monotonic() - began < 8


def test_quota_that_is_said_to_be_spent_is_not_waited_for_while_pages_come(serve):
    """A server that counts down to zero and names a far reset, and answers all the same, costs nobody a minute."""
    server = serve(
        page(b"words", "200 OK", "X-RateLimit-Remaining: 0", f"X-RateLimit-Reset: {int(time.time()) + 3600}")
    )
    began = time.monotonic()
    assert [x.status for x in _stream([server.url(f"/{i}") for i in range(9)])] == [200] * 9
    assert time.monotonic() - began < 5


def test_host_that_stays_silent_is_given_up(serve, monkeypatch):
    """Of a port that answers nobody for long no further address is tried; the host's other port is another matter."""
    monkeypatch.setattr("citekeeper.fetch.lanes._SILENT_FOR", 1.0)
    silent, living = serve(lambda c, _head, _: time.sleep(3)), serve(page())
    urls = [silent.url(f"/{i}") for i in range(60)]
    began = time.monotonic()
    found = _stream([*urls, living.url()], timeout=0.5, retries=0)
    assert time.monotonic() - began < 6
    assert len(silent.heads) < 40
    by_url = {exchange.url: exchange for exchange in found}
    assert {by_url[url].failure.kind for url in urls} == {FailureKind.TIMEOUT}
    assert "not sent" in by_url[urls[-1]].failure.message
    assert by_url[living.url()].status == 200


@pytest.mark.parametrize("is_tls", [False, True])
def test_silence_on_a_connection_that_stood_already_is_no_refusal_to_connect(
    serve, ca_network, trusted, tmp_path, is_tls
):
    """The second page of a host comes over the first one's connection: where it fails to come, that was taken."""
    server = serve(
        lambda c, _head, count: c.sendall(page()) if count == 1 else time.sleep(3),
        trusted.context(tmp_path) if is_tls else None,
    )
    config = EngineConfig(allow_private=True, per_host=1, retries=0, timeout=1.0)
    with Engine(config, ca_network) as engine:
        first, second = engine.stream(FetchRequest(server.url(path)) for path in ("/1", "/2"))
    assert first.status == 200
    assert server.connections == 1
    assert second.failure.kind is FailureKind.TIMEOUT
    assert second.failure.message == "127.0.0.1 took the connection but did not answer in time."
