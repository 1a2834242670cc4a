"""libcurl's errors in the project's terms: one table, and the few codes that need a closer look."""

from __future__ import annotations

import errno

from citekeeper.model import Failure, FailureKind, TlsFault, TlsFaultKind
from citekeeper.patterns import late
from citekeeper.printing import one_line
from citekeeper.values import dataclass

_LONGEST_NAME = 200  # characters of what a certificate says

# libcurl's numbers (include/curl/curl.h); pycurl has no name for the newer ones.
CURL_FAILURES: dict[int, FailureKind] = {
    1: FailureKind.MALFORMED,  # UNSUPPORTED_PROTOCOL: the answer is no HTTP (HTTP/0.9)
    2: FailureKind.INTERNAL,  # FAILED_INIT
    3: FailureKind.BAD_URL,  # URL_MALFORMAT
    4: FailureKind.INTERNAL,  # NOT_BUILT_IN
    5: FailureKind.PROXY_UNREACHABLE,  # COULDNT_RESOLVE_PROXY
    6: FailureKind.DNS_FAILURE,  # COULDNT_RESOLVE_HOST: names come resolved, so never the name's fault
    7: FailureKind.CONNECT_REFUSED,  # COULDNT_CONNECT: refined by errno
    8: FailureKind.MALFORMED,  # WEIRD_SERVER_REPLY
    16: FailureKind.MALFORMED,  # HTTP2
    18: FailureKind.TRUNCATED,  # PARTIAL_FILE
    22: FailureKind.INTERNAL,  # HTTP_RETURNED_ERROR
    23: FailureKind.INTERNAL,  # WRITE_ERROR: our own caps end otherwise
    26: FailureKind.INTERNAL,  # READ_ERROR
    27: FailureKind.INTERNAL,  # OUT_OF_MEMORY
    28: FailureKind.TIMEOUT,  # OPERATION_TIMEDOUT: refined by how far it came
    35: FailureKind.TLS_HANDSHAKE,  # SSL_CONNECT_ERROR: refined by its text
    41: FailureKind.INTERNAL,  # FUNCTION_NOT_FOUND
    42: FailureKind.INTERNAL,  # ABORTED_BY_CALLBACK
    43: FailureKind.INTERNAL,  # BAD_FUNCTION_ARGUMENT
    45: FailureKind.INTERNAL,  # INTERFACE_FAILED
    48: FailureKind.INTERNAL,  # UNKNOWN_OPTION
    52: FailureKind.EMPTY_REPLY,  # GOT_NOTHING
    53: FailureKind.INTERNAL,  # SSL_ENGINE_NOTFOUND
    54: FailureKind.INTERNAL,  # SSL_ENGINE_SETFAILED
    55: FailureKind.RESET,  # SEND_ERROR
    56: FailureKind.RESET,  # RECV_ERROR: also a refused CONNECT, and a flood of headers
    58: FailureKind.TLS_HANDSHAKE,  # SSL_CERTPROBLEM
    59: FailureKind.TLS_HANDSHAKE,  # SSL_CIPHER
    60: FailureKind.TLS_HANDSHAKE,  # PEER_FAILED_VERIFICATION: a TlsFault before it is a failure
    61: FailureKind.MALFORMED,  # BAD_CONTENT_ENCODING (an unknown transfer coding)
    66: FailureKind.INTERNAL,  # SSL_ENGINE_INITFAILED
    77: FailureKind.INTERNAL,  # SSL_CACERT_BADFILE
    80: FailureKind.RESET,  # SSL_SHUTDOWN_FAILED
    81: FailureKind.INTERNAL,  # AGAIN
    83: FailureKind.TLS_HANDSHAKE,  # SSL_ISSUER_ERROR
    89: FailureKind.INTERNAL,  # NO_CONNECTION_AVAILABLE
    91: FailureKind.TLS_HANDSHAKE,  # SSL_INVALIDCERTSTATUS
    92: FailureKind.MALFORMED,  # HTTP2_STREAM
    93: FailureKind.INTERNAL,  # RECURSIVE_API_CALL
    95: FailureKind.MALFORMED,  # HTTP3
    97: FailureKind.PROXY_REFUSED,  # PROXY (SOCKS handshake)
    98: FailureKind.CLIENT_CERTIFICATE,  # SSL_CLIENTCERT
    100: FailureKind.HEADERS_TOO_LARGE,  # TOO_LARGE
}

E_PARTIAL_FILE = 18
E_OPERATION_TIMEDOUT = 28
E_SSL_CONNECT_ERROR = 35
E_RECV_ERROR = 56
E_PEER_FAILED_VERIFICATION = 60
_NO_HTTP = frozenset({1, 8})
HTTP2_ERRORS = frozenset({16, 92, 95})

_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EACCES, errno.EPERM})
_OURS = frozenset({errno.EMFILE, errno.ENFILE, errno.EADDRNOTAVAIL, errno.ENOBUFS, errno.ENOMEM})
_RESET_IN_HANDSHAKE = late(r"(?i)reset by peer|SSL_ERROR_SYSCALL|broken pipe|connection (?:was )?aborted")
_REFUSED_CONNECT = late(r"(?i)CONNECT tunnel failed|response \d+ (?:to|from) CONNECT|proxy CONNECT aborted")
# In TLS 1.3 the alert comes after the handshake, when the server misses the reader's certificate.
_WANTS_CERTIFICATE = late(r"(?i)alert certificate required")
_TOO_LARGE = late(r"(?i)too large response headers|too many response headers|too long header|too large header")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a transfer that failed ended, as libcurl tells it."""

    code: int
    text: str
    host: str  # for people
    os_errno: int = 0
    connected: bool = False  # TCP stands
    secured: bool = True  # and so does TLS, where it is needed
    via_proxy: bool = False
    connect_status: int = 0  # the proxy's answer to CONNECT
    dripped: bool = False  # a part of a head came
    head_complete: bool = False
    refused_address: str | None = None  # the guard closed the way
    verify_result: int = 0


def failure_of(end: Ending) -> Failure:
    """The failure that ``end`` means, with a sentence for people."""
    kind, message = _judge(end)
    return Failure(kind, message, end.code)


def _judge(end: Ending) -> tuple[FailureKind, str]:
    kind = CURL_FAILURES.get(end.code, FailureKind.INTERNAL)
    if end.refused_address is not None:
        return FailureKind.PRIVATE_ADDRESS, f"{end.host} leads to {end.refused_address}, a private network address."
    if end.via_proxy and (refusal := _proxy_refusal(end)):
        return refusal
    if end.code == 7:
        return _connect_failure(end)
    if end.code == E_OPERATION_TIMEDOUT:
        return _timeout(end)
    if end.code == E_SSL_CONNECT_ERROR and _RESET_IN_HANDSHAKE.search(end.text):
        return FailureKind.RESET, f"{end.host} broke the connection off during the TLS handshake."
    if end.code == E_RECV_ERROR and _TOO_LARGE.search(end.text):
        kind = FailureKind.HEADERS_TOO_LARGE
    elif end.code in (E_SSL_CONNECT_ERROR, E_RECV_ERROR) and _WANTS_CERTIFICATE.search(end.text):
        kind = FailureKind.CLIENT_CERTIFICATE
    elif end.code == E_RECV_ERROR and end.text.startswith("chunk "):
        kind = FailureKind.MALFORMED  # a chunk's length that is no number: received well, and no HTTP
    return kind, _SENTENCES.get(kind, "The client could not make the transfer to {host}: {text}.").format(
        host=end.host, text=end.text.rstrip(". ")
    )


_SENTENCES: dict[FailureKind, str] = {
    FailureKind.MALFORMED: "{host} sent what is no valid HTTP response: {text}.",
    FailureKind.BAD_URL: "The address is not one that can be fetched: {text}.",
    # libcurl's words may quote the proxy's address, with its password.
    FailureKind.PROXY_UNREACHABLE: "The proxy cannot be reached; check the proxy settings.",
    FailureKind.PROXY_REFUSED: "The proxy refused to pass the request for {host} on: {text}.",
    FailureKind.DNS_FAILURE: "The name {host} could not be looked up: {text}.",
    FailureKind.TRUNCATED: "{host} closed the connection before the body was complete: {text}.",
    FailureKind.TLS_HANDSHAKE: "The TLS handshake with {host} failed: {text}.",
    FailureKind.CLIENT_CERTIFICATE: "{host} asks its readers for a certificate of their own: {text}.",
    FailureKind.EMPTY_REPLY: "{host} closed the connection without an answer.",
    FailureKind.RESET: "{host} broke the connection off: {text}.",
    FailureKind.HEADERS_TOO_LARGE: "{host} sent more header data than any page needs.",
}


def _proxy_refusal(end: Ending) -> tuple[FailureKind, str] | None:
    if end.code in _NO_HTTP and not end.secured:
        return FailureKind.PROXY_REFUSED, f"The proxy gave no HTTP answer when asked for {end.host}."
    if end.connect_status >= 300 and not end.head_complete:
        return FailureKind.PROXY_REFUSED, f"The proxy answered {end.connect_status} when asked for {end.host}."
    if _REFUSED_CONNECT.search(end.text):
        return FailureKind.PROXY_REFUSED, f"The proxy refused to connect to {end.host}: {end.text}."
    if end.code == 7 or (end.code == E_OPERATION_TIMEDOUT and not end.connected):
        if end.os_errno in _OURS:
            return None
        return FailureKind.PROXY_UNREACHABLE, _SENTENCES[FailureKind.PROXY_UNREACHABLE]
    return None


def _connect_failure(end: Ending) -> tuple[FailureKind, str]:
    if end.os_errno in _OURS:
        return FailureKind.INTERNAL, f"This machine has no socket left for {end.host} (errno {end.os_errno})."
    if end.os_errno in _NO_ROUTE:
        return FailureKind.NO_ROUTE, f"There is no route to {end.host}."
    if end.os_errno == errno.ETIMEDOUT:
        return FailureKind.CONNECT_TIMEOUT, f"{end.host} did not take the connection in time."
    if end.os_errno == errno.ECONNRESET:
        return FailureKind.RESET, f"{end.host} broke the connection off."
    return FailureKind.CONNECT_REFUSED, f"{end.host} refused the connection."


def _timeout(end: Ending) -> tuple[FailureKind, str]:
    if end.via_proxy and not end.secured and not end.connect_status:
        return FailureKind.CONNECT_TIMEOUT, f"The proxy brought no connection to {end.host} in time."
    if not end.connected:
        return FailureKind.CONNECT_TIMEOUT, f"{end.host} did not take the connection in time."
    if not end.secured:
        return FailureKind.TIMEOUT, f"{end.host} took the connection but did not finish the TLS handshake in time."
    if end.head_complete:
        return FailureKind.TIMEOUT, f"{end.host} answered, but too slowly to wait for the rest."
    return FailureKind.TIMEOUT, f"{end.host} took the connection but did not answer in time."


# ── certificates that did not verify ────────────────────────────────────────────────────────────────────────────────

# OpenSSL's X509_V_ERR_* (include/openssl/x509_vfy.h).
_VERIFY_RESULTS: dict[int, TlsFaultKind] = {
    2: TlsFaultKind.UNTRUSTED_ISSUER,  # UNABLE_TO_GET_ISSUER_CERT
    9: TlsFaultKind.NOT_YET_VALID,
    10: TlsFaultKind.EXPIRED,
    18: TlsFaultKind.SELF_SIGNED,  # DEPTH_ZERO_SELF_SIGNED_CERT
    19: TlsFaultKind.UNTRUSTED_ISSUER,  # SELF_SIGNED_CERT_IN_CHAIN: a root that no bundle holds
    20: TlsFaultKind.UNTRUSTED_ISSUER,  # UNABLE_TO_GET_ISSUER_CERT_LOCALLY
    21: TlsFaultKind.UNTRUSTED_ISSUER,  # UNABLE_TO_VERIFY_LEAF_SIGNATURE
    27: TlsFaultKind.UNTRUSTED_ISSUER,  # CERT_UNTRUSTED
    62: TlsFaultKind.WRONG_HOST,
    64: TlsFaultKind.WRONG_HOST,  # IP_ADDRESS_MISMATCH
}
_WRONG_HOST = late(r"(?i)subject name|does not match|hostname mismatch|no alternative certificate")


def tls_fault_kind(end: Ending) -> TlsFaultKind:
    """Which fault of the certificate made the verification fail."""
    if end.verify_result in _VERIFY_RESULTS:
        return _VERIFY_RESULTS[end.verify_result]
    return TlsFaultKind.WRONG_HOST if _WRONG_HOST.search(end.text) else TlsFaultKind.OTHER


def tls_fault(kind: TlsFaultKind, host: str, text: str, chain: tuple[str, ...] = ()) -> TlsFault:
    """The fault in a sentence; the chain of the unverified connection tells names and dates."""
    facts = _ChainFacts.of(chain)
    message = {
        TlsFaultKind.EXPIRED: f"The certificate of {host} has expired{facts.ended}.",
        TlsFaultKind.NOT_YET_VALID: f"The certificate of {host} is not valid yet{facts.begins}.",
        TlsFaultKind.WRONG_HOST: f"The certificate is not for {host}{facts.names}.",
        TlsFaultKind.SELF_SIGNED: f"The certificate of {host} is signed by itself only.",
        TlsFaultKind.UNTRUSTED_ISSUER: f"The certificate of {host} comes from an untrusted issuer{facts.issuers}.",
        TlsFaultKind.OBSOLETE: f"{host} only speaks obsolete TLS.",
        TlsFaultKind.OTHER: f"The certificate of {host} did not verify: {text.rstrip('. ')}.",
    }[kind]
    return TlsFault(kind, message, facts.issuer, host)


@dataclass(frozen=True, slots=True)
class _ChainFacts:
    issuer: str | None = None
    issuers: str = ""
    names: str = ""
    begins: str = ""
    ended: str = ""

    @classmethod
    def of(cls, chain: tuple[str, ...]) -> _ChainFacts:
        if not chain:
            return cls()
        from cryptography import x509
        from cryptography.x509.oid import NameOID

        def common_name(name: x509.Name) -> str | None:
            values = name.get_attributes_for_oid(NameOID.COMMON_NAME)
            return one_line(str(values[0].value), _LONGEST_NAME) if values else None

        try:
            certificates = [x509.load_pem_x509_certificate(pem.encode("ascii")) for pem in chain]
            leaf = certificates[0]
            issuers = list(dict.fromkeys(n for c in certificates if (n := common_name(c.issuer))))
            try:
                san = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
                names = [one_line(name, _LONGEST_NAME) for name in san.get_values_for_type(x509.DNSName)[:3]]
            except x509.ExtensionNotFound:
                names = [n for n in [common_name(leaf.subject)] if n]
            return cls(
                common_name(leaf.issuer),
                f" ({' under '.join(issuers)})" if issuers else "",
                f" but for {', '.join(names)}" if names else "",
                f" (valid from {leaf.not_valid_before_utc:%Y-%m-%d})",
                f" (valid until {min(c.not_valid_after_utc for c in certificates):%Y-%m-%d})",
            )
        except ValueError:  # a certificate that cannot be parsed is one of the reasons why it did not verify
            return cls()
