"""Making hostile text harmless: what every format does to words that came from the web before its own escaping."""

from __future__ import annotations

import re

from citekeeper import urls

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_SPACE = re.compile(r"[\t\n\x0b\x0c\r \x85\u2028\u2029]+")
# Controls (terminal escapes among them), lone surrogates and what XML 1.0 forbids, the bidirectional embeddings,
# overrides and isolates that make text read other than it is, and the invisible tag characters.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff"
    r"\U000e0000-\U000e007f]"
)


def clean(text: str, limit: int = 20_000) -> str:
    """``text`` as one line without characters that act: each becomes U+FFFD, white space one blank.

    Args:
        text: from anywhere.
        limit: characters kept; an ellipsis stands for the rest.
    """
    line = _UNSAFE.sub(REPLACEMENT, _SPACE.sub(" ", text)).strip()
    return line if len(line) <= limit else line[: max(limit - 1, 0)].rstrip() + "…"


def escape_unsafe_json(text: str) -> str:
    """JSON text with the characters that `clean` replaces written as escapes: same value, harmless to look at."""
    return (
        _UNSAFE.sub(_json_escape, text)
        .replace("\x85", r"\u0085")
        .replace("\u2028", r"\u2028")
        .replace("\u2029", r"\u2029")
    )


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


# Anywhere in the text, because a web archive's address holds the source's address.
_USERINFO = re.compile(r"://[^/?#\s]*@")


def without_credentials(url: str | None) -> str | None:
    """``url`` as written, but never with a user name or password."""
    if url is None or "@" not in url:
        return url
    try:
        parsed = urls.parse(url)
    except urls.BadUrlError:
        return _USERINFO.sub("://", url)
    return _USERINFO.sub("://", parsed.href if parsed.has_credentials else url)


def web_link(url: str | None) -> str | None:
    """``url`` in its normal form if a page may link to it: http or https, without credentials; else None."""
    if url is None or not urls.is_web_url(url):
        return None
    return without_credentials(urls.parse(url).href)
