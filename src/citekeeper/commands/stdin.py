"""The lines of stdin as they arrive: who waits for a line keeps nothing else waiting."""

from __future__ import annotations

import os
import select
import stat
from collections.abc import Iterator
from typing import BinaryIO

_LONGEST_LINE = 1 << 16
_PIECE = 1 << 16


def lines_of(stream: BinaryIO, *, waits: bool) -> Iterator[bytes | None]:
    """The lines of a stream that nothing was read from yet; one without an end is cut into pieces.

    Args:
        stream: a file, pipe, terminal, or a stand-in without a descriptor.
        waits: wait for a line that has not arrived; otherwise yield None in its place, and again until it has.
    """
    try:
        descriptor = stream.fileno()
    except (AttributeError, OSError):  # io.UnsupportedOperation is an OSError
        descriptor = -1
    if waits or descriptor < 0 or stat.S_ISREG(os.fstat(descriptor).st_mode):
        while line := stream.readline(_LONGEST_LINE):
            yield line
        return
    poller = select.poll()
    poller.register(descriptor, select.POLLIN)
    begun = b""
    while True:
        if not poller.poll(0):
            yield None
            continue
        piece = os.read(descriptor, _PIECE)
        *lines, begun = (begun + piece).split(b"\n")
        yield from lines
        if not piece or len(begun) >= _LONGEST_LINE:
            yield begun
            begun = b""
        if not piece:
            return
