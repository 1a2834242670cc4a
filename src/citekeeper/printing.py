"""Making hostile text harmless: what every message and format does to words that came from elsewhere.

Escapes that steer a terminal and letters that make text read other than it is become U+FFFD; what languages need stays:
no-break spaces, soft hyphens, joiners.
"""

from __future__ import annotations

import re
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"

_SPACE: Final = "\t\n\x0b\x0c\r \x85\u2028\u2029"
# Controls (terminal escapes among them), lone surrogates and what XML 1.0 forbids, the bidirectional embeddings,
# overrides and isolates, and the invisible tag characters.
_ACTING: Final = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff"
    r"\U000e0000-\U000e007f"
)
_SPACES: Final = re.compile(f"[{_SPACE}]+")
_UNSAFE: Final = re.compile(f"[{_ACTING}]")
_LINE_ENDS: Final = dict.fromkeys(map(ord, _SPACE), " ")


def one_line(text: str, limit: int = 20_000) -> str:
    """``text`` as one line without characters that act: each becomes U+FFFD, white space one blank.

    Args:
        text: from anywhere.
        limit: characters kept; an ellipsis stands for the rest.
    """
    line = _UNSAFE.sub(REPLACEMENT, _SPACES.sub(" ", text)).strip()
    return line if len(line) <= limit else line[: max(limit - 1, 0)].rstrip() + "…"


def printable(line: str) -> str:
    """A line of one's own for a terminal, as it is set; what others put into it cannot act, nor begin a line."""
    return _UNSAFE.sub(REPLACEMENT, line.translate(_LINE_ENDS))


def escape_unsafe_json(text: str) -> str:
    """JSON text with what `one_line` replaces, and what ends a line, as escapes: the same value, safe to look at."""
    return _UNSAFE_IN_JSON.sub(_json_escape, text)


_UNSAFE_IN_JSON: Final = re.compile(f"[{_ACTING}\x85\u2028\u2029]")


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
