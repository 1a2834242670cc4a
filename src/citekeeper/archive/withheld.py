"""What identifies the reader reaches no file: cookies, credentials, addresses are withheld, and that is said.

A withheld value is replaced by the word ``withheld``; header names (and the names of cookies that a server set) stay,
so that the record still shows that something was sent.
"""

from __future__ import annotations

import re

WITHHELD = b"withheld"

_REQUEST_NAMES = {b"cookie", b"cookie2", b"authorization", b"proxy-authorization"}
_RESPONSE_NAMES = {b"set-cookie", b"set-cookie2", b"authentication-info", b"proxy-authentication-info"}
READER_ADDRESS_NAMES = frozenset(
    b"client-ip x-client-ip x-real-ip x-your-ip x-user-ip x-visitor-ip x-remote-ip x-remote-addr remote-addr "
    b"x-client-address x-cluster-client-ip x-originating-ip x-forwarded-for forwarded cf-connecting-ip true-client-ip "
    b"fastly-client-ip x-azure-clientip x-envoy-external-address".split()
)
"""Response headers in which servers tell their visitor's address."""

_CREDENTIALS = re.compile(rb"(?i)(https?://)[^/\s?#@\"'<>]*@")
_COOKIE_NAME = re.compile(rb"^[ \t]*([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64})=")
_HEAD_LINE = re.compile(rb"[^\n]*\n?")


def redact_request(head: bytes) -> tuple[bytes, list[str]]:
    """A request head without what identifies the reader, and the names of what was withheld."""
    clean, names = _redact(head, _REQUEST_NAMES, keep_cookie_name=False)
    without = _CREDENTIALS.sub(rb"\1", clean)
    if without != clean:
        names.append("URL credentials")
    return without, names


def redact_response(head: bytes) -> tuple[bytes, list[str]]:
    """A response head without what identifies the reader, and the names of what was withheld.

    Cookies keep their names and lose their values.
    """
    return _redact(head, _RESPONSE_NAMES | READER_ADDRESS_NAMES, keep_cookie_name=True)


def redact_url(url: str) -> str:
    """A URL without user name and password."""
    return _CREDENTIALS.sub(rb"\1", url.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")


def _redact(head: bytes, names: set[bytes], *, keep_cookie_name: bool) -> tuple[bytes, list[str]]:
    out: list[bytes] = []
    withheld: list[str] = []
    folded_secret = False
    for line in _HEAD_LINE.findall(head):
        if line[:1] in (b" ", b"\t") and folded_secret:
            continue  # the continuation of a withheld value
        name, colon, value = line.partition(b":")
        folded_secret = bool(colon) and name.strip().lower() in names
        if folded_secret:
            withheld.append(name.strip().decode("latin-1"))
            line = name + b": " + _stand_in(value, keep_cookie_name) + _line_end(line)
        out.append(line)
    return b"".join(out), withheld


def _stand_in(value: bytes, keep_cookie_name: bool) -> bytes:
    match = _COOKIE_NAME.match(value) if keep_cookie_name else None
    return match[1] + b"=" + WITHHELD if match else WITHHELD


def _line_end(line: bytes) -> bytes:
    return b"\r\n" if line.endswith(b"\r\n") else (b"\n" if line.endswith(b"\n") else b"")
