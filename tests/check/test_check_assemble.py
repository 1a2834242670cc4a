"""From Works to entries: the short way for living links says what the long way says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from citekeeper.model import Citation, Exchange, Hop, Location, Severity, Verdict, VerdictKind
from citekeeper.pipeline import assemble
from citekeeper.pipeline.assemble import Sources, assemble_entry
from citekeeper.pipeline.work import Work
from citekeeper.reports import jsonl
from citekeeper.settings import load_settings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
PLACES = (Location("a.md", 3, 5), Location("b.md", 7, 1), Location("b.md", 9, 2))


def work(url: str, verdict: Verdict, **more: object) -> Work:
    """One finished link."""
    citation = Citation(id="link-1", url=url, found_in=PLACES, **more)  # type: ignore[arg-type]
    hops = (Hop("http://old.example/", 302, b""), Hop(url, 200, HEAD, b"<p>text"))
    return Work(citation, exchange=Exchange(url, hops=hops, elapsed=0.25), verdict=verdict, checked_at=NOW)


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("reason", ["ok", "accepted-status", "javascript-required", "oembed-confirms"])
def test_short_way_says_the_same(monkeypatch: pytest.MonkeyPatch, reason: str, strict: bool) -> None:
    """Entry and findings of a living link do not depend on the way taken."""
    hosts = {"a.example": {"expect": "gone"}}
    settings = load_settings(command_line={"vantage": "here", "strict": strict}, register={"hosts": hosts})
    sources = Sources(settings, (), NOW, every_place=True)
    made = work("http://a.example/", Verdict(VerdictKind.ALIVE, reason, "There.", "Advice."))
    short = assemble_entry(made.citation, made, sources)
    monkeypatch.setattr(assemble, "is_plain", lambda *_: False)
    assert assemble_entry(made.citation, made, sources) == short


def test_findings_at_every_place_or_the_first() -> None:
    """Annotations need every place; a report names the first."""
    made = work("http://a.example/", Verdict(VerdictKind.GONE, "http-404", "Gone.", "", Severity.ERROR))
    settings = load_settings()
    _, everywhere = assemble_entry(made.citation, made, Sources(settings, (), NOW, every_place=True))
    _, once = assemble_entry(made.citation, made, Sources(settings, (), NOW))
    assert [Location(f.file or "", f.line, f.column) for f in everywhere] == list(PLACES)
    assert [f.file for f in once] == ["a.md"]


URLS = (
    "http://a.example/",
    "https://a.example/100%25/%20?q=%s&x=1",
    "https://a.example/\u0436",
    'https://a.example/"quoted"\\',
    "https://user:secret@a.example/",
    "https://a.example/\u2028\x1b[31m",
)
MESSAGES = ("a.example answers with the page.", "газета.рф answers with the page.", 'It "answers" 100 %s\\.')


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("elapsed", [0.0, 0.25, 700.002])
def test_the_quick_line_is_the_same_line(url: str, message: str, elapsed: float) -> None:
    """Where there is a quick line for a living link, it is byte for byte that of every other entry."""
    citation = Citation(id="link-7", url=url)
    exchange = Exchange(url, hops=(Hop(url, 200, HEAD, b"<p>text"),), elapsed=elapsed)
    made = Work(citation, exchange=exchange, verdict=Verdict(VerdictKind.ALIVE, "ok", message), checked_at=NOW)
    entry, findings = assemble_entry(citation, made, Sources(load_settings(command_line={"vantage": "here"}), (), NOW))
    assert findings == ()
    quick = jsonl.render_living(citation, exchange, message, NOW, "here")
    assert quick in (None, jsonl.render_line(entry))
    plain = url.isascii() and url.isprintable() and '"' not in url and "@" not in url and message == MESSAGES[0]
    assert (quick is not None) == plain
