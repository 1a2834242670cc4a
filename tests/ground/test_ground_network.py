"""Proxy and certificate settings as the environment gives them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from citekeeper.errors import UsageError
from citekeeper.network import Network, find_ca_bundle

PROXY = "http://127.0.0.1:3128"
OTHER = "http://127.0.0.1:3129"


@pytest.mark.parametrize(
    ("environ", "url", "proxy"),
    [
        ({}, "https://example.org/", None),
        ({"HTTPS_PROXY": PROXY}, "https://example.org/", PROXY),
        ({"https_proxy": PROXY}, "https://example.org/", PROXY),
        ({"https_proxy": PROXY, "HTTPS_PROXY": OTHER}, "https://example.org/", PROXY),
        ({"HTTPS_PROXY": PROXY}, "http://example.org/", None),
        ({"HTTP_PROXY": PROXY}, "http://example.org/", PROXY),
        ({"ALL_PROXY": PROXY}, "http://example.org/", PROXY),
        ({"ALL_PROXY": PROXY, "HTTPS_PROXY": OTHER}, "https://example.org/", OTHER),
        ({"HTTPS_PROXY": "127.0.0.1:3128"}, "https://example.org/", PROXY),
        ({"HTTPS_PROXY": ""}, "https://example.org/", None),
        ({"HTTP_PROXY": PROXY, "REQUEST_METHOD": "GET"}, "http://example.org/", None),
        ({"http_proxy": PROXY, "REQUEST_METHOD": "GET"}, "http://example.org/", PROXY),
    ],
)
def test_which_proxy(environ: dict[str, str], url: str, proxy: str | None) -> None:
    """Both cases are read, lower first; under CGI the upper-case HTTP_PROXY is a request's header (httpoxy)."""
    assert Network.from_environ(environ).proxy_for(url) == proxy


@pytest.mark.parametrize(
    ("no_proxy", "url", "is_direct"),
    [
        ("*", "https://example.org/", True),
        ("example.org", "https://example.org/", True),
        ("example.org", "https://www.example.org/", True),
        ("example.org", "https://notexample.org/", False),
        (".example.org", "https://www.example.org/", True),
        ("*.example.org", "https://www.example.org/", True),
        (" a.org , EXAMPLE.org ", "https://example.org/", True),
        ("example.org:8443", "https://example.org:8443/", True),
        ("example.org:8443", "https://example.org/", False),
        ("127.0.0.1", "http://127.0.0.1:8000/", True),
        ("127.0.0.0/8", "http://127.1.2.3/", True),
        ("10.0.0.0/8", "http://11.0.0.1/", False),
        ("10.0.0.0/8", "https://example.org/", False),
        ("::1", "http://[::1]:8000/", True),
        ("[::1]", "http://[::1]/", True),
        ("[::1]:8000", "http://[::1]:8000/", True),
        ("[::1]:8000", "http://[::1]:9000/", False),
        ("fd00::/8", "http://[fd00::1]/", True),
        ("bad/cidr", "https://example.org/", False),
        ("президент.рф", "https://xn--d1abbgf6aiiy.xn--p1ai/", True),
        ("example.org.", "https://example.org/", True),
        ("", "https://example.org/", False),
        (",,", "https://example.org/", False),
    ],
)
def test_hosts_without_a_proxy(no_proxy: str, url: str, is_direct: bool) -> None:
    """NO_PROXY names hosts with their subdomains, ports, addresses and networks."""
    network = Network.from_environ({"ALL_PROXY": PROXY, "NO_PROXY": no_proxy})
    assert (network.proxy_for(url) is None) is is_direct


def test_the_order_of_ca_variables(tmp_path: Path) -> None:
    """SSL_CERT_FILE counts before REQUESTS_CA_BUNDLE, and that before CURL_CA_BUNDLE; each alone suffices."""
    names = ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]
    environ = {}
    for name in reversed(names):
        path = tmp_path / name
        path.write_text("-----BEGIN CERTIFICATE-----\n")
        environ[name] = str(path)
        assert find_ca_bundle(environ) == str(path)
        assert find_ca_bundle({name: str(path)}) == str(path)
        assert Network.from_environ(environ).ca_bundle == str(path)


def test_without_a_variable_there_is_a_bundle() -> None:
    """The system's store or certifi's serves where no variable is set."""
    assert Path(find_ca_bundle({"SSL_CERT_FILE": ""})).is_file()


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_an_unreadable_bundle_is_an_error(name: str, tmp_path: Path) -> None:
    """A variable that names no readable file, or none of certificates, is told by its name, not passed over."""
    locked = tmp_path / "locked"
    locked.write_text("x")
    locked.chmod(0)
    (tmp_path / "no certificates.pem").write_text("root:x:0:0\n")
    (tmp_path / "empty.pem").touch()
    paths = [tmp_path / "absent", tmp_path, *tmp_path.glob("*.pem")] + (
        [locked] if not os.access(locked, os.R_OK) else []
    )
    for path in paths:
        with pytest.raises(UsageError, match=name) as caught:
            find_ca_bundle({name: str(path)})
        assert name in caught.value.hint
