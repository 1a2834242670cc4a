"""Proxy and certificate settings, read once from the environment and handed to every client explicitly.

libcurl ignores all three CA variables and the upper-case HTTP_PROXY; requests ignores SSL_CERT_FILE; so neither is left
to its own reading (CONTRACT section 1).
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path

from citekeeper.errors import UsageError
from citekeeper.patterns import late
from citekeeper.urls import ascii_host, parse
from citekeeper.values import dataclass

# As lenient as libcurl, which takes a host alone for an HTTP proxy.
_PROXY = late(
    r"(?i)(?:(?:https?|socks(?:4a?|5h?)?)://)?(?:[^/\s]*@)?(?:\[[0-9a-f:.%]+\]|[^@:/\[\]\s]+)(?::(?P<port>\d{1,5}))?/?"
)
_LARGEST_PORT = 65_535
_CERTIFICATE = late(rb"-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----")
_CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_SYSTEM_BUNDLES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")  # Debian's, Fedora's
_BSD_BUNDLE = "/etc/ssl/cert.pem"  # macOS's too, which python.org's Python does not look for


@dataclass(frozen=True, slots=True)
class Network:
    """How to reach the web: a proxy per scheme (None: direct), the hosts that need none, and the CA bundle's path."""

    http_proxy: str | None = None
    https_proxy: str | None = None
    no_proxy: tuple[str, ...] = ()
    ca_bundle: str = ""

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Network:
        """Read HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY (both cases, lower case first) and the CA variables.

        Raises:
            UsageError: a CA variable names a file that cannot be read, or a proxy variable no proxy.
        """

        def variable(name: str) -> str | None:
            return environ.get(name.lower()) or environ.get(name.upper()) or None

        def proxy(name: str) -> str | None:
            found = (variable(name) or "").strip()
            if found and not is_proxy(found):
                raise UsageError(  # without the address: it may hold a password
                    f"{name.upper()} is no address of a proxy.",
                    "Write for instance http://proxy.example:3128; special characters of a password are "
                    "percent-encoded.",
                )
            return found or None

        every = proxy("all_proxy")
        # httpoxy: under CGI, HTTP_PROXY is a request header
        is_header = "REQUEST_METHOD" in environ and not environ.get("http_proxy")
        http_proxy = None if is_header else proxy("http_proxy")
        excluded = tuple(part.strip() for part in (variable("no_proxy") or "").split(",") if part.strip())
        return cls(http_proxy or every, proxy("https_proxy") or every, excluded, find_ca_bundle(environ))

    def proxy_for(self, url: str) -> str | None:
        """The proxy that ``url`` is fetched through; None where it is fetched directly."""
        parsed = parse(url)
        proxy = self.https_proxy if parsed.scheme == "https" else self.http_proxy
        if proxy is None or self._is_excluded(parsed.host, parsed.port):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    def _is_excluded(self, host: str, port: int) -> bool:
        for entry in self.no_proxy:
            if entry == "*":
                return True
            if "/" in entry:
                if _in_network(host, entry):
                    return True
                continue
            name, wanted_port = _host_and_port(entry)
            if wanted_port and wanted_port != str(port):
                continue
            name = _ascii(name.lstrip("*").strip(".").lower())
            if name and (host == name or host.endswith("." + name)):
                return True
        return False


def is_proxy(address: str) -> bool:
    """Whether an address is one of a proxy: host, host:port or a URL, with or without credentials."""
    match = _PROXY.fullmatch(address)
    return match is not None and int(match["port"] or 0) <= _LARGEST_PORT


def _host_and_port(entry: str) -> tuple[str, str]:
    """An entry of NO_PROXY taken apart: ``example.org:8443``, ``[::1]:8443``, or ``::1``, which has no port."""
    if entry.startswith("["):
        name, _, rest = entry[1:].partition("]")
        return name, rest.removeprefix(":")
    if entry.count(":") == 1:
        name, _, port = entry.partition(":")
        return name, port
    return entry, ""


def _ascii(name: str) -> str:
    """A host name as URLs have it; what is no host name matches nothing."""
    try:
        return ascii_host(name)
    except ValueError:
        return ""


def _in_network(host: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def find_ca_bundle(environ: Mapping[str, str]) -> str:
    """The path of the CA bundle: SSL_CERT_FILE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE, the system's store, certifi.

    Raises:
        UsageError: a variable names a file that cannot be read, or holds no certificates.
    """
    for name in _CA_VARIABLES:
        path = environ.get(name)
        if path:
            if not _is_readable(path):
                raise UsageError(f"{name} names {path}, which is not a readable file.", f"Correct or unset {name}.")
            if not _CERTIFICATE.search(Path(path).read_bytes()):
                raise UsageError(
                    f"{name} names {path}, which holds no certificates (PEM).", f"Correct or unset {name}."
                )
            return path
    for path in _SYSTEM_BUNDLES:
        if _is_readable(path):
            return path
    import ssl  # late: it takes longer to load than most of what a check needs

    for found in (ssl.get_default_verify_paths().cafile, _BSD_BUNDLE):
        if found and _is_readable(found):
            return found
    import certifi

    return certifi.where()


def _is_readable(path: str) -> bool:
    return Path(path).is_file() and os.access(path, os.R_OK)
