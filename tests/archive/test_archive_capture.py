"""What a capture is on disk, and what it never holds."""

from __future__ import annotations

import getpass
import gzip
import hashlib
import io
import json
import socket
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from citekeeper.archive import Archive, verify
from citekeeper.errors import StorageError, UsageError
from citekeeper.model import Capture, CaptureState, Citation, Exchange, Reading, Shows, Timings, Tls, Translation

from .support import (
    CITATION,
    HTML,
    NASTY,
    NOON,
    PAGE,
    PNG,
    TEXT,
    FixedClock,
    archive,
    exchange,
    hop,
    page,
    reading,
    seal,
)

CSS_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n"


def _records(store: Archive, capture: Capture) -> list[tuple[str, dict[str, str], bytes]]:
    """(type, headers, block) of every record, read by warcio."""
    with zipfile.ZipFile(store.folder(capture) / "capture.wacz") as package:
        data = package.read("archive/data.warc.gz")
    found = []
    for record in ArchiveIterator(io.BytesIO(data), no_record_parse=True):
        headers = {name.lower(): value for name, value in record.rec_headers.headers}
        found.append((record.rec_type, headers, record.raw_stream.read()))
    return found


def _manifest(store: Archive, capture: Capture) -> dict[str, object]:
    return dict(json.loads((store.folder(capture) / "manifest.json").read_bytes()))


def _translation(text: str = "Erste.", language: str = "en") -> Translation:
    return Translation(language, "google", "1", NOON, TEXT, (text, None), ("google", None), ("one is missing",))


def test_a_capture_is_one_folder_with_its_four_files(tmp_path: Path) -> None:
    """capture.wacz, page.html, text.json and manifest.json appear under the time of capture."""
    store = archive(tmp_path)
    capture = seal(store)
    assert capture.path == "archive/fn1/20261102T120000Z"
    names = sorted(path.name for path in (tmp_path / capture.path).iterdir())
    assert names == ["capture.wacz", "manifest.json", "page.html", "text.json"]
    wacz = (tmp_path / capture.path / "capture.wacz").read_bytes()
    assert capture.sha256 == hashlib.sha256(wacz).hexdigest()
    assert capture.state is CaptureState.INTACT
    assert store.captures("fn1") == (capture,)
    assert verify(tmp_path / "archive") == []


def test_the_same_exchange_gives_the_same_bytes(tmp_path: Path) -> None:
    """Packing is deterministic: two archives hold identical packages and manifests."""
    one, two = seal(archive(tmp_path / "1")), seal(archive(tmp_path / "2"))
    assert (one.sha256, one.manifest_sha256) == (two.sha256, two.manifest_sha256)


@pytest.mark.parametrize("name", NASTY)
def test_bodies_are_kept_to_the_byte(tmp_path: Path, name: str) -> None:
    """Whatever the server sent, the response record ends in exactly the received body, and verifies."""
    store = archive(tmp_path)
    capture = seal(store, NASTY[name])
    blocks = [block for kind, _, block in _records(store, capture) if kind == "response"]
    for one, block in zip(NASTY[name].hops, blocks, strict=True):
        assert block.partition(b"\r\n\r\n")[2] == one.body
    assert verify(tmp_path / "archive") == []


def test_heads_are_verbatim_but_for_what_is_said(tmp_path: Path) -> None:
    """A Cyrillic status line and windows-1251 header bytes survive; chunking is renamed and told."""
    store = archive(tmp_path)
    cyrillic = _records(store, seal(store, NASTY["windows-1251-head"], citation=Citation(id="a")))
    assert cyrillic[1][2].startswith(NASTY["windows-1251-head"].hops[0].response_head)
    chunked = _records(store, seal(store, NASTY["chunked"], citation=Citation(id="b")))
    assert b"\r\nx-orig-Transfer-Encoding: chunked\r\n" in chunked[1][2]
    assert any(b"transferCoding: removed" in block for kind, _, block in chunked if kind == "metadata")


def test_what_the_response_cannot_hold_is_metadata(tmp_path: Path) -> None:
    """1xx heads, trailers, DNS, TLS and timings stand in the metadata record of their response."""
    pem = "-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n"
    tls = Tls("TLSv1.3", "TLS_AES_128_GCM_SHA256", (pem,), 0)
    main = exchange(
        hop(
            "https://news.example/story",
            informational_heads=(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",),
            trailers=b"X-T: 1\r\n",
            resolved=("192.0.2.1", "2001:db8::1"),
            tls=tls,
            timings=Timings(0.01, 0.02, 0.03, 0.04, 0.5),
        )
    )
    store = archive(tmp_path)
    capture = seal(store, main)
    records = _records(store, capture)
    response = next(record for record in records if record[0] == "response")
    _, headers, facts = next(record for record in records if record[0] == "metadata")
    assert headers["warc-concurrent-to"] == response[1]["warc-record-id"]
    for expected in (
        b'informationalHead: "HTTP/1.1 103 Early Hints',
        b"trailers: ",
        b"dnsAnswer: 2001:db8::1",
        b"tlsVersion: TLSv1.3",
        b"tlsCipher: TLS_AES_128_GCM_SHA256",
        b"tlsCertificate: TUlJQg==",
        b"fetchTimeMs: 500",
    ):
        assert expected in facts
    assert response[1]["warc-cipher-suite"] == "TLS_AES_128_GCM_SHA256"
    assert response[1]["warc-ip-address"] == "192.0.2.1"
    said = _manifest(store, capture)["tls"]
    assert isinstance(said, dict)
    assert said["leaf_sha256"] == hashlib.sha256(b"MIIB").hexdigest()


def test_an_ipv6_peer_is_an_address_without_port(tmp_path: Path) -> None:
    """WARC-IP-Address holds the address alone, for IPv6 too."""
    store = archive(tmp_path)
    capture = seal(store, exchange(hop("https://news.example/", peer="[2001:db8::7]:443")))
    assert _records(store, capture)[1][1]["warc-ip-address"] == "2001:db8::7"


def test_through_a_proxy_no_address_is_recorded(tmp_path: Path) -> None:
    """The peer would be the proxy's, so neither record nor manifest names one, and both say why."""
    store = archive(tmp_path)
    capture = seal(store, exchange(hop("https://news.example/", via_proxy=True, peer="10.9.8.7:3128")))
    assert all("warc-ip-address" not in headers for _, headers, _ in _records(store, capture))
    manifest = _manifest(store, capture)
    assert manifest["proxy_used"] is True
    assert manifest["peer"] is None
    assert b"10.9.8.7" not in _everything(tmp_path)


def test_a_cut_body_says_so(tmp_path: Path) -> None:
    """WARC-Truncated and the manifest's warning name the reason."""
    store = archive(tmp_path)
    capture = seal(store, NASTY["truncated"])
    assert _records(store, capture)[1][1]["warc-truncated"] == "disconnect"
    assert _manifest(store, capture)["truncated"] == "disconnect"
    assert _manifest(store, capture)["warnings"] == ["The body is not complete (disconnect)."]


def test_duplicates_are_revisits_within_the_package(tmp_path: Path) -> None:
    """A requisite with the body of an earlier one refers to it; nothing else is lost."""
    sheets = tuple(exchange(hop(f"https://{host}.example/a.css", CSS_HEAD, b"p{}" * 99)) for host in ("one", "two"))
    store = archive(tmp_path)
    capture = seal(store, requisites=sheets)
    first = next(h for kind, h, _ in _records(store, capture) if "one.example" in h.get("warc-target-uri", ""))
    _, headers, block = next(record for record in _records(store, capture) if record[0] == "revisit")
    assert headers["warc-refers-to"] == first["warc-record-id"]
    assert headers["warc-refers-to-target-uri"] == "https://one.example/a.css"
    assert headers["warc-profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert block == CSS_HEAD
    assert verify(tmp_path / "archive") == []


def test_the_text_is_a_conversion_of_the_page(tmp_path: Path) -> None:
    """The conversion record refers to the page's response and holds the paragraphs."""
    store = archive(tmp_path)
    capture = seal(store, text=reading("Первый.", "Второй."))
    records = _records(store, capture)
    _, headers, block = next(record for record in records if record[0] == "conversion")
    assert headers["warc-refers-to"] == next(h for kind, h, _ in records if kind == "response")["warc-record-id"]
    assert block.decode() == "Первый.\n\nВторой."


def _everything(tmp_path: Path) -> bytes:
    """Every byte under the archive, as stored and decompressed."""
    out = []
    for path in sorted((tmp_path / "archive").rglob("*")):
        if path.is_file():
            out.append(path.read_bytes())
        if path.suffix == ".wacz":
            with zipfile.ZipFile(path) as package:
                out += [package.read(name) for name in package.namelist()]
                out.append(gzip.decompress(package.read("archive/data.warc.gz")))
    return b"\n".join(out)


def test_nothing_that_identifies_the_reader_is_in_any_file(tmp_path: Path) -> None:
    """Cookies, keys, credentials in addresses, user and host name: withheld everywhere, and the withholding told."""
    answer = HTML.replace(b"\r\n\r\n", b"\r\nSet-Cookie: token=SECRET-set; Path=/\r\nset-cookie:SECRET-bare\r\n\r\n")
    redirect = HTML.replace(b"200 OK", b"302 Found")
    main = exchange(
        hop("https://SECRET-user:SECRET-word@news.example/story", redirect, status=302),
        hop("https://news.example/story", answer),
    )
    store = archive(tmp_path)
    citation = Citation(id="fn1", url="https://SECRET-user:SECRET-word@news.example/story")
    capture = seal(store, main, citation=citation)
    everything = _everything(tmp_path)
    assert b"SECRET" not in everything
    assert b"Set-Cookie: token=withheld\r\n" in everything
    assert b"set-cookie: withheld\r\n" in everything
    withheld = _manifest(store, capture)["withheld"]
    assert isinstance(withheld, list)
    assert {"request Cookie", "request Authorization", "request Proxy-Authorization"} <= set(withheld)
    assert {"response Set-Cookie", "response set-cookie"} <= set(withheld)
    assert socket.gethostname().encode() not in everything
    assert getpass.getuser().encode() + b"@" not in everything


def test_a_folded_cookie_is_withheld_whole(tmp_path: Path) -> None:
    """A continuation line belongs to the value that is withheld."""
    head = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=\r\n SECRET\r\nContent-Type: text/html\r\n\r\n"
    seal(archive(tmp_path), page(PAGE, head=head))
    assert b"SECRET" not in _everything(tmp_path)


def test_the_index_is_sorted_and_leads_to_each_response(tmp_path: Path) -> None:
    """CDXJ lines are in byte order with SURT keys and carry no request data."""
    requisites = tuple(exchange(hop(f"https://{h}.example/x", CSS_HEAD, h.encode())) for h in ("z", "a", "www.m"))
    store = archive(tmp_path)
    capture = seal(store, requisites=requisites)
    with zipfile.ZipFile(store.folder(capture) / "capture.wacz") as package:
        lines = package.read("indexes/index.cdx").decode().splitlines()
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}
    assert [line.split()[0] for line in lines] == [
        "example,a)/x",
        "example,m)/x",
        "example,news)/story",
        "example,z)/x",
    ]
    keys = {"url", "digest", "mime", "filename", "offset", "length", "status", "recordDigest"}
    assert set(json.loads(lines[0].split(" ", 2)[2])) == keys


def test_each_manifest_names_all_current_heads(tmp_path: Path) -> None:
    """The second capture follows the first; the head is the newest alone."""
    store = archive(tmp_path)
    first = seal(store)
    assert store.heads("fn1") == [first.manifest_sha256]
    second = seal(store, page("<p>Other", "https://news.example/story"))
    assert second.id == "20261102T120000Z-2"
    assert _manifest(store, second)["previous"] == [first.manifest_sha256]
    assert store.heads("fn1") == [second.manifest_sha256]
    assert [capture.id for capture in store.captures("fn1")] == [first.id, second.id]
    assert store.manifests("fn1") == [first.manifest_sha256, second.manifest_sha256]


def test_captures_of_one_second_sort_by_number(tmp_path: Path) -> None:
    """-10 comes after -9."""
    store = archive(tmp_path)
    made = [seal(store, page(f"<p>{n}")).id for n in range(11)]
    assert [capture.id for capture in store.captures("fn1")] == made
    assert made[-1].endswith("-11")


def test_a_failure_is_kept_but_never_the_citations_capture(tmp_path: Path) -> None:
    """latest() gives the last good source, whatever failed since."""
    store = archive(tmp_path)
    good = seal(store)
    gone = exchange(hop("https://news.example/story", HTML.replace(b"200 OK", b"404 Not Found"), b"gone", status=404))
    bad = seal(store, gone, shows=Shows.FAILURE)
    assert store.latest("fn1") == good
    assert store.latest("fn1", Shows.FAILURE) == bad
    assert store.latest("fn2") is None
    assert b"Evidence of failure" in (store.folder(bad) / "page.html").read_bytes()
    assert _manifest(store, bad)["reason"] == "http-404"


def test_only_pages_get_a_page(tmp_path: Path) -> None:
    """A PDF is captured as it is, without page.html; and without a reading there is no text.json."""
    store = archive(tmp_path)
    main = page(b"%PDF-1.7 \x00", head=b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n")
    capture = store.capture(CITATION, main, _alive(), reading=None, document=None, options={}, shows=Shows.SOURCE)
    assert [file.name for file in capture.files] == ["capture.wacz"]
    assert store.reading(capture) is None
    assert _manifest(store, capture)["sniffed_type"] == "application/pdf"
    assert verify(tmp_path / "archive") == []


def _alive():  # type: ignore[no-untyped-def]
    from .support import ALIVE

    return ALIVE


def test_a_reading_comes_back_as_it_was(tmp_path: Path) -> None:
    """text.json keeps every field of a Reading."""
    from datetime import date

    text = Reading(("Абзац “один”.", "<b>"), "T", ("A. B.",), date(2022, 4, 7), "ru", "windows-1251", "meta", "x")
    store = archive(tmp_path)
    capture = seal(store, text=text)
    assert store.reading(capture) == text


def test_a_translation_is_listed_in_a_later_manifest(tmp_path: Path) -> None:
    """text.en.json lies beside the text, manifest.1.json lists it and follows the head; a newer one counts."""
    store = archive(tmp_path)
    capture = seal(store)
    assert store.translation(capture, "en") is None
    assert store.add_translation(capture, _translation()) == f"{capture.path}/text.en.json"
    assert store.translation(capture, "en") == _translation()
    later = json.loads((store.folder(capture) / "manifest.1.json").read_bytes())
    assert later["previous"] == [capture.manifest_sha256]
    assert [file["name"] for file in later["files"]] == ["text.en.json"]
    newer = _translation("Newer.")
    assert store.add_translation(capture, newer).endswith("/text.en.2.json")
    assert store.translation(capture, "en") == newer
    assert len(store.heads("fn1")) == 1
    assert verify(tmp_path / "archive") == []
    assert "text.en.2.json" in {file.name for file in store.captures("fn1")[0].files}


def test_a_translation_that_a_crash_left_unlisted_is_replaced(tmp_path: Path) -> None:
    """What no manifest lists does not count, and the next translation takes its name."""
    store = archive(tmp_path)
    capture = seal(store)
    (store.folder(capture) / "text.en.json").write_text("{}")
    assert store.translation(capture, "en") is None
    assert store.add_translation(capture, _translation()).endswith("/text.en.json")
    assert verify(tmp_path / "archive") == []


@pytest.mark.parametrize(
    ("main", "text", "same"),
    [
        (page("<p>Ad 2</p>"), reading("First  paragraph.", "Second para\u00adgraph."), True),
        (page(PAGE), reading("Another text."), False),
        (page(PAGE), None, False),
    ],
)
def test_equal_text_is_equal_content(tmp_path: Path, main: Exchange, text: Reading | None, same: bool) -> None:
    """White space, soft hyphens and what is not text make no new capture; other words do."""
    store = archive(tmp_path)
    assert store.same_content(seal(store), text, main) is same


def test_without_text_the_decoded_body_decides(tmp_path: Path) -> None:
    """The same bytes under another Content-Encoding are the same content."""
    store = archive(tmp_path)
    capture = store.capture(CITATION, page(PAGE), _alive(), reading=None, document=None, options={}, shows=Shows.SOURCE)
    packed = page(gzip.compress(PAGE), head=HTML.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n"))
    assert store.same_content(capture, None, packed)
    assert not store.same_content(capture, None, page(PAGE + b" "))
    assert not store.same_content(capture, None, Exchange("https://news.example/story"))


@pytest.mark.parametrize(("seconds", "warned"), [(0, False), (59, False), (61, True), (-3600, True)])
def test_the_clock_is_compared_with_the_servers(tmp_path: Path, seconds: int, warned: bool) -> None:
    """The offset from the Date headers is recorded, and warned of above 60 s."""
    store = archive(tmp_path)
    capture = seal(store, exchange(hop("https://news.example/", started_at=NOON + timedelta(seconds=seconds))))
    manifest = _manifest(store, capture)
    assert manifest["clock_offset_s"] == seconds
    assert bool(manifest["warnings"]) is warned


def test_a_cached_answer_does_not_make_the_clock_wrong(tmp_path: Path) -> None:
    """Age is taken into account; an absurd Date is not."""
    aged = HTML.replace(b"\r\n\r\n", b"\r\nAge: 7200\r\n\r\n")
    store = archive(tmp_path)
    capture = seal(store, exchange(hop("https://news.example/", aged, started_at=NOON + timedelta(hours=2))))
    assert _manifest(store, capture)["clock_offset_s"] == 0
    odd = page(PAGE, head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nDate: yesterday\r\nAge: -\r\n\r\n")
    assert _manifest(store, seal(store, odd))["clock_offset_s"] is None


def test_nothing_answered_is_nothing_to_keep(tmp_path: Path) -> None:
    """An exchange without a hop is refused, and leaves no folder."""
    with pytest.raises(UsageError, match="nothing answered"):
        seal(archive(tmp_path), Exchange("https://news.example/"))
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("bad", ["../x", "", "A", "a/b", ".hidden", "a" * 65, "a\n"])
def test_an_id_never_leads_out_of_the_archive(tmp_path: Path, bad: str) -> None:
    """Ids that are no folder names of ours are refused before anything is written."""
    with pytest.raises(UsageError):
        seal(archive(tmp_path), citation=Citation(id=bad))
    with pytest.raises(UsageError):
        archive(tmp_path).captures(bad)
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("language", ["../en", "", "en.json", "e" * 40, "en\n"])
def test_a_language_never_leads_out_of_the_capture(tmp_path: Path, language: str) -> None:
    """Only language tags become file names."""
    store = archive(tmp_path)
    capture = seal(store)
    with pytest.raises(UsageError):
        store.add_translation(capture, _translation(language=language))
    assert store.translation(capture, language) is None


def test_prepare_tells_git_to_change_no_byte(tmp_path: Path) -> None:
    """.gitattributes is written once, and a person's own is left alone."""
    store = archive(tmp_path)
    store.prepare()
    attributes = tmp_path / "archive" / ".gitattributes"
    assert attributes.read_text() == "* -text\nhistory.jsonl merge=union\n"
    attributes.write_text("* -text\nhistory.jsonl merge=union\n*.wacz filter=lfs\n")
    store.prepare()
    assert "lfs" in attributes.read_text()


def test_two_runs_at_once_are_one_too_many(tmp_path: Path) -> None:
    """The lock names its holder by process and time, is released, and leaves no file behind."""
    store, other = archive(tmp_path), Archive(tmp_path / "archive", FixedClock())
    with store.lock():
        with pytest.raises(StorageError, match=r"archive locked by process \d+, since 2026-11-02T12:00:00Z") as caught:
            other.lock().__enter__()
        assert caught.value.hint
    with other.lock():
        pass
    assert not (tmp_path / "archive" / ".lock").exists()


def test_a_living_runs_temporaries_are_not_swept(tmp_path: Path) -> None:
    """prepare() without the lock leaves what the lock's holder is writing; afterwards it is removed."""
    staging = tmp_path / "archive" / "fn1" / ".citekeeper-tmp-20261102T120000Z-abcd"
    staging.mkdir(parents=True)
    (staging / "capture.wacz").write_bytes(b"half")
    holder = archive(tmp_path)
    with holder.lock():
        archive(tmp_path).prepare()
        assert staging.exists()
    archive(tmp_path).prepare()
    assert not staging.exists()
    assert verify(tmp_path / "archive") == []


def test_a_broken_manifest_is_tampered_not_a_crash(tmp_path: Path) -> None:
    """captures() goes on past a manifest that is garbage, and says tampered."""
    store = archive(tmp_path)
    capture = seal(store)
    (store.folder(capture) / "manifest.json").write_bytes(b"\xff not json")
    (found,) = store.captures("fn1")
    assert found.state is CaptureState.TAMPERED
    assert found.captured_at == NOON


def test_an_unfetched_lfs_pointer_is_absent(tmp_path: Path) -> None:
    """Content that is kept elsewhere is absent, not tampered with."""
    store = archive(tmp_path)
    capture = seal(store)
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"
    (store.folder(capture) / "capture.wacz").write_bytes(pointer)
    assert store.captures("fn1")[0].state is CaptureState.ABSENT


def test_a_picture_is_known_by_its_bytes(tmp_path: Path) -> None:
    """A capture of an image is sniffed and has no page."""
    store = archive(tmp_path)
    capture = seal(store, page(PNG, head=b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"))
    assert _manifest(store, capture)["sniffed_type"] == "image/png"
    assert "page.html" not in {file.name for file in capture.files}


def test_lone_surrogates_are_one_thing_everywhere(tmp_path: Path) -> None:
    """Text that no file can hold becomes the same replacement in text.json, record and hash."""
    store = archive(tmp_path)
    broken = reading("a\ud800b", "c")
    capture = seal(store, text=broken)
    assert verify(tmp_path / "archive") == []
    assert store.same_content(capture, broken, page(PAGE))
