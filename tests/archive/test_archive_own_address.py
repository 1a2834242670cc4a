"""The reader's network address: withheld from headers, marked where a page repeats it, written nowhere by us."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from citekeeper.archive.own_address import echoes, learned
from citekeeper.model import Exchange

from .support import HTML, archive, exchange, hop, seal

OWN, OWN_6 = "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"
URL = "https://news.example/story"


def _head(*lines: str) -> bytes:
    return HTML.replace(b"\r\n\r\n", "".join(f"\r\n{line}" for line in lines).encode() + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        (exchange(hop(URL, HTML, f"<p>You come from {OWN}.".encode(), local=OWN)), [("body", "connection")]),
        (exchange(hop(URL, HTML, f"<p>{OWN_6.upper()}".encode(), local=OWN_6)), [("body", "connection")]),
        (exchange(hop(URL, _head(f"X-Client-IP: {OWN}"), f"<p>{OWN}".encode())), [("body", "header")]),
        (exchange(hop(URL, _head(f'Forwarded: for="[{OWN_6}]"'), f"<p>{OWN_6}".encode())), [("body", "header")]),
        (exchange(hop(URL, _head(f"X-Cache-Key: {OWN}/nl"), b"<p>x", local=OWN)), [("head", "connection")]),
        (exchange(hop(f"{URL}?ip={OWN}", HTML, b"<p>x", local=OWN)), [("url", "connection")]),
        (
            exchange(hop(URL, _head("Content-Encoding: gzip"), gzip.compress(OWN.encode()), local=OWN)),
            [("body", "connection")],
        ),
        (exchange(hop(URL, HTML, f'<p>Your IP: <b id="cf-footer-ip">{OWN}</b>'.encode())), [("body", "label")]),
        (exchange(hop(URL, HTML, f'<script>var x={{"clientIp":"{OWN}"}}'.encode())), [("body", "label")]),
        (exchange(hop(URL, HTML, f"<p>Ваш IP-адрес: {OWN}".encode("cp1251"))), [("body", "label")]),
        # what is no echo
        (exchange(hop(URL, _head(f"X-Client-IP: {OWN}"), b"<p>no address")), []),
        (exchange(hop(URL, HTML, f"<p>1{OWN} and {OWN}5".encode(), local=OWN)), []),
        (exchange(hop(URL, HTML, f"<p>The server {OWN} was shut down.".encode())), []),
        (exchange(hop(URL, HTML, b"<p>Your IP: 192.168.1.7, your IP version 1.2.3.400", local="192.168.1.7")), []),
    ],
)
def test_what_repeats_the_address(main: Exchange, expected: list[tuple[str, str]]) -> None:
    """The place and the way it is known are told; the address is not."""
    found = echoes([main], learned([main]))
    assert [(item["in"], item["known_by"]) for item in found] == expected
    assert OWN not in json.dumps(found)


def test_a_capture_is_marked_and_the_header_withheld(tmp_path: Path) -> None:
    """The manifest says in a field and in words that a page repeats the address; the header is withheld."""
    store = archive(tmp_path)
    wikipedia = exchange(hop("https://wiki.example/", _head(f"x-client-ip: {OWN}"), b"<p>An article"))
    capture = seal(store, wikipedia)
    assert OWN.encode() not in b"".join(path.read_bytes() for path in store.folder(capture).iterdir())
    fields = json.loads((store.folder(capture) / "manifest.json").read_text())
    assert "response x-client-ip" in fields["withheld"]
    assert (fields["address_echoed"], fields["warnings"]) == ([], [])
    wall = seal(store, exchange(hop(URL, HTML, f"<p>Blocked: {OWN}".encode())))  # known from the first
    fields = json.loads((store.folder(wall) / "manifest.json").read_text())
    assert fields["address_echoed"] == [{"url": URL, "in": "body", "known_by": "header"}]
    assert "repeats this reader's network address" in fields["warnings"][0]
    assert OWN not in json.dumps(fields)
