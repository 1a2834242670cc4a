"""Sites and their pages as such pages look: navigation, scripts, side columns, teasers, cookie notices, footers."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import json
import random
from dataclasses import dataclass
from html import escape

from citekeeper.sandbox import Response, World

from .scenario import Stage
from .texts import TONGUES, Tongue

_ANALYTICS = (
    "<script>(function(i,s,o,g,r,a,m){i['Obj']=r;i[r]=i[r]||function(){(i[r].q=i[r].q||[]).push(arguments)};"
    "a=s.createElement(o);m=s.getElementsByTagName(o)[0];a.async=1;a.src=g;m.parentNode.insertBefore(a,m)})"
    "(window,document,'script','/stat/collect.js','st');st('create','UA-10%(n)d-1');st('send','pageview');</script>"
)
_STYLE = "<style>" + "".join(f".c{n}{{margin:{n}px;padding:0 {n}px;color:#{n:03d}}}" for n in range(60)) + "</style>"


@dataclass(frozen=True)
class Site:
    """A site: its name, language, and how it builds its pages (portal, wordpress, bitrix, static, bare)."""

    name: str
    language: str = "en"
    style: str = "portal"
    charset: str = "utf-8"
    label: bool = True  # whether the Content-Type says the charset

    @property
    def tongue(self) -> Tongue:
        """Its words."""
        return TONGUES[self.language]

    @property
    def media_type(self) -> str:
        """Its Content-Type."""
        return f"text/html; charset={self.charset}" if self.label else "text/html"

    def prose(self, sentences: int = 14, seed: str = "") -> list[str]:
        """Paragraphs of about two sentences each."""
        rng = random.Random(f"{self.name}{seed}")
        told = [rng.choice(self.tongue.sentences) for _ in range(sentences)]
        return [" ".join(told[start : start + 2]) for start in range(0, sentences, 2)]

    def article(
        self,
        title: str,
        *paragraphs: str,
        sentences: int = 14,
        marked: bool = False,
        head: str = "",
        aside: str = "",
        page_title: str | None = None,
        main: str = "",
    ) -> bytes:
        """An article; ``marked`` gives it Open Graph and schema.org."""
        told = [*paragraphs, *self.prose(sentences, title)] if sentences else list(paragraphs)
        body = f"<h1>{escape(title)}</h1>" + "".join(f"<p>{text}</p>" for text in told) + main
        if marked:
            data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title}
            head += f'<meta property="og:type" content="article"><meta property="og:title" content="{escape(title)}">'
            head += f'<script type="application/ld+json">{json.dumps(data)}</script>'
        if self.style == "wordpress":
            body = f'<article class="post hentry">{body}</article>'
        elif self.style == "bitrix":
            body = f'<table><tr><td><div class="news-detail">{body.replace("<p>", "<br><br>").replace("</p>", "")}</div></td></tr></table>'
        return self.page(page_title or f"{title} | {self.name}", body, head=head, aside=aside)

    def missing(self, title: str, heading: str, *paragraphs: str, body_class: str = "", head: str = "") -> bytes:
        """An error page within the site's furniture."""
        shown = f"<h1>{escape(heading)}</h1>" if heading else ""
        told = "".join(f"<p>{text}</p>" for text in paragraphs)
        return self.page(title, f'<div class="content">{shown}{told}</div>', body_class=body_class, head=head)

    def front(self, title: str = "") -> bytes:
        """The front page: teasers."""
        return self.page(title or self.name, self._teasers(40, "front"))

    def section(self, name: str) -> bytes:
        """A section page."""
        return self.page(f"{name} — {self.name}", f"<h1>{escape(name)}</h1>{self._teasers(25, name)}")

    def _teasers(self, count: int, seed: str) -> str:
        rng = random.Random(f"{self.name}{seed}")
        out = []
        for number in range(count):
            teaser = rng.choice(self.tongue.teasers)
            out.append(
                f'<div class="c{number % 60}"><a href="/{rng.randrange(10**6)}">{escape(teaser)}</a>'
                f"<time>{1 + number % 28}.0{1 + number % 9}.2023</time></div>"
            )
        return "".join(out)

    def page(self, title: str, body: str, *, head: str = "", body_class: str = "", aside: str = "") -> bytes:
        """Any page of the site, encoded."""
        tongue = self.tongue
        nav = "".join(f'<li><a href="/{number}/">{escape(word)}</a></li>' for number, word in enumerate(tongue.nav))
        meta = f'<meta charset="{self.charset}">' if self.label else ""
        css = f' class="{body_class}"' if body_class else ""
        side = f"<h3>{tongue.popular}</h3>{self._teasers(8, title)}{aside}"
        if self.style == "static":
            text = (
                f"<HTML><HEAD><TITLE>{escape(title)}</TITLE>{head}</HEAD>\n<BODY BGCOLOR=#FFFFFF{css}>"
                f"<TABLE><TR><TD>{nav}</TD><TD>{body}</TD></TR></TABLE>{aside}"
                f"<HR><FONT SIZE=1>{tongue.footer}</FONT></BODY></HTML>"
            )
        elif self.style == "bare":
            text = f"<!doctype html><html{css}><head>{meta}<title>{escape(title)}</title>{head}</head><body>{body}{aside}</body></html>"
        else:
            script = _ANALYTICS % {"n": len(self.name)}
            noscript = f"<noscript>{tongue.noscript}</noscript>"
            wide = "" if self.style == "bitrix" else _STYLE + f'<link rel="stylesheet" href="/s/{len(title)}.css">'
            text = (
                f'<!DOCTYPE html>\n<html lang="{self.language}"><head>{meta}<title>{escape(title)}</title>{wide}{head}{script}</head>'
                f'<body{css}>{noscript}<div id="cookie" class="c9">{tongue.cookies} <button>OK</button></div>'
                f'<header><a href="/"><img src="/logo.svg" alt="{escape(self.name)}"></a><form action="/search"><input name="q" placeholder="{tongue.search}"></form>'
                f'<nav><ul>{nav}</ul></nav></header><main id="main">{body}</main><aside>{side}</aside>'
                f'<footer><ul>{nav}</ul><div class="legal">{tongue.footer}</div></footer>'
                f'<script src="/s/app.min.js" defer></script></body></html>'
            )
        return text.encode(self.charset, "xmlcharrefreplace")

    # ── staging ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def shows(self, body: bytes, **options: object) -> Stage:
        """The cited address answers with ``body``; other addresses of its host answer 404."""

        def stage(world: World, url: str) -> None:
            world.page(url, body, media_type=self.media_type, **options)  # type: ignore[arg-type]

        return stage

    def shows_everywhere(self, body: bytes) -> Stage:
        """Every address of the host answers 200 with ``body``."""

        def stage(world: World, url: str) -> None:
            world.host(host_of(url), not_found=self.response(body))

        return stage

    def living_among(self, body: bytes, others: bytes) -> Stage:
        """The cited address answers with ``body``, every other of its host 200 with ``others``."""

        def stage(world: World, url: str) -> None:
            world.page(url, body, media_type=self.media_type)
            world.host(host_of(url), not_found=self.response(others))

        return stage

    def response(self, body: bytes, status: int = 200) -> Response:
        """A response with the site's label."""
        return Response(status, (("Content-Type", self.media_type),), body)


def host_of(url: str) -> str:
    """The host of an address, in ASCII."""
    from citekeeper.urls import parse

    return parse(url).host


def html(body: str | bytes, status: int = 200, **headers: str) -> Stage:
    """The cited address answers with a page of no particular site; header names are written with underscores."""

    def stage(world: World, url: str) -> None:
        world.page(url, body, status=status, headers={n.replace("_", "-"): v for n, v in headers.items()})

    return stage


def everywhere(body: str, status: int = 200, **headers: str) -> Stage:
    """Every address of the host answers so, on http and https."""

    def stage(world: World, url: str) -> None:
        fields = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        answer = Response.html(body, status, fields)
        world.handler(host_of(url), lambda _request: answer)

    return stage


def redirects(*targets: str, status: int = 301, end: bytes | str | None = None, all_paths: bool = False) -> Stage:
    """A chain of redirects over ``targets``; the last shows ``end``. ``all_paths``: so does every path of the host."""

    def stage(world: World, url: str) -> None:
        for one, other in zip((url, *targets), targets, strict=False):
            world.redirect(one, other, status)
        if all_paths:
            world.host(host_of(url), not_found=Response.redirect(targets[0], status))
        if end is not None:
            world.page(targets[-1].partition("#")[0], end)

    return stage


def together(*stages: Stage) -> Stage:
    """Several stagings of one scenario."""

    def stage(world: World, url: str) -> None:
        for one in stages:
            one(world, url)

    return stage
