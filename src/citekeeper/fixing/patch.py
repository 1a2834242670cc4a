"""Changes as a unified diff that ``git apply`` and ``patch -p1`` take, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_CONTEXT = 3
_NO_LINE_END = b"\n\\ No newline at end of file\n"


def unified_diff(name: str, before: bytes, after: bytes) -> bytes:
    """The patch from ``before`` to ``after``, whose lines correspond one to one; b"" where they are equal.

    Args:
        name: the document's path relative to where the patch will be applied, with forward slashes.
        before: the document as it is.
        after: the document with changes within its lines.

    Raises:
        ValueError: the two differ in their number of lines.
    """
    old, new = _lines(before), _lines(after)
    if len(old) != len(new):
        raise ValueError("the lines do not correspond")
    changed = [index for index, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    if not changed:
        return b""
    head = b"--- " + _quoted(f"a/{name}") + b"\n+++ " + _quoted(f"b/{name}") + b"\n"
    return head + b"".join(_hunk(old, new, first, last) for first, last in _groups(changed, len(old)))


def _lines(data: bytes) -> list[bytes]:
    """Lines with their line feeds; a lone carriage return ends none, as for git."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _groups(changed: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """First line and end of each hunk: changed lines with their context, those that touch taken together."""
    first, last = changed[0], changed[0]
    for index in changed[1:]:
        if index - last > 2 * _CONTEXT:
            yield max(first - _CONTEXT, 0), min(last + _CONTEXT + 1, count)
            first = index
        last = index
    yield max(first - _CONTEXT, 0), min(last + _CONTEXT + 1, count)


def _hunk(old: Sequence[bytes], new: Sequence[bytes], first: int, end: int) -> bytes:
    count = end - first
    span = f"{first + 1}" if count == 1 else f"{first + 1},{count}"
    parts = [f"@@ -{span} +{span} @@\n".encode()]
    index = first
    while index < end:
        stop = index
        while stop < end and old[stop] != new[stop]:
            stop += 1
        if stop == index:
            parts.append(_line(b" ", old[index]))
            index += 1
            continue
        parts += [_line(b"-", line) for line in old[index:stop]]
        parts += [_line(b"+", line) for line in new[index:stop]]
        index = stop
    return b"".join(parts)


def _line(sign: bytes, line: bytes) -> bytes:
    return sign + (line if line.endswith(b"\n") else line + _NO_LINE_END)


def _quoted(name: str) -> bytes:
    """A path as git writes it: in quotes where it holds what would end it; behind a blank name a tab tells its end."""
    raw = name.encode("utf-8", "surrogateescape")
    if any(byte < 0x20 or byte in b'"\\' or byte > 0x7E for byte in raw):
        escaped = "".join(chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\{b:03o}" for b in raw)
        return f'"{escaped}"'.encode()
    return raw + (b"\t" if b" " in raw else b"")
