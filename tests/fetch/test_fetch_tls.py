"""Certificates that do not verify: which fault it is, and that nothing secret is sent past it."""

from __future__ import annotations

import os
import socket
import ssl
import threading
import warnings

import pytest

from citekeeper.model import FailureKind, TlsFaultKind

from .conftest import page, redirect


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"begins": -9, "ends": -2}, TlsFaultKind.EXPIRED),
        ({"begins": 2, "ends": 5}, TlsFaultKind.NOT_YET_VALID),
        ({"host": "other.example"}, TlsFaultKind.WRONG_HOST),
        ({"self_signed": True}, TlsFaultKind.SELF_SIGNED),
    ],
)
def test_certificate_faults(serve, get, ca_network, trusted, tmp_path, options, kind):
    """The fault is named, the page fetched once more for the verdict, and credentials stay at home."""
    server = serve(page(), trusted.context(tmp_path, **options))
    exchange = get(server.url().replace("127.0.0.1", "u:p@127.0.0.1"), ca_network)
    assert exchange.tls_fault.kind is kind, exchange
    assert (exchange.status, exchange.failure, exchange.attempts) == (200, None, 2)
    assert len(server.heads) == 1
    assert b"Authorization" not in server.heads[0]


def test_untrusted_issuer_is_named(serve, get, ca_network, unknown, tmp_path):
    """An issuer that the bundle does not hold is named."""
    fault = get(serve(page(), unknown.context(tmp_path)).url(), ca_network).tls_fault
    assert (fault.kind, fault.issuer) == (TlsFaultKind.UNTRUSTED_ISSUER, "Russian Trusted Root CA")
    assert "Russian Trusted Root CA" in fault.message


def test_host_ca_is_trusted_for_its_host(serve, get, ca_network, trusted, unknown, tmp_path):
    """A PEM file given for a host is trusted there, and the usual bundle still is."""
    own = tmp_path / "own.pem"
    own.write_bytes(unknown.pem)
    options = {"host_ca": {"127.0.0.1": str(own)}}
    assert get(serve(page(), unknown.context(tmp_path)).url(), ca_network, **options).tls_fault is None
    assert get(serve(page(), trusted.context(tmp_path)).url(), ca_network, **options).tls_fault is None


def test_unverified_page_is_not_retried(serve, get, ca_network, unknown, tmp_path):
    """A server error behind a bad certificate is taken as it is."""
    server = serve(page(b"", "503 No"), unknown.context(tmp_path))
    exchange = get(server.url(), ca_network)
    assert (exchange.status, len(server.heads)) == (503, 1)


def test_verbatim_hops_record_the_connection(serve, get, ca_network, trusted, tmp_path):
    """Chain, version and cipher are there for every hop of a capture, also on a reused connection."""
    server = serve([redirect("/2"), page()], trusted.context(tmp_path))
    hops = get(server.url(), ca_network, verbatim=True).hops
    assert server.connections == 1
    for hop in hops:
        assert len(hop.tls.chain) == 2
        assert (hop.tls.version, hop.tls.verify_result) == ("TLSv1.3", 0)
        assert hop.tls.cipher.startswith("TLS_")


def test_capture_after_a_plain_check_has_its_chain(serve, ca_network, trusted, tmp_path):
    """A capture does not reuse a plain check's connection, whose certificates were not recorded."""
    from citekeeper.fetch import Engine, EngineConfig
    from citekeeper.model import FetchRequest

    server = serve(page(), trusted.context(tmp_path))
    with Engine(EngineConfig(allow_private=True), ca_network) as engine:
        assert engine.fetch(FetchRequest(server.url())).last.tls is None
        assert len(engine.fetch(FetchRequest(server.url(), verbatim=True)).last.tls.chain) == 2


def test_obsolete_tls_gets_one_labelled_retry(serve, get, ca_network, trusted, tmp_path):
    """A server with TLS 1.0 alone is read by a labelled retry, and called obsolete."""
    context = trusted.context(tmp_path)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1
    exchange = get(serve(page(), context).url(), ca_network)
    assert (exchange.status, exchange.tls_fault.kind) == (200, TlsFaultKind.OBSOLETE), exchange


def test_no_tls_at_all_is_a_handshake_failure(get, ca_network):
    """A plain HTTP server on an https: address is a TLS failure."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            for _ in range(2):
                connection, _ = listener.accept()
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.close()

        threading.Thread(target=answer, daemon=True).start()
        exchange = get(f"https://127.0.0.1:{listener.getsockname()[1]}/", ca_network, retries=0)
    assert exchange.failure.kind is FailureKind.TLS_HANDSHAKE
    assert exchange.tls_fault is None


def test_page_without_a_goodbye_is_whole(serve, get, ca_network, trusted, tmp_path):
    """Old servers end a page by closing TCP under TLS: without a length that is the end, with one it broke off."""

    def closing(data):
        def handler(connection, _head, _count):
            connection.sendall(data)
            with socket.socket(fileno=os.dup(connection.fileno())) as raw:
                raw.shutdown(socket.SHUT_RDWR)

        return handler

    context = trusted.context(tmp_path)
    exchange = get(serve(closing(b"HTTP/1.1 200 OK\r\n\r\nwords"), context).url(), ca_network)
    assert (exchange.status, exchange.last.body, exchange.failure, exchange.attempts) == (200, b"words", None, 1)
    assert exchange.last.truncated == "disconnect"
    short = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nwords"
    exchange = get(serve(closing(short), context).url(), ca_network, retries=0)
    assert exchange.failure.kind in (FailureKind.RESET, FailureKind.TRUNCATED)
    exchange = get(serve(closing(b"HTTP/1.1 200 OK\r\n\r\n"), context).url(), ca_network, retries=0)
    assert exchange.failure is not None


def test_fault_names_the_host_that_has_it(serve, get, ca_network, trusted, unknown, tmp_path):
    """A chain that goes on from a bad certificate to a good one leaves the fault where it was."""
    good = serve(page(), trusted.context(tmp_path, host="localhost"))
    server = serve(redirect(good.url(host="localhost")), unknown.context(tmp_path))
    exchange = get(server.url(), ca_network, lookup=lambda _: ["127.0.0.1"])
    assert (exchange.status, exchange.tls_fault.host) == (200, "127.0.0.1")


def test_silent_handshake_is_no_refused_connection(get, ca_network):
    """Who takes the connection and says nothing to TLS is slow, and not out of reach."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        exchange = get(f"https://127.0.0.1:{listener.getsockname()[1]}/", ca_network, timeout=1.0, retries=0)
    assert exchange.failure.kind is FailureKind.TIMEOUT
    assert "TLS" in exchange.failure.message
