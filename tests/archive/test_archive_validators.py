"""Tools that are not ours agree: py-wacz, warcio, FastWARC and pywb, each in an environment of its own.

They are found through CITEKEEPER_VALIDATORS, a directory with the virtual environments wacz, warcio, fastwarc and pywb.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from citekeeper.clock import stamp14
from citekeeper.model import Citation, Exchange

from .support import NASTY, NOON, archive, exchange, hop, seal
from .wire import WIRES, fetched

VALIDATORS = Path(os.environ.get("CITEKEEPER_VALIDATORS") or "/nonexistent")
_PYWB_CANNOT = {"cyrillic-reason", "windows-1251-head", "truncated"}  # answers 500, or waits for the missing bytes
_WIRED = ("wire", "50-mb")  # one package of many pages that came over a socket, and one large page
_CSS = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n"
_REQUISITES = tuple(exchange(hop(f"https://{host}.example/a.css", _CSS, b"p{}" * 99)) for host in ("one", "two"))


def _tool(environment: str, name: str) -> str:
    path = VALIDATORS / environment / "bin" / name
    if not path.exists():
        pytest.skip(f"{name} is not in $CITEKEEPER_VALIDATORS/{environment} (`make test` builds it)")
    return str(path)


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore"}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)


@pytest.fixture(scope="module")
def wired() -> dict[str, Exchange]:
    """The pages that came over a socket."""
    return fetched()


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory, wired: dict[str, Exchange]) -> dict[str, Path]:
    """A sealed package of every nasty page, one with duplicates, and what came over a socket."""
    root = tmp_path_factory.mktemp("validated")
    store = archive(root)
    made = {}
    for name, main in NASTY.items():
        made[name] = store.folder(seal(store, main, citation=Citation(id=name))) / "capture.wacz"
    duplicates = seal(store, requisites=_REQUISITES, citation=Citation(id="duplicates"))
    made["duplicates"] = store.folder(duplicates) / "capture.wacz"
    first, *others = (one for name, one in wired.items() if name != "50-mb")
    many = seal(store, first, requisites=tuple(others), citation=Citation(id="wire"))
    made["wire"] = store.folder(many) / "capture.wacz"
    made["50-mb"] = store.folder(seal(store, wired["50-mb"], citation=Citation(id="large"))) / "capture.wacz"
    return made


def _warc(package: Path, tmp_path: Path) -> str:
    with zipfile.ZipFile(package) as members:
        return members.extract("archive/data.warc.gz", tmp_path)


@pytest.mark.parametrize("name", [*NASTY, *_WIRED, "duplicates"])
def test_py_wacz_validates(packages: dict[str, Path], name: str) -> None:
    """`wacz validate -f` accepts the package as version 1.1.1."""
    result = _run(_tool("wacz", "wacz"), "validate", "-f", str(packages[name]))
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1.1.1" in result.stdout
    assert "Validation succeeded" in result.stdout


@pytest.mark.parametrize("name", [*NASTY, *_WIRED, "duplicates"])
def test_warcio_checks(packages: dict[str, Path], name: str, tmp_path: Path) -> None:
    """`warcio check -v` finds every digest right (in an environment without brotli, where it would crash)."""
    result = _run(_tool("warcio", "warcio"), "check", "-v", _warc(packages[name], tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    assert "digest pass" in result.stdout
    assert "fail" not in result.stdout


@pytest.mark.parametrize("name", [*NASTY, *_WIRED, "duplicates"])
def test_fastwarc_checks(packages: dict[str, Path], name: str, tmp_path: Path) -> None:
    """`fastwarc check -p` too; of a revisit it wants the payload that is elsewhere, which is excused."""
    report = tmp_path / "report"
    warc = _warc(packages[name], tmp_path)
    result = _run(_tool("fastwarc", "fastwarc"), "check", "-q", "-p", "-o", str(report), warc)
    failed = [line.split()[0].rstrip(":") for line in report.read_text().splitlines() if "FAIL" in line]
    if name == "duplicates":
        listed = _run(_tool("warcio", "warcio"), "index", "-f", "warc-type,warc-record-id", warc).stdout
        revisits = re.findall(r'"warc-type": "revisit", "warc-record-id": "([^"]+)"', listed)
        assert failed == revisits
        assert len(revisits) == 1
    else:
        assert result.returncode == 0, result.stdout + result.stderr
        assert failed == []


@pytest.fixture(scope="module")
def pywb(packages: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A pywb on loopback that holds all packages."""
    place = tmp_path_factory.mktemp("pywb")
    manager, wayback = _tool("pywb", "wb-manager"), _tool("pywb", "wayback")
    environment = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore"}
    subprocess.run([manager, "init", "all"], cwd=place, check=True, capture_output=True, env=environment)
    warcs = []
    for name, package in packages.items():
        with zipfile.ZipFile(package) as members:
            warc = place / f"{name}.warc.gz"
            warc.write_bytes(members.read("archive/data.warc.gz"))
            warcs.append(str(warc))
    subprocess.run([manager, "add", "all", *warcs], cwd=place, check=True, capture_output=True, env=environment)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [wayback, "-b", "127.0.0.1", "-p", str(port)],
        cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield port
    server.kill()
    server.wait(timeout=10)


@pytest.mark.parametrize("name", [name for name in NASTY if name not in _PYWB_CANNOT])
def test_pywb_replays_the_identical_bytes(pywb: int, name: str) -> None:
    """`…id_/` gives back the body as it was received, redirects included."""
    for one in NASTY[name].hops:
        status, body = _replay(pywb, one.url)
        assert (status, body) == (one.status, one.body)


@pytest.mark.parametrize("name", [name for name in WIRES if name not in ("cyrillic", "truncated")])
def test_pywb_replays_what_the_server_sent(pywb: int, wired: dict[str, Exchange], name: str) -> None:
    """The body that the server meant, to the byte, after socket, engine, package and another's replay."""
    assert _replay(pywb, wired[name].url, wired[name].started_at) == (200, WIRES[name].body)


def test_pywb_replays_a_revisit(pywb: int) -> None:
    """A duplicate gives back the bytes of the record that it refers to."""
    for requisite in _REQUISITES:
        assert _replay(pywb, requisite.url) == (200, requisite.hops[0].body)


def _replay(port: int, url: str, moment: datetime | None = None) -> tuple[int, bytes]:
    from citekeeper.urls import parse

    stamp = stamp14(moment or NOON)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("GET", f"/all/{stamp}id_/{parse(url).href}", skip_accept_encoding=True)
    connection.putheader("Accept-Encoding", "gzip, br")
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


_COMPARE = """
import sys
from fastwarc.warc import ArchiveIterator, WarcRecordType
for record in ArchiveIterator(open(sys.argv[1], "rb"), parse_http=False, record_types=WarcRecordType.response):
    sys.stdout.buffer.write(record.reader.read().partition(b"\\r\\n\\r\\n")[2])
"""


@pytest.mark.parametrize("name", NASTY)
def test_fastwarc_reads_the_identical_bytes(packages: dict[str, Path], name: str, tmp_path: Path) -> None:
    """Where pywb cannot replay, FastWARC gives back the body: all of them, to be sure."""
    python = _tool("fastwarc", "python")
    result = subprocess.run(
        [python, "-c", _COMPARE, _warc(packages[name], tmp_path)], capture_output=True, check=True, timeout=60
    )
    assert result.stdout == _bodies(NASTY[name])


def test_fastwarc_reads_what_the_server_sent(packages: dict[str, Path], tmp_path: Path) -> None:
    """The same without pywb, for all of them: also the truncated page, and the one with a Cyrillic reason phrase."""
    python = _tool("fastwarc", "python")
    for package, names in (("wire", [name for name in WIRES if name != "50-mb"]), ("50-mb", ["50-mb"])):
        command = [python, "-c", _COMPARE, _warc(packages[package], tmp_path)]
        result = subprocess.run(command, capture_output=True, check=True, timeout=60)
        assert result.stdout == b"".join(WIRES[name].body for name in names)


def _bodies(main: Exchange) -> bytes:
    return b"".join(one.body for one in main.hops)
