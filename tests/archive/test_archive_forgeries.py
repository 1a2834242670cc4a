"""A forger who makes hashes, ids and index agree again still contradicts the rest: each lie is found and named."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import re
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from citekeeper.archive import verify
from citekeeper.model import Capture, Rendering, Severity, Shows, Tls, Translation

from .forger import DIGEST, INDEX, PACKAGE, PAGES, Forger, field, redigested
from .support import ALIVE, CITATION, DOCUMENT, HTML, NOON, PAGE, PNG, archive, exchange, hop, reading

Act = Callable[[Forger], object]

PNG_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
STORY, SHORT = "https://news.example/story", "http://news.example/s"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAAECAwQFBgc=\n-----END CERTIFICATE-----\n"


def _moved(url: str, target: str) -> Any:
    head = f"HTTP/1.1 301 Moved\r\nLocation: {target}\r\nContent-Type: text/html\r\n\r\n".encode()
    return hop(url, head, b"<a>moved", status=301)


def sealed(root: Path) -> Capture:
    """A capture with a redirect, TLS, a picture, its duplicate, a redirected and a missing requisite, and a text."""
    store = archive(root)
    later = {"started_at": NOON + timedelta(seconds=2)}
    main = exchange(
        _moved(SHORT, STORY),
        hop(STORY, HTML, PAGE, tls=Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256", (CERTIFICATE,), 0),
            resolved=("192.0.2.1", "192.0.2.2"), started_at=NOON + timedelta(seconds=1)),
    )  # fmt: skip
    css = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n"
    requisites = (
        exchange(hop("https://news.example/a.png", PNG_HEAD, PNG, **later)),
        exchange(hop("https://news.example/b.png", PNG_HEAD, PNG, **later)),
        exchange(_moved("https://news.example/c.css", "https://cdn.example/c.css"),
                 hop("https://cdn.example/c.css", css, b"p{}", **later)),
        exchange(hop("https://news.example/d.js", HTML.replace(b"200 OK", b"404 No"), b"no", status=404, **later)),
        exchange(hop("https://news.example/e.png", PNG_HEAD, PNG + b"cut", truncated="length", **later)),
    )  # fmt: skip
    rendering = Rendering("chromium 1.2", "Mozilla/5.0", (1280, 800), NOON, url=STORY, screenshot=PNG + b"shot")
    return store.capture(
        CITATION, main, ALIVE, reading=reading("First paragraph.", "Second paragraph."), requisites=requisites,
        document=DOCUMENT, options={}, shows=Shows.SOURCE, rendering=rendering,
    )  # fmt: skip


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an archive with one such capture and a translation of it."""
    root = tmp_path_factory.mktemp("forged")
    capture = sealed(root)
    made = Translation(
        "en", "engine", "1", NOON, str(capture.text_sha256), ("First.", None), label="machine translation"
    )
    archive(root).add_translation(capture, made)
    assert verify(root / "archive") == []
    return root


def _swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def act(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new)

    return act


def _json(act: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        value = json.loads(data)
        act(value)
        return json.dumps(value).encode()

    return edit


def _page(act: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    """An edit of the page list's one page."""

    def edit(data: bytes) -> bytes:
        header, page = data.splitlines(keepends=True)
        return header + _json(act)(page) + b"\n"

    return edit


def _record(kind: str, url: str, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """An edit of one record, whose digests and length follow."""
    done: list[bytes] = []

    def act(part: bytes) -> bytes:
        if field(part, "WARC-Type") != kind or not field(part, "WARC-Target-URI").endswith(url) or done:
            return part
        assert re.search(old, part), (old, part)
        done.append(part)
        return redigested(re.sub(old, new, part, count=1))

    return act


def _insert(place: int, kind: str, url: str, old: bytes, new: bytes) -> Callable[[list[bytes]], list[bytes]]:
    """A record more: a copy of the first of that kind and address, with something changed."""

    def act(parts: list[bytes]) -> list[bytes]:
        found = next(p for p in parts if field(p, "WARC-Type") == kind and field(p, "WARC-Target-URI").endswith(url))
        assert old in found
        return [*parts[:place], redigested(found.replace(old, new)), *parts[place:]]

    return act


def _line(act: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    """An edit of the index's first line."""

    def edit(data: bytes) -> bytes:
        first, *rest = data.splitlines(keepends=True)
        key, stamp, tail = first.split(b" ", 2)
        return b" ".join((key, stamp, _json(act)(tail) + b"\n")) + b"".join(rest)

    return edit


def _raw(act: Callable[[bytes], bytes]) -> Act:
    """Change the package's bytes; the manifest follows."""

    def change(forger: Forger) -> None:
        forger.edit("capture.wacz", act)
        forger.reseal("capture.wacz")

    return change


def _infos(act: Callable[[zipfile.ZipInfo], object]) -> Act:
    """Write the package again with other facts about its members."""

    def change(forger: Forger) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(forger.wacz) as old, zipfile.ZipFile(made, "w") as new:
            for info in old.infolist():
                data = old.read(info)
                act(info)
                new.writestr(info, data)
        forger.wacz.write_bytes(made.getvalue())
        forger.reseal("capture.wacz")

    return change


def _polyglot(data: bytes) -> bytes:
    """A package with 64-bit end records, whose plain end record leads readers that are content with it elsewhere."""
    end = data.rfind(b"PK\x05\x06")
    _, _, _, count, _, size, start, _ = struct.unpack("<4s4H2LH", data[end:])
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    return data[:end] + large + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46, 64, 0)


def _flagged(data: bytes) -> bytes:
    """The first member says twice that its sizes stand behind it."""
    central = data.find(b"PK\x01\x02")
    return data[:6] + b"\x08\x00" + data[8 : central + 8] + b"\x08\x00" + data[central + 10 :]


def _two_records(data: bytes) -> bytes:
    first, second, *rest = data.splitlines()
    return b"\n".join((first + b"\x1e" + second, *rest)) + b"\n"


def _later(forger: Forger, act: Callable[[dict[str, Any]], object]) -> None:
    """Change the later manifest, and give it the number that fits."""
    (path,) = forger.folder.glob("manifest.*.json")
    value = json.loads(path.read_bytes())
    act(value)
    path.write_text(json.dumps(value))


def _translation(act: Callable[[dict[str, Any]], object]) -> Act:
    """Change the translation, and its hash in the manifest that lists it."""

    def change(forger: Forger) -> None:
        forger.edit("text.en.json", _json(act))
        data = (forger.folder / "text.en.json").read_bytes()
        new = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        _later(forger, lambda m: m["files"][0].update(new))

    return change


def _text(act: Callable[[dict[str, Any]], object]) -> Act:
    def change(forger: Forger) -> None:
        forger.edit("text.json", _json(act))
        forger.reseal("text.json")

    return change


def _first(act: Callable[[dict[str, Any]], object]) -> Act:
    """Change manifest.json alone (the translation's, which follows it, is told as well)."""
    return lambda forger: forger.manifest(act)


def _hop(**new: Any) -> Act:
    return _first(lambda m: m["hops"][1].update(new))


def _pointer(oid: str) -> Act:
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 4711\n"
    return lambda forger: forger.wacz.write_text(text)


def _is_metadata_of(part: bytes, url: str) -> bool:
    return field(part, "WARC-Type") == "metadata" and field(part, "WARC-Target-URI").endswith(url)


def _thorough(kind: str, url: str, old: bytes, new: bytes) -> Act:
    """Edit a record as one who makes digests, ids, links and index agree."""
    return lambda forger: forger.all_over(_record(kind, url, old, new))


def _careless(kind: str, url: str, old: bytes, new: bytes) -> Act:
    """Edit a record as one who makes digests and index agree, and knows nothing of ids."""

    def change(forger: Forger) -> None:
        act = _record(kind, url, old, new)
        forger.records(lambda parts: [act(part) for part in parts], index=True)

    return change


def _more(place: int, kind: str, url: str, old: bytes, new: bytes) -> Act:
    """Put a record in, and make everything agree."""
    return lambda forger: (forger.records(_insert(place, kind, url, old, new)), forger.all_over())


def _listed(act: Callable[[dict[str, Any]], object]) -> Act:
    """Edit the page list's page."""
    return lambda forger: forger.change(PAGES, _page(act))


def _packaged(act: Callable[[dict[str, Any]], object]) -> Act:
    """Edit datapackage.json."""
    return lambda forger: forger.change(PACKAGE, _json(act))


def _rewire(kind: str, name: str, to: int) -> Callable[[list[bytes]], list[bytes]]:
    """A record of a kind that refers to the record at ``to``, which it does not belong to."""

    def act(parts: list[bytes]) -> list[bytes]:
        at, part = next((n, p) for n, p in enumerate(parts) if field(p, "WARC-Type") == kind and n > 1)
        wrong = field(parts[to], "WARC-Record-ID").encode()
        new = re.sub(name.encode() + rb": \S+", name.encode() + b": " + wrong, part, count=1)
        assert new != part
        return [*parts[:at], new, *parts[at + 1 :]]

    return act


FORGERIES: dict[str, tuple[str, Act]] = {
    # records
    "a record's date": ("record-id-differs", _careless("response", "/a.png", b"12:00:02", b"12:00:09")),
    "a record's address": ("record-id-differs", _careless("metadata", "/a.png", b"/a.png\r", b"/z.png\r")),
    "a record's type": (
        "record-id-differs",
        _careless("metadata", "/a.png", b"WARC-Type: metadata", b"WARC-Type: resource"),
    ),
    "a request and its digest": (
        "record-id-differs",
        _careless("request", "/story", b"citekeeper-test", b"someone-elses/1"),
    ),
    "the metadata of a response removed": (
        "record-id-differs",
        lambda f: f.records(
            lambda p: [
                x
                for x in p
                if field(x, "WARC-Type") != "metadata" or not field(x, "WARC-Target-URI").endswith("/story")
            ],
            index=True,
        ),
    ),
    "two records change places": (
        "record-id-differs",
        lambda f: f.records(lambda p: [p[0], p[2], p[1], *p[3:]], index=True),
    ),
    "a record put in twice": ("record-id-differs", lambda f: f.records(lambda p: [*p, p[-1]], index=True)),
    "a response's network address": (
        "manifest-hop-differs",
        _thorough("response", "/story", b"192.0.2.1", b"192.0.2.9"),
    ),
    "a response's protocol": ("manifest-hop-differs", _thorough("response", "/story", b"http/1.1", b"h2")),
    "a response said to be cut": (
        "manifest-hop-differs",
        _thorough("response", "/story", b"WARC-Block", b"WARC-Truncated: length\r\nWARC-Block"),
    ),
    "a requisite said to be whole": (
        "requisite-differs",
        _thorough("response", "/e.png", b"WARC-Truncated: length\r\n", b""),
    ),
    "a hop at another time": (
        "manifest-hop-differs",
        _thorough("response", "/s", b"2026-11-02T12:00:00Z", b"2026-11-02T11:00:00Z"),
    ),
    "a request's payload digest": (
        "payload-digest-differs",
        _thorough("request", "/story", b"WARC-Payload-Digest: sha256:e3", b"WARC-Payload-Digest: sha256:00"),
    ),
    "a revisit of another record": (
        "record-link-wrong",
        lambda f: f.records(_rewire("revisit", "WARC-Refers-To", 1), index=True),
    ),
    "a revisit of another address": (
        "record-link-wrong",
        _thorough(
            "revisit",
            "",
            b"Refers-To-Target-URI: https://news.example/a.png",
            b"Refers-To-Target-URI: https://evil.example/a.png",
        ),
    ),
    "a revisit of another date": (
        "record-link-wrong",
        _thorough("revisit", "", b"Refers-To-Date: 2026", b"Refers-To-Date: 2016"),
    ),
    "a revisit of another profile": (
        "record-header-invalid",
        _thorough("revisit", "", b"identical-payload-digest", b"server-not-modified"),
    ),
    "a request of another response": (
        "record-link-wrong",
        lambda f: f.records(_rewire("request", "WARC-Concurrent-To", 4), index=True),
    ),
    "a text of another response": (
        "record-link-wrong",
        lambda f: f.records(_rewire("conversion", "WARC-Refers-To", 1), index=True),
    ),
    "a header given twice": (
        "record-header-invalid",
        _thorough("metadata", "/story", b"WARC-Block", b"WARC-Target-URI: https://evil.example/\r\nWARC-Block"),
    ),
    "a header that no record has": (
        "record-header-invalid",
        _thorough("response", "/story", b"WARC-Block", b"WARC-Filename: x\r\nWARC-Block"),
    ),
    "a header folded": (
        "record-header-invalid",
        _thorough("response", "/story", b"WARC-Block", b" https://evil.example/\r\nWARC-Block"),
    ),
    "a header's line end": (
        "record-header-invalid",
        _thorough("metadata", "/story", b"\r\nWARC-Block", b"\nWARC-Block"),
    ),
    "a record's content type": (
        "record-header-invalid",
        _thorough("response", "/a.png", b"application/http; msgtype=response", b"application/http; msgtype=request"),
    ),
    "a record of a type of its own": (
        "record-header-invalid",
        _thorough("metadata", "/story", b"WARC-Type: metadata", b"WARC-Type: continuation"),
    ),
    "a second text": ("record-unlisted", _more(7, "conversion", "/story", b"First", b"Worst")),
    "a second picture": ("record-unlisted", _more(8, "resource", "/story", b"shot", b"SHOT")),
    "a second answer of the page": ("record-unlisted", _more(9, "response", "/story", b"First", b"Worst")),
    "an answer that nobody asked for": ("record-unlisted", _more(99, "response", "/a.png", b"/a.png", b"/y.png")),
    "a second metadata record": ("record-unlisted", _more(4, "metadata", "/story", b"192.0.2.2", b"192.0.2.7")),
    "a second beginning": ("record-unlisted", _more(4, "warcinfo", "", b"citekeeper", b"notary")),
    "the metadata of a requisite removed": (
        "record-missing",
        lambda f: (f.records(lambda p: [x for x in p if not _is_metadata_of(x, "/a.png")]), f.all_over()),
    ),
    "a request for another address": (
        "record-link-wrong",
        _thorough("request", "/a.png", b"WARC-Target-URI: [^\r]*", b"WARC-Target-URI: https://evil.example/"),
    ),
    "the missing requisite removed": (
        "requisite-missing",
        lambda f: (
            f.records(lambda p: [x for x in p if not field(x, "WARC-Target-URI").endswith("/d.js")]),
            f.all_over(),
        ),
    ),
    "the page's text, under another address": (
        "record-unlisted",
        _thorough("conversion", "/story", b"urn:text:", b"urn:note:"),
    ),
    "the certificate in the records": (
        "manifest-connection-differs",
        _thorough("metadata", "/story", b"AAECAwQ", b"AAECAwU"),
    ),
    "the cipher in a record's header": (
        "manifest-connection-differs",
        _thorough("response", "/story", b"Suite: TLS_AES", b"Suite: TLS_RSA"),
    ),
    "the TLS version in a record's header": (
        "manifest-connection-differs",
        _thorough("response", "/story", b"tls/1.3", b"tls/1.2"),
    ),
    "the cipher in the records": (
        "manifest-connection-differs",
        _thorough("metadata", "/story", b"tlsCipher: TLS_AES", b"tlsCipher: TLS_NULL"),
    ),
    "the DNS answer in the records": (
        "manifest-connection-differs",
        _thorough("metadata", "/story", b"dnsAnswer: 192.0.2.2", b"dnsAnswer: 192.0.2.3"),
    ),
    # index
    "the index's mime": ("index-line-differs", lambda f: f.change(INDEX, _swap(b'"text/html"', b'"image/png"'))),
    "an offset with a fraction": (
        "index-line-differs",
        lambda f: f.change(INDEX, _line(lambda v: v.update(offset=int(v["offset"]) + 0.9))),
    ),
    "a status in other digits": (
        "index-line-differs",
        lambda f: f.change(INDEX, _line(lambda v: v.update(status="0" + v["status"]))),
    ),
    "a field that the index has not": (
        "index-line-differs",
        lambda f: f.change(INDEX, _line(lambda v: v.update(method="POST"))),
    ),
    "an index field given twice": (
        "index-line-invalid",
        lambda f: f.change(INDEX, _swap(b'"status": "404"', b'"status": "200", "status": "404"')),
    ),
    "two index lines in one": ("index-line-invalid", lambda f: f.change(INDEX, _two_records)),
    "an empty index line": ("index-line-invalid", lambda f: f.change(INDEX, lambda d: b"\n" + d)),
    "the index's last line cut": ("index-line-invalid", lambda f: f.change(INDEX, lambda d: d[:-1])),
    # page list
    "the page list leads to a requisite": (
        "pages-url-differs",
        _listed(lambda v: v.update(url="https://news.example/a.png", ts="2026-11-02T12:00:02Z")),
    ),
    "the page's time in another zone": (
        "pages-time-differs",
        _listed(lambda v: v.update(ts=v["ts"].replace("Z", "-05:00"))),
    ),
    "the page's title": ("pages-title-differs", _listed(lambda v: v.update(title="Forged"))),
    "a text in the page list": ("pages-invalid", _listed(lambda v: v.update(text="Forged"))),
    "the page's id": ("pages-invalid", _listed(lambda v: v.update(id="0" * 32))),
    "a page's address given twice": (
        "pages-invalid",
        lambda f: f.change(PAGES, _swap(b'"url":', b'"url": "https://evil.example/", "url":')),
    ),
    # datapackage.json
    "the package's title": ("package-facts-differ", _packaged(lambda v: v.update(title="Forged"))),
    "the package's date": ("package-facts-differ", _packaged(lambda v: v.update(created="2016-11-02T12:00:00Z"))),
    "the package's page date": (
        "package-facts-differ",
        _packaged(lambda v: v.update(mainPageDate="2016-11-02T12:00:00Z")),
    ),
    "the package's maker": ("package-facts-differ", _packaged(lambda v: v.update(software="Notary 1"))),
    "a member added and listed": ("member-added", lambda f: _member(f)),
    "a resource listed twice": (
        "resource-twice",
        _packaged(lambda v: v["resources"].insert(0, {**v["resources"][0], "hash": "sha256:0"})),
    ),
    "a size that is no whole number": (
        "resource-size-differs",
        lambda f: _reworded(f, rb'"bytes": (\d+)', rb'"bytes": \1.0'),
    ),
    "the package's address given twice": (
        "member-invalid",
        lambda f: _reworded(f, rb'"mainPageUrl":', b'"mainPageUrl": "https://evil.example/", "mainPageUrl":'),
    ),
    "a word more about the package": ("package-facts-differ", _packaged(lambda v: v.update(notarised="by X"))),
    "a signature that nobody made": (
        "member-invalid",
        lambda f: f.change(DIGEST, _json(lambda v: v.update(signedData={"domain": "x.example"})), rehash=False),
    ),
    "the digest given twice": (
        "member-invalid",
        lambda f: f.change(DIGEST, _swap(b'"path":', b'"path": "other.json", "path":'), rehash=False),
    ),
    # zip
    "a member that unpacks as a link": (
        "zip-header-differs",
        _infos(lambda i: setattr(i, "external_attr", 0o120777 << 16)),
    ),
    "a member of another system": ("zip-header-differs", _infos(lambda i: setattr(i, "create_system", 0))),
    "a flag in both headers of a member": ("zip-header-differs", _raw(_flagged)),
    "a member's name in capitals": (
        "member-missing",
        lambda f: f.repack({INDEX.upper() if name == INDEX else name: data for name, data in f.members().items()}),
    ),
    "a member's path with a backslash": (
        "member-missing",
        lambda f: f.repack({name.replace("indexes/", "indexes\\"): data for name, data in f.members().items()}),
    ),
    "an end record that leads elsewhere": ("zip-slack", _raw(_polyglot)),
    "a number of members that is not theirs": ("zip-slack", _raw(lambda d: d[:-14] + b"\x01\x00\x01\x00" + d[-10:])),
    "a name with something behind its end": ("zip-header-differs", _raw(lambda d: _named(d))),
    # manifest.json
    "the manifest's peer": ("manifest-hop-differs", _hop(peer="192.0.2.9:443")),
    "the manifest's hop time": ("manifest-hop-differs", _hop(started_at="2016-11-02T12:00:01Z")),
    "the manifest's hop size": ("manifest-hop-differs", _hop(body_bytes=1)),
    "the manifest's hop protocol": ("manifest-hop-differs", _hop(http_version="2")),
    "the manifest's hop cut": ("manifest-hop-differs", _hop(truncated="length")),
    "a hop that is none": ("manifest-claims-no-hops", _first(lambda m: m["hops"].append(5))),
    "the manifest's hop left out": (
        "manifest-hop-differs",
        _first(lambda m: (m["hops"].pop(0), m.update(url_requested=STORY))),
    ),
    "the manifest's certificate": (
        "manifest-connection-differs",
        _first(lambda m: m["tls"].update(leaf_sha256="0" * 64)),
    ),
    "the manifest's chain": ("manifest-connection-differs", _first(lambda m: m["tls"].update(chain_sha256=[]))),
    "the manifest's TLS version": ("manifest-connection-differs", _first(lambda m: m["tls"].update(version="TLSv1.2"))),
    "the manifest's TLS removed": ("manifest-connection-differs", _first(lambda m: m.update(tls=None))),
    "the manifest's DNS answer": ("manifest-connection-differs", _first(lambda m: m.update(dns=["192.0.2.77"]))),
    "the manifest's last peer": ("manifest-contradicts-itself", _first(lambda m: m.update(peer="192.0.2.9:443"))),
    "the manifest's withheld": ("manifest-connection-differs", _first(lambda m: m.update(withheld=[]))),
    "the manifest's final address": (
        "manifest-contradicts-itself",
        lambda f: (
            f.change(PACKAGE, _json(lambda v: v.update(mainPageUrl=SHORT))),
            f.manifest(lambda m: m.update(url_final=SHORT)),
        ),
    ),
    "the manifest's body size": ("manifest-contradicts-itself", _first(lambda m: m.update(body_bytes=1))),
    "the manifest's decoded body": ("manifest-body-differs", _first(lambda m: m.update(decoded_body_sha256="0" * 64))),
    "the manifest's cut": ("manifest-contradicts-itself", _first(lambda m: m.update(truncated="time"))),
    "the manifest's declared type": (
        "manifest-body-differs",
        _first(lambda m: m.update(declared_type="application/pdf")),
    ),
    "the manifest's browser": ("manifest-connection-differs", _first(lambda m: m.update(user_agent="Mozilla/5.0"))),
    "a deposit passed off as a capture": ("manifest-event-wrong", _first(lambda m: m.update(origin="deposited"))),
    "a first manifest of another kind": ("manifest-event-wrong", _first(lambda m: m.update(event="translation"))),
    "a later manifest of another kind": (
        "manifest-event-wrong",
        lambda f: _later(f, lambda m: m.update(event="capture")),
    ),
    "a capture without its package": (
        "manifest-event-wrong",
        lambda f: (f.wacz.unlink(), f.manifest(lambda m: m["files"].pop(0))),
    ),
    "a file of no capture": ("manifest-event-wrong", lambda f: _listed_too(f, "manifest.json", "evidence.pdf")),
    "a picture sealed later": ("manifest-event-wrong", lambda f: _listed_too(f, None, "screenshot.png")),
    "a file listed twice": ("manifest-event-wrong", _first(lambda m: m["files"].append(m["files"][0]))),
    "a time stamp without its token": (
        "timestamp-missing",
        lambda f: _later(
            f,
            lambda m: m.update(
                event="timestamp",
                timestamp={"time": "2016-11-02T12:00:00Z", "signer": "CN=A notary", "over": "manifest.json"},
            ),
        ),
    ),
    "a requisite's size": ("requisite-differs", _first(lambda m: m["requisites"]["fetched"][0].update(bytes=1))),
    "a requisite's status": ("requisite-differs", _first(lambda m: m["requisites"]["fetched"][0].update(status=206))),
    "a requisite that failed, left out": ("record-unlisted", _first(lambda m: m["requisites"].update(failed=[]))),
    "a page that runs scripts": (
        "page-unguarded",
        lambda f: (f.edit("page.html", lambda d: b"<html><script>evil()</script>" + d), f.reseal("page.html")),
    ),
    "a page whose script comes before its policy": (
        "page-unguarded",
        lambda f: (f.edit("page.html", _swap(b"<head>", b"<script>evil()</script><head>")), f.reseal("page.html")),
    ),
    "a page without its policy": (
        "page-unguarded",
        lambda f: (f.edit("page.html", _swap(b"default-src 'none'", b"default-src *")), f.reseal("page.html")),
    ),
    # text and translation
    "the text's title": ("pages-title-differs", _text(lambda v: v.update(title="Forged"))),
    "the text's charset": ("text-differs-from-manifest", _text(lambda v: v.update(charset="koi8-r"))),
    "the text's paragraphs given twice": (
        "text-invalid",
        lambda f: (
            f.edit("text.json", _swap(b'"paragraphs":', b'"paragraphs": [], "paragraphs":')),
            f.reseal("text.json"),
        ),
    ),
    "a translation into another language": ("translation-differs", _translation(lambda v: v.update(language="nl"))),
    "a translation of another text": ("translation-differs", _translation(lambda v: v.update(source_sha256="0" * 64))),
    "a translation with a paragraph more": (
        "translation-differs",
        _translation(lambda v: v["paragraphs"].append("Forged.")),
    ),
    "a translation that is said to be a person's": (
        "translation-differs",
        _translation(lambda v: v.update(label="by a sworn translator")),
    ),
    # files
    "a pointer to other bytes": ("file-changed", _pointer("0" * 64)),
    "a link that leads nowhere": (
        "file-not-regular",
        lambda f: ((f.folder / "page.html").unlink(), (f.folder / "page.html").symlink_to("gone")),
    ),
    "the citation's folder replaced by a link": (
        "folder-not-regular",
        lambda f: (
            f.folder.parent.rename(f.folder.parents[2] / "elsewhere"),
            f.folder.parent.symlink_to(f.folder.parents[2] / "elsewhere"),
        ),
    ),
}


def _reworded(forger: Forger, old: bytes, new: bytes) -> None:
    """datapackage.json in other words, whose digest fits."""
    members = forger.members()
    data = re.sub(old, new, members[PACKAGE], count=1)
    assert data != members[PACKAGE]
    members[PACKAGE] = data
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    members[DIGEST] = json.dumps({"path": PACKAGE, "hash": digest}).encode()
    forger.repack(members, rehash=False)


def _listed_too(forger: Forger, name: str | None, file: str) -> None:
    """A file more, and listed by a manifest."""
    (forger.folder / file).write_bytes(b"forged")
    item = {"name": file, "sha256": hashlib.sha256(b"forged").hexdigest(), "bytes": 6}
    act = (lambda edit: forger.manifest(edit)) if name else (lambda edit: _later(forger, edit))
    act(lambda m: m["files"].append(item))


def _member(forger: Forger) -> None:
    """A member more, and listed by datapackage.json."""
    members = {"notes.html": b"<p>Forged", **forger.members()}
    value = json.loads(members[PACKAGE])
    value["resources"].append({"name": "notes.html", "path": "notes.html"})
    forger.repack({**members, PACKAGE: json.dumps(value).encode()})


def _named(data: bytes) -> bytes:
    """The name of the page list goes on behind a NUL, which some readers take for its end."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for info in old.infolist():
            new.writestr(info, old.read(info))
    return made.getvalue().replace(b"pages/pages.jsonl", b"pages/pages.js\0nl")


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_contradicts_something(tmp_path: Path, original: Path, name: str) -> None:
    """Found, as an error, by its own name, in words."""
    what, act = FORGERIES[name]
    shutil.copytree(original / "archive", tmp_path / "archive", symlinks=True)
    (folder,) = (path for path in (tmp_path / "archive" / "fn1").iterdir() if path.is_dir())
    act(Forger(folder))
    problems = verify(tmp_path / "archive", ["fn1"])
    assert what in {p.what for p in problems if p.severity is Severity.ERROR}, [(p.what, p.message) for p in problems]
    assert len(problems) < 12, [(p.what, p.message) for p in problems]
    assert all(problem.message.endswith(".") for problem in problems)


def _leaves(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a JSON document, but the document itself."""
    if place:
        yield place
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from _leaves(value[key], (*place, key))


def _replaced(data: bytes, place: tuple[Any, ...], new: object) -> bytes:
    value = json.loads(data)
    inner = value
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = new
    return json.dumps(value).encode()


STRANGE: tuple[Any, ...] = ([], {}, None, [[1]], {"a": []}, -1, 1e300, True, "\ud800\0\n", "http://[", "9" * 5000)


@pytest.mark.parametrize("name", ["manifest.json", "text.json", "text.en.json", PACKAGE, DIGEST, PAGES, INDEX])
def test_values_of_another_kind_are_no_crash(tmp_path: Path, original: Path, name: str) -> None:
    """Whatever stands in place of any value of any JSON file, verify says something or nothing, and never raises."""
    shutil.copytree(original / "archive", tmp_path / "archive")
    (folder,) = (path for path in (tmp_path / "archive" / "fn1").iterdir() if path.is_dir())
    forger = Forger(folder)
    kept = {path: path.read_bytes() for path in folder.iterdir()}
    members = forger.members()
    is_member = name in members
    data = members[name] if is_member else kept[folder / name]
    if name == PAGES:
        data = data.splitlines()[1]
    if name == INDEX:
        data = data.splitlines()[0].split(b" ", 2)[2]
    places = list(_leaves(json.loads(data)))
    for number, (place, turn) in enumerate(itertools.product(places, (0, 5))):
        new = _replaced(data, place, STRANGE[(number + turn) % len(STRANGE)])
        for path, content in kept.items():
            path.write_bytes(content)
        if is_member:
            forger.repack({**members, name: members[name].replace(data, new)}, rehash=name not in (PACKAGE, DIGEST))
        else:
            (folder / name).write_bytes(new)
        verify(tmp_path / "archive", ["fn1"])
