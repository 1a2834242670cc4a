"""Answers whose body broke off, but that say all there is to know: readers' browsers show them, or go on."""

from __future__ import annotations

import re

from citekeeper.fetch.faults import E_OPERATION_TIMEDOUT, E_PARTIAL_FILE, E_RECV_ERROR, Ending
from citekeeper.fetch.redirects import REDIRECT_STATUSES
from citekeeper.model import Hop

_BROKE_OFF = frozenset({E_PARTIAL_FILE, E_OPERATION_TIMEDOUT, E_RECV_ERROR})
# The server closed TCP without TLS's own goodbye (close_notify), which many old ones never say.
_NO_GOODBYE = re.compile(r"(?i)unexpected eof")
_END_OF_PAGE = re.compile(rb"(?i)</html\s*>|%%EOF")
_TAIL = 1024  # bytes in which a whole page or PDF ends


def suffices(hop: Hop, end: Ending) -> bool:
    """Whether the answer of a transfer that failed can be taken as if it had not.

    The head of a redirect says where to go, and that of an error what it is. A page is whole where its own end came
    (servers name wrong lengths and forget last chunks), or where no length was named, so that only the manner of
    closing the connection was at fault.
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
    if _NO_GOODBYE.search(end.text) and not hop.dechunked and "content-length" not in hop.headers:
        return True
    return _END_OF_PAGE.search(hop.content()[-_TAIL:]) is not None
