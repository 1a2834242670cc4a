"""Answers whose body broke off, but that say all there is to know: readers' browsers show them, or go on."""

from __future__ import annotations

from citekeeper.content import Decoding, decode_content
from citekeeper.fetch.faults import E_OPERATION_TIMEDOUT, E_PARTIAL_FILE, E_RECV_ERROR, Ending
from citekeeper.fetch.redirects import REDIRECT_STATUSES
from citekeeper.model import Hop
from citekeeper.patterns import late

_BROKE_OFF = frozenset({E_PARTIAL_FILE, E_OPERATION_TIMEDOUT, E_RECV_ERROR})
# The server closed TCP without TLS's own goodbye (close_notify), which many old ones never say.
_MOST_UNPACKED = 16 * 1024 * 1024  # bytes; of what is longer, nobody asks whether it is whole
_NO_GOODBYE = late(r"(?i)unexpected eof")


def suffices(hop: Hop, end: Ending) -> bool:
    """Whether the answer of a transfer that failed can be taken as if it had not.

    The head of a redirect says where to go, and that of an error what it is. A page is whole where its packing came to
    its end, or no length was named, so that only the manner of closing the connection was at fault. One that is shorter
    than was announced is not, whatever its last bytes are.
    """
    if end.code not in _BROKE_OFF:
        return False
    if hop.status in REDIRECT_STATUSES:
        return hop.headers.get("location").strip() != ""
    if end.code == E_OPERATION_TIMEDOUT:
        return False
    return hop.status >= 400 or (200 <= hop.status < 300 and _is_whole(hop, end))


def _is_whole(hop: Hop, end: Ending) -> bool:
    if not hop.body:
        return False
    coding = hop.headers.codings
    if coding:  # servers announce the length from before the packing; what unpacks to its end is whole
        return not Decoding(coding, b"x", 1).is_plain and decode_content(coding, hop.body, _MOST_UNPACKED).complete
    return not hop.dechunked and "content-length" not in hop.headers and _NO_GOODBYE.search(end.text) is not None
