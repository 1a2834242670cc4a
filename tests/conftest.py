"""Guards for every test: nothing leaves loopback, no setting of the person who runs the tests leaks in."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pycurl
import pytest

# An example's first run loads modules and the machine may be busy: time is no property of what is tested here.
hypothesis.settings.register_profile("citekeeper", deadline=None)
hypothesis.settings.load_profile("citekeeper")

SHARED = Path(__file__).parents[2] / "shared"
_OWN_VARIABLES = ("CITEKEEPER_", "WAYBACK_", "SAVEPAGENOW_", "DEEPL_", "GITHUB_")
_NETWORK_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_KEPT = {"CITEKEEPER_VALIDATORS"}


class LeavesLoopbackError(AssertionError):
    """A test tried to reach an address that is not of this machine."""


def _check_address(host: object) -> None:
    if not isinstance(host, str) or host in ("localhost", ""):
        return
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return  # a name: getaddrinfo is guarded on its own
    if not address.is_loopback:
        raise LeavesLoopbackError(f"a test tried to connect to {host}")


@pytest.fixture(autouse=True, scope="session")
def _sockets_stay_on_loopback() -> Iterator[None]:
    """Python's sockets connect and resolve on loopback alone."""
    patch = pytest.MonkeyPatch()
    real_connect, real_connect_ex, real_resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo
    real_sendto = socket.socket.sendto

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple):
            _check_address(address[0])
        real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        if isinstance(address, tuple):
            _check_address(address[0])
        return real_connect_ex(self, address)

    def sendto(self: socket.socket, data: Any, *rest: Any) -> int:
        if isinstance(rest[-1], tuple):
            _check_address(rest[-1][0])
        return real_sendto(self, data, *rest)

    def getaddrinfo(host: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in (None, "", "localhost"):
            try:
                ipaddress.ip_address(str(name).partition("%")[0])
            except ValueError:
                raise socket.gaierror(socket.EAI_AGAIN, "names are not resolved in tests") from None
        return real_resolve(host, *rest, **more)

    patch.setattr(socket.socket, "connect", connect)
    patch.setattr(socket.socket, "connect_ex", connect_ex)
    patch.setattr(socket.socket, "sendto", sendto)
    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    patch.undo()


class _Handed:
    """A descriptor in the form that pycurl asks for."""

    def __init__(self, number: int) -> None:
        self._number = number

    def fileno(self) -> int:
        return self._number

    def __del__(self) -> None:
        os.close(self._number)  # pycurl works on a duplicate


@pytest.fixture(autouse=True, scope="session")
def _curl_stays_on_loopback() -> Iterator[None]:
    """Libcurl opens sockets to loopback alone; a callback of the program's own is asked after the guard."""
    patch = pytest.MonkeyPatch()
    plain = pycurl.Curl

    def guarded(own: Any) -> Any:
        def open_socket(purpose: int, address: Any) -> Any:
            _check_address(address[3][0])
            if own is not None:
                return own(purpose, address)
            opened = socket.socket(address[0], address[1], address[2])
            return _Handed(opened.detach())  # a plain socket would warn when it is collected unclosed

        return open_socket

    class GuardedCurl(plain):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__()
            super().setopt(pycurl.OPENSOCKETFUNCTION, guarded(None))

        def setopt(self, option: int, value: Any) -> None:
            super().setopt(option, guarded(value) if option == pycurl.OPENSOCKETFUNCTION else value)

        def reset(self) -> None:
            super().reset()
            super().setopt(pycurl.OPENSOCKETFUNCTION, guarded(None))

    patch.setattr(pycurl, "Curl", GuardedCurl)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def _language_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where one unpacked language model (50 MB) lies for all tests."""
    return tmp_path_factory.mktemp("language")


@pytest.fixture(autouse=True)
def _plain_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, _language_models: Path
) -> Iterator[None]:
    """No proxy, key, setting or CI variable of the machine reaches a test unless the test sets it."""
    for name in list(os.environ):
        if name.startswith(_OWN_VARIABLES) and name not in _KEPT:
            monkeypatch.delenv(name)
        if name.upper() in _NETWORK_VARIABLES or name in ("CI", "NO_COLOR"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CITEKEEPER_BROWSER", "never")  # tests of the browser say otherwise
    cache = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("CITEKEEPER_CACHE_DIR", str(cache))
    for model in _language_models.iterdir():
        (cache / model.name).symlink_to(model)
    yield
    for model in cache.glob("language-*"):
        if not model.is_symlink() and not (_language_models / model.name).exists():
            model.rename(_language_models / model.name)


@pytest.fixture(scope="session")
def letter() -> Path:
    """The folder of the open letter, where it is present."""
    folder = SHARED / "letter"
    if not (folder / "open-letter.pdf").is_file():
        pytest.skip("the open letter is not here (../shared/letter)")
    return folder
