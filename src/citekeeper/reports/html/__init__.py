"""The report as pages for a browser: they open from disk, need no network, and run no script.

Jinja2 escapes every value; before that, every value is cleaned of characters that act. Each page carries its style
sheet, and a policy that allows that style sheet (by its hash) and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from citekeeper import __version__, urls
from citekeeper.model import Capture, CitationReport, Finding, QuoteMatch, Report, VerdictKind, Where
from citekeeper.printing import one_line
from citekeeper.reports import words
from citekeeper.reports.grouping import grouped
from citekeeper.reports.site_names import page_name
from citekeeper.urls import web_link

TEMPLATES = Path(__file__).parent / "templates"

MARKER = "<!-- made by citekeeper: a page of its report, replaced and removed by it -->"
"""The comment by which citekeeper knows its own pages."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands among the files: how it links to the others.

    Attributes:
        home: the way to the index; "" on the index itself.
        archive: the way to the directory that captures' paths start from, e.g. ``../``; None: no links to copies.
        single: whether all citations stand on this one page.
    """

    home: str = ""
    archive: str | None = "../"
    single: bool = False

    def citation(self, entry: CitationReport) -> str:
        """The link to a citation's page, or to its part of the one page."""
        if self.single:
            return f"#{page_name(entry.citation.id).removesuffix('.html')}"
        folder = "" if self.home else "citations/"
        return f"{folder}{page_name(entry.citation.id)}"

    def archived(self, path: str) -> str | None:
        """The link to a file under the archive; None where this edition links to none."""
        return None if self.archive is None else f"{self.archive}{quote(os.fsencode(path))}"


def render(report: Report) -> str:
    """One page that holds every citation; its links to copies hold if it stands in a directory beside archive/."""
    return "".join(pieces(report))


def pieces(report: Report) -> Iterator[str]:
    """The same in pieces."""
    return Pages(report).index(Place(single=True))


class Pages:
    """The pages of one report; what each of them asks of the whole is looked up once.

    Args:
        report: it may hold tens of thousands of entries, each with a page of its own.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._entries = {entry.citation.id: entry for entry in report.citations}
        self._stale_after = words.stale_after(report)
        self._findings: defaultdict[str | None, list[Finding]] = defaultdict(list)
        for finding in report.findings:
            self._findings[finding.citation].append(finding)

    def index(self, place: Place) -> Iterator[str]:
        """The page with the summary, what to do first, and every citation in a row, in pieces."""
        return self._page("index.html", place)

    def citations(self, place: Place) -> Iterator[tuple[CitationReport, Iterator[str]]]:
        """Each citation with its page, in the report's order."""
        entries = self._report.citations
        row = (None, *entries, None)
        for entry, before, after in zip(entries, row, row[2:], strict=False):
            yield entry, self._page("citation.html", place, entry=entry, before=before, after=after)

    def entry_of(self, finding: Finding) -> CitationReport | None:
        """The entry that a finding is about, if it is about one that the report has."""
        return self._entries.get(finding.citation) if finding.citation is not None else None

    def other_findings(self, entry: CitationReport) -> list[Finding]:
        """What was found about an entry besides its verdict, the worst first."""
        about = self._findings.get(entry.citation.id, ())
        return words.worst_first(finding for finding in about if finding.message != entry.verdict.message)

    def _page(self, template: str, place: Place, **values: object) -> Iterator[str]:
        style, digest = _style()
        page = _environment().get_template(template)
        yield from page.generate(
            report=self._report,
            pages=self,
            place=place,
            stale_after=self._stale_after,
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=digest,
            version=__version__,
            **values,
        )
        yield "\n"


@cache
def _style() -> tuple[str, str]:
    """The style sheet, and the hash by which the policy allows it."""
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    return style, base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        words=words,
        marker=Markup(MARKER),  # noqa: S704 - our own constant
        quoted_in=quoted_in,
        capture_file=capture_file,
        grouped=grouped,
        page_name=page_name,
    )
    environment.filters.update(web=web_link, lang=language_tag, shown=_shown, fragment_link=fragment_link, size=size)
    environment.filters["tone"] = words.tone
    return environment


def _finalize(value: object) -> object:
    """What every value goes through before it is escaped."""
    if value is None:
        return ""
    return value if isinstance(value, Markup) or not isinstance(value, str) else one_line(value)


# ── what the templates ask ──────────────────────────────────────────────────────────────────────────────────────────


def language_tag(text: str | None) -> str:
    """``text`` if it has the form of a language tag (BCP 47), else ""."""
    return text if text and _LANGUAGE_TAG.fullmatch(text) else ""


def _shown(url: str | None) -> str:
    return urls.shown(one_line(url or ""), 300)


def fragment_link(match: QuoteMatch, entry: CitationReport) -> str | None:
    """The web address that shows a quote highlighted; None where only an older copy is known to hold it."""
    if match.where is not Where.LIVE and entry.verdict.kind not in (VerdictKind.ALIVE, VerdictKind.MOVED):
        return None
    fragment = match.fragment
    if fragment and fragment.startswith("#"):
        fragment = (entry.final_url or entry.citation.url or "").partition("#")[0] + fragment
    return web_link(fragment)


def capture_file(capture: Capture, name: str) -> str | None:
    """The path of a capture's file, if the capture has it."""
    if name not in {file.name for file in capture.files}:
        return None
    path = PurePosixPath(capture.path)
    folder = path.parent if path.name in {file.name for file in capture.files} else path
    return str(folder / name)


def quoted_in(paragraph: str, quotes: Iterable[QuoteMatch]) -> bool:
    """Whether one of the ``quotes`` stands in ``paragraph`` word for word."""
    text = one_line(paragraph).casefold()
    return any(one_line(match.text).casefold() in text for match in quotes if match.text.strip())


def size(count: int) -> str:
    """A number of bytes for people: 1.4 MB."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" or amount >= 100 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"
