"""The report as an Atom feed (RFC 4287) of findings: a reader shows each finding once, as long as it lasts."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import datetime
from urllib.parse import quote
from xml.etree import ElementTree as ET

from citekeeper import __version__
from citekeeper.clock import iso
from citekeeper.model import Finding, Report
from citekeeper.printing import one_line
from citekeeper.reports import words
from citekeeper.reports.site_names import page_name

NAMESPACE = "http://www.w3.org/2005/Atom"


def render(report: Report) -> str:
    """The XML document. Identifiers depend on documents, rule and citation only, so they last from run to run."""
    feed = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    sources = "\n".join(document.source for document in report.documents)
    _add(feed, "id", _urn("feed", sources))
    _add(feed, "title", f"Evidence of {words.document_title(report)}")
    stage_set = f"{words.STAGE_SET} " if report.stage_set else ""
    _add(feed, "subtitle", f"{stage_set}{words.summary_sentence(report)} {words.age_sentence(report)}")
    _add(feed, "updated", iso(report.generated_at))
    _add(ET.SubElement(feed, "author"), "name", "citekeeper")
    _add(feed, "generator", "citekeeper", version=__version__)
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href="index.html")
    pages = {entry.citation.id: entry for entry in report.citations}
    seen: Counter[str] = Counter()
    for finding in words.ordered_findings(report):
        entry = pages.get(finding.citation or "")
        seen[identity := "\n".join((sources, finding.rule, finding.citation or "", finding.file or ""))] += 1
        since = (entry.first_failed_at or entry.checked_at) if entry else None
        href = f"citations/{quote(page_name(entry.citation.id))}" if entry else "index.html"
        name = f"{words.label(entry)}: " if entry else ""
        _add_entry(feed, finding, f"{identity}\n{seen[identity]}", since or report.generated_at, href, name)
    ET.indent(feed)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _add_entry(feed: ET.Element, finding: Finding, identity: str, since: datetime, href: str, name: str) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", _urn("finding", identity))
    _add(entry, "title", one_line(f"{finding.severity.value.capitalize()}: {name}{finding.message}", 300))
    _add(entry, "updated", iso(since))
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=href)
    ET.SubElement(entry, "category", term=one_line(finding.rule, 100))
    ET.SubElement(entry, "category", term=finding.severity.value)
    _add(entry, "content", one_line(f"{finding.message} {finding.advice}"), type="text")


def _add(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _urn(kind: str, identity: str) -> str:
    name = f"citekeeper:{kind}:{identity}".encode("utf-8", "replace").decode()
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn
