"""oEmbed: what X (Twitter) and YouTube themselves say of a post or video that their pages show to scripts only.

The endpoints belong to the sources (https://oembed.com), so asking them tells nobody new what was cited.
"""

from __future__ import annotations

import json
from urllib.parse import parse_qs, quote

from citekeeper import urls
from citekeeper.judge.facts import under
from citekeeper.model import Exchange, Reading, Severity, Verdict, VerdictKind
from citekeeper.patterns import late

CONFIRMS = "oembed-confirms"
"""The reason of a verdict that stands on the oEmbed answer, because the page itself showed a reader nothing."""

_X_POST = late(r"/(?:[^/]+|i/web)/status(?:es)?/\d+(?:/.*)?")
_VIDEO_PATH = late(r"/(?:shorts|live|embed|v)/([\w-]{6,})/?")
_VIDEO_ID = late(r"/([\w-]{6,})/?")
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "youtube-nocookie.com")
_YOUTUBE = "https://www.youtube.com/oembed?format=json&url="
SHELL = "javascript-required"
"""The reason of a verdict on a page that shows its content to scripts only."""
_SHELL_REASONS = frozenset({SHELL, "consent-page", "consent-wall"})


def may_ask(url: str) -> bool:
    """Whether an address may be a post or video that oEmbed knows; seen without a parse."""
    lower = url.lower()
    return "x.com" in lower or "youtu" in lower or "twitter.com" in lower


def endpoint(url: str, verdict: Verdict) -> str | None:
    """The oEmbed address for a post or video whose page leaves it open whether it is there; None for all others.

    Args:
        url: the cited address.
        verdict: the page's own.
    """
    if not may_ask(url):
        return None
    try:
        cited = urls.parse(url)
    except urls.BadUrlError:
        return None
    host = cited.host
    if under(host, "twitter.com") or under(host, "x.com"):
        wanted = verdict.kind is VerdictKind.WALLED and _X_POST.fullmatch(cited.path) is not None
        base, asked = "https://publish.twitter.com/oembed?omit_script=1&dnt=1&url=", cited.without_fragment
    elif any(under(host, known) for known in _VIDEO_HOSTS):
        is_open = verdict.kind in (VerdictKind.ALIVE, VerdictKind.MOVED) or _is_shell(verdict)
        video = _video_id(cited)
        wanted = is_open and video is not None
        # It is asked about the watch page: an embedded player's address it may not know, and 404 would be a verdict.
        base, asked = _YOUTUBE, f"https://www.youtube.com/watch?v={video}"
    else:
        return None
    return base + quote(asked, safe="") if wanted else None


def _is_shell(verdict: Verdict) -> bool:
    return verdict.kind is VerdictKind.WALLED and (verdict.reason in _SHELL_REASONS or "consent" in verdict.reason)


def _video_id(cited: urls.Url) -> str | None:
    """The id of the video that an address is of; None where it is of none."""
    if cited.path == "/watch":
        return next(iter(parse_qs(cited.query).get("v", ())), None)
    match = (_VIDEO_ID if cited.host == "youtu.be" else _VIDEO_PATH).fullmatch(cited.path)
    return match[1] if match else None


_PLAYABLE = b'"playabilityStatus":{"status":"OK"'
_PAGE = 4 * 1024 * 1024  # bytes


def shows_itself(page: Exchange) -> bool:
    """Whether a page tells its player that the video can be played; no service need confirm that, nor can deny it."""
    return page.status == 200 and page.last is not None and _PLAYABLE in page.last.content(_PAGE)


def weigh(verdict: Verdict, answer: Exchange, *, is_shown: bool = False) -> Verdict:
    """The verdict with the oEmbed answer: 200 with JSON confirms, 404 denies, 401 and 403 wall; all else says nothing.

    A page that was alive by itself stays so, unless oEmbed knows nothing of it: the owner of a living video may forbid
    embedding (401).

    Args:
        verdict: the page's own.
        answer: of the oEmbed service.
        is_shown: whether the page itself shows what was cited (:func:`shows_itself`).
    """
    host = urls.host_of(answer.url)
    if answer.failure is not None or answer.tls_fault is not None or (answer.status == 404 and is_shown):
        return verdict
    if answer.status == 404:
        return Verdict(
            VerdictKind.GONE,
            "oembed-404",
            f"The page is an empty shell, and {host} says that this post or video does not exist (404).",
            "Look for its new address (citekeeper locate), or pin an archived copy that was checked under “archived:” "
            "in citations.yaml.",
            Severity.ERROR,
        )
    if verdict.kind is not VerdictKind.WALLED:
        return verdict
    if answer.status == 200 and _document(answer) is not None:
        return Verdict(
            VerdictKind.ALIVE, CONFIRMS, f"The page shows a reader without scripts nothing, but {host} confirms it."
        )
    if answer.status in (401, 403):
        return Verdict(
            VerdictKind.WALLED,
            f"oembed-{answer.status}",
            f"It is there, but not for every reader: {host} refuses to show it ({answer.status}).",
            verdict.advice,
            verdict.severity,
        )
    return verdict


def reading(answer: Exchange) -> Reading | None:
    """The text that an oEmbed answer holds: the author, and the words of a post or the title of a video."""
    document = _document(answer)
    if document is None:
        return None
    title, author, markup = (document.get(name) for name in ("title", "author_name", "html"))
    said = _text_of(markup) if isinstance(markup, str) and "<iframe" not in markup else ()
    words = (*([title] if isinstance(title, str) and title.strip() else []), *said)
    if not words:
        return None
    authors = (author,) if isinstance(author, str) and author.strip() else ()
    return Reading(words, title if isinstance(title, str) else None, authors, extractor="oembed")


def _text_of(markup: str) -> tuple[str, ...]:
    from lxml import etree, html

    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return ()
    for line_break in root.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    blocks = root.xpath("//p") or [root]
    return tuple(text for block in blocks if (text := " ".join(block.text_content().split())))


def _document(answer: Exchange) -> dict[str, object] | None:
    if answer.last is None or answer.status != 200:
        return None
    try:
        value = json.loads(answer.last.content(1024 * 1024))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and ("html" in value or "title" in value) else None
