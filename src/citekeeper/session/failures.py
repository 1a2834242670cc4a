"""What went wrong on the way to a service, as a sentence: every exception of requests, urllib3 and http.client.

The exceptions' own texts are not shown: they hold queries, header values and proxy credentials.
"""

from __future__ import annotations

import http.client
import socket
import ssl

import requests
import urllib3.exceptions
from requests import exceptions as r
from urllib3 import exceptions as u

from citekeeper.printing import one_line

# The nearest class in the exception's line of descent decides.
SENTENCES: dict[type[BaseException], str] = {
    # the way there
    r.ConnectTimeout: "no connection could be made in time",
    u.ConnectTimeoutError: "no connection could be made in time",
    r.ProxyError: "the proxy could not be reached, or refused",
    u.ProxyError: "the proxy could not be reached, or refused",
    r.InvalidProxyURL: "the proxy's address is not valid",
    u.ProxySchemeUnknown: "the proxy's address has an unknown scheme",
    u.ProxySchemeUnsupported: "the proxy's kind is not supported",
    r.SSLError: "the TLS connection failed",
    u.SSLError: "the TLS connection failed",
    ssl.SSLError: "the TLS connection failed",
    ssl.SSLCertVerificationError: "the service's certificate did not verify",
    u.NameResolutionError: "the host name could not be resolved",
    socket.gaierror: "the host name could not be resolved",
    u.NewConnectionError: "the connection was refused, or there is no route",
    ConnectionRefusedError: "the connection was refused",
    r.ConnectionError: "the connection failed or was cut",
    u.ConnectionError: "the connection failed or was cut",  # an old name of ProtocolError
    OSError: "the connection failed or was cut",
    u.PoolError: "the connection could not be used",
    u.EmptyPoolError: "the connection could not be used",
    u.FullPoolError: "the connection could not be used",
    u.ClosedPoolError: "the connection was closed",
    # time
    r.Timeout: "no answer came in time",
    r.ReadTimeout: "no answer came in time",
    u.TimeoutError: "no answer came in time",
    u.ReadTimeoutError: "no answer came in time",
    u.TimeoutStateError: "no answer came in time",
    TimeoutError: "no answer came in time",
    # the answer
    u.ProtocolError: "the answer was cut short or is not HTTP",
    u.IncompleteRead: "the answer was cut short",
    http.client.IncompleteRead: "the answer was cut short",
    http.client.HTTPException: "the answer is not HTTP",
    u.InvalidChunkLength: "the answer's chunks are broken",
    u.ResponseNotChunked: "the answer's chunks are broken",
    u.BodyNotHttplibCompatible: "the answer's body cannot be read",
    r.ChunkedEncodingError: "the answer was cut short",
    r.ContentDecodingError: "the answer's content coding is broken",
    u.DecodeError: "the answer's content coding is broken",
    r.StreamConsumedError: "the answer's body cannot be read twice",
    u.InvalidHeader: "the answer holds a broken header",
    u.HeaderParsingError: "the answer holds a broken header",
    u.ResponseError: "the answer is not usable",
    r.JSONDecodeError: "the answer is not JSON",
    r.InvalidJSONError: "the request's JSON is not valid",
    r.HTTPError: "the service answered with an error",
    r.TooManyRedirects: "it redirects without end",
    u.HostChangedError: "it redirects to another host",
    r.RetryError: "every attempt failed",
    u.MaxRetryError: "every attempt failed",
    # what was asked
    r.URLRequired: "the address asked for is not valid",
    r.MissingSchema: "the address asked for is not valid",
    r.InvalidSchema: "the address or the proxy has a scheme that is not supported",
    r.InvalidURL: "the address asked for is not valid",
    u.LocationValueError: "the address asked for is not valid",
    u.LocationParseError: "the address asked for is not valid",
    u.URLSchemeUnknown: "the address asked for is not valid",
    u.RequestError: "the request could not be sent",
    r.InvalidHeader: "a request header is not valid",
    r.UnrewindableBodyError: "the request's body cannot be sent again",
    u.UnrewindableBodyError: "the request's body cannot be sent again",
    r.RequestException: "the request failed",
    u.HTTPError: "the request failed",
}

TRANSPORT_ERRORS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    UnicodeError,
)
"""Everything that sending a request and reading its answer may raise."""


def sentence_for(error: BaseException) -> str:
    """What ``error`` means, followed by the name of its innermost cause; never its own text."""
    innermost = error
    for cause in _causes(error):
        innermost = cause
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"{SENTENCES[ssl.SSLCertVerificationError]}: {one_line(cause.verify_message, 200)}"
    described = next((cause for cause in (innermost, error) if _known(cause)), error)
    return SENTENCES[_nearest(type(described))]


def _known(error: BaseException) -> bool:
    """Whether the table says more about this class than that something failed."""
    return _nearest(type(error)) not in (OSError, r.RequestException, u.HTTPError)


def _nearest(kind: type[BaseException]) -> type[BaseException]:
    return next((base for base in kind.__mro__ if base in SENTENCES), r.RequestException)


def _causes(error: BaseException) -> list[BaseException]:
    """``error`` and the exceptions it wraps: in its arguments, as urllib3's ``reason``, or as its cause."""
    chain = [error]
    while len(chain) < 10:
        last = chain[-1]
        inner = [getattr(last, "reason", None), *reversed(last.args), last.__cause__]
        following = next((e for e in inner if isinstance(e, BaseException) and e not in chain), None)
        if following is None:
            break
        chain.append(following)
    return chain
