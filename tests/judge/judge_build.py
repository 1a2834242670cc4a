"""Builders of exchanges and pages for the judge's tests."""

from __future__ import annotations

from itertools import pairwise

from citekeeper.model import Exchange, Failure, FailureKind, Hop

CITED = "https://news.example.org/2022/04/07/a-long-story-12345.html"


def head(status: int, *headers: str) -> bytes:
    """A response head."""
    return "\r\n".join([f"HTTP/1.1 {status} Reason", *headers, "", ""]).encode("latin-1")


def hop(url: str, status: int = 200, body: str | bytes = "", *headers: str) -> Hop:
    """One answered request; HTML in UTF-8 unless a content type is given."""
    data = body.encode() if isinstance(body, str) else body
    if not any(line.lower().startswith("content-type") for line in headers):
        headers = ("Content-Type: text/html; charset=utf-8", *headers)
    return Hop(url, status, head(status, *headers), data)


def answer(body: str | bytes = "", status: int = 200, *headers: str, url: str = CITED) -> Exchange:
    """An exchange of one hop."""
    return Exchange(url, hops=(hop(url, status, body, *headers),))


def chain(*urls: str, by: int = 301, body: str | bytes | None = None, status: int = 200) -> Exchange:
    """A chain of redirects by one status, ending with a page."""
    page = article() if body is None else body
    hops = [hop(url, by, "", f"Location: {target}") for url, target in pairwise(urls)]
    return Exchange(urls[0], hops=(*hops, hop(urls[-1], status, page)))


def failed(kind: FailureKind, url: str = CITED, *hops: Hop, message: str = "it failed") -> Exchange:
    """An exchange that brought no usable answer."""
    return Exchange(url, hops=hops, failure=Failure(kind, message))


def page(
    title: str, *paragraphs: str, heading: str = "", head_extra: str = "", attributes: str = "", tail: str = ""
) -> str:
    """A plain HTML page."""
    shown = f"<h1>{heading}</h1>" if heading else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head_extra}</head>"
        f"<body {attributes}><nav><a href='/'>Home</a> <a href='/news/'>News</a></nav>{shown}{body}{tail}</body></html>"
    )


def article(title: str = "The river rose in spring", extra: str = "") -> str:
    """A living article of some length."""
    told = [
        f"In town number {n} the water stood higher than anyone could remember, said the miller." for n in range(30)
    ]
    return page(title, *told, heading=title, tail=extra)
