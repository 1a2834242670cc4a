"""Replay and Memento (RFC 7089): ``/web/<timestamp>[modifier]/<url>``, TimeGate and TimeMaps."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from urllib.parse import urljoin

from citekeeper.clock import stamp14
from citekeeper.sandbox.messages import Response
from citekeeper.sandbox.wayback.holdings import FIELDS, Held, Holdings

WEB = "https://web.archive.org/web"
_TIMEMAP_FIELDS = (*FIELDS[:6], "redirect", "robotflags", "length", "offset", "filename")
_REWRITTEN = re.compile(rb"""(?i)(\b(?:href|src|action|poster)\s*=\s*)(["'])([^"'<>]*)\2""")
_CSS_URL = re.compile(rb"""(?i)(url\(\s*["']?)([^"')]+)""")


def answer_replay(target: str, now: datetime, accept_datetime: str, holdings: Holdings) -> Response:
    """Answer ``/web/<target>``, where target is ``[timestamp[modifier]/]url``.

    Args:
        target: what follows ``/web/``, as received.
        now: the present time, which a URL without timestamp asks for.
        accept_datetime: the TimeGate's request header, "" where there was none.
        holdings: what there is.
    """
    match = re.fullmatch(r"(?:(\d{1,14}|\*)([a-z]{2}_)?/)?(.+)", target)
    if match is None:
        return Response.html(_page("Wayback Machine", "<p>Enter a URL.</p>"))
    timestamp, modifier, url = match[1], match[2] or "", _whole(match[3])
    if timestamp == "*":
        return Response.html(_page(f"Calendar of {url}", "<p>The calendar needs JavaScript.</p>"))
    wanted = timestamp or _wished(accept_datetime) or stamp14(now)
    held = holdings.nearest(url, wanted)
    if held is None:
        return _never_archived(url)
    if held.timestamp == timestamp:
        return _memento(held, modifier, holdings.of(url))
    return _to_nearest(held, url, wanted, modifier, timegate=timestamp is None)


def answer_timemap(form: str, url: str, holdings: Holdings) -> Response:
    """Answer ``/web/timemap/<form>/<url>``; the forms are link (RFC 7089 section 5) and json."""
    url = _whole(url)
    held = holdings.of(url)
    if form == "json":
        rows = [[one.row().get(name, "-") for name in _TIMEMAP_FIELDS] for one in held]
        return Response.json([list(_TIMEMAP_FIELDS), *rows] if rows else [])
    if not held:
        return _never_archived(url)
    first, last = (format_datetime(one.moment, usegmt=True) for one in (held[0], held[-1]))
    lines = [
        f'<{url}>; rel="original"',
        f'<{WEB}/timemap/link/{url}>; rel="self"; type="application/link-format"; from="{first}"; until="{last}"',
        f'<{WEB}/{url}>; rel="timegate"',
        *(_memento_links(held)),
    ]
    return Response(200, (("Content-Type", "application/link-format"),), ",\n".join(lines).encode() + b"\n")


def _whole(url: str) -> str:
    """The URL with the scheme that browsers and people drop from it, and the slash that servers collapse."""
    if re.match(r"(?i)https?:/[^/]", url):
        return re.sub(r"(?i)^(https?):/", r"\1://", url)
    return url if re.match(r"(?i)https?://", url) else f"http://{url}"


def _wished(accept_datetime: str) -> str | None:
    try:
        return stamp14(parsedate_to_datetime(accept_datetime).replace(tzinfo=UTC)) if accept_datetime else None
    except (TypeError, ValueError):
        return None


def _never_archived(url: str) -> Response:
    return Response.html(
        _page("Wayback Machine", f"<p>The Wayback Machine has not archived that URL.</p><p>{escape(url)}</p>"), 404
    )


def _to_nearest(held: Held, url: str, wanted: str, modifier: str, *, timegate: bool) -> Response:
    headers = [
        ("Link", ", ".join([f'<{url}>; rel="original"', f'<{WEB}/timemap/link/{url}>; rel="timemap"'])),
        ("X-Archive-Redirect-Reason", f"found capture at {held.timestamp}" + ("" if timegate else f" for {wanted}")),
    ]
    if timegate:
        headers.append(("Vary", "accept-datetime"))
    return Response.redirect(f"{WEB}/{held.timestamp}{modifier}/{held.original}", 302, headers)


def _memento(held: Held, modifier: str, siblings: list[Held]) -> Response:
    media_type = next((value for name, value in held.headers if name.lower() == "content-type"), "text/plain")
    headers = [
        ("Server", "nginx"),
        ("Content-Type", media_type),
        ("Memento-Datetime", format_datetime(held.moment, usegmt=True)),
        ("Link", _link(held, siblings)),
        ("X-Archive-Src", f"spn2-{held.timestamp}/spn2-{held.timestamp}-wwwb-spn00.us.archive.org-8000.warc.gz"),
        ("X-TS", str(held.status)),
        ("Cache-Control", "max-age=1800"),
        *((f"X-Archive-Orig-{name}", value) for name, value in held.headers),
    ]
    location = next((value for name, value in held.headers if name.lower() == "location"), None)
    if location is not None and 300 <= held.status < 400:
        headers.append(("Location", f"{WEB}/{held.timestamp}{modifier}/{urljoin(held.original, location)}"))
    return Response(held.status, tuple(headers), _body(held, modifier))


def _body(held: Held, modifier: str) -> bytes:
    if modifier in ("id_", "im_") or (modifier == "js_" and held.mimetype != "text/css"):
        return held.body
    if held.mimetype == "text/css" or modifier == "cs_":
        return _CSS_URL.sub(lambda m: m[1] + _rewritten(held, m[2], "im_"), held.body)
    if held.mimetype not in ("text/html", "application/xhtml+xml"):
        return held.body
    body = _REWRITTEN.sub(lambda m: m[1] + m[2] + _rewritten(held, m[3], modifier) + m[2], held.body)
    return body if modifier == "if_" else _with_toolbar(held, body)


def _rewritten(held: Held, reference: bytes, modifier: str) -> bytes:
    if reference.startswith((b"#", b"data:", b"mailto:", b"javascript:", b"tel:")) or not reference.isascii():
        return reference
    try:
        absolute = urljoin(held.original, reference.decode("ascii"))
    except ValueError:
        return reference
    return f"{WEB}/{held.timestamp}{modifier}/{absolute}".encode()


def _with_toolbar(held: Held, body: bytes) -> bytes:
    head = (
        b'<script type="text/javascript" src="https://web-static.archive.org/_static/js/bundle-playback.js"></script>\n'
        b'<link rel="stylesheet" type="text/css" href="https://web-static.archive.org/_static/css/banner-styles.css"/>\n'
        b"<!-- End Wayback Rewrite JS Include -->\n"
    )
    bar = (
        b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->\n"
        b'<div id="wm-ipp-base" lang="en"><div id="wm-ipp"><a href="https://web.archive.org/">Wayback Machine</a> '
        + escape(f"{held.moment:%d %b %Y} {held.original}").encode()
        + b"</div></div>\n<!-- END WAYBACK TOOLBAR INSERT -->\n"
    )
    body = re.sub(rb"(?i)<head[^>]*>", lambda m: m[0] + head, body, count=1)
    body = re.sub(rb"(?i)<body[^>]*>", lambda m: m[0] + bar, body, count=1)
    when = f"{held.moment:%H:%M:%S %b %d, %Y}"
    return body + f"\n<!--\n     FILE ARCHIVED ON {when} AND RETRIEVED FROM THE\n     INTERNET ARCHIVE.\n-->\n".encode()


def _link(held: Held, siblings: list[Held]) -> str:
    original = held.original
    return ", ".join(
        [
            f'<{original}>; rel="original"',
            f'<{WEB}/timemap/link/{original}>; rel="timemap"; type="application/link-format"',
            f'<{WEB}/{original}>; rel="timegate"',
            *_memento_links(siblings, around=held),
        ]
    )


def _memento_links(siblings: list[Held], around: Held | None = None) -> Iterable[str]:
    """Links to all mementos, or around one: to it, its neighbours, first and last; rel values are combined."""
    here = next((n for n, one in enumerate(siblings) if around and one.timestamp == around.timestamp), None)
    for number, one in enumerate(siblings):
        rel = [
            *(["first"] if number == 0 else []),
            *(["prev"] if here is not None and number == here - 1 else []),
            *(["next"] if here is not None and number == here + 1 else []),
            *(["last"] if number == len(siblings) - 1 else []),
        ]
        if around is None or rel or number == here:
            rels = " ".join([*rel, "memento"])
            when = format_datetime(one.moment, usegmt=True)
            yield f'<{WEB}/{one.timestamp}/{one.original}>; rel="{rels}"; datetime="{when}"'


def _page(title: str, body: str) -> str:
    return f"<!DOCTYPE html>\n<html><head><title>{escape(title)}</title></head><body>{body}</body></html>\n"
