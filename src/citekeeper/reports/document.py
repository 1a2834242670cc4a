"""The JSON document of schema ``citekeeper.report/1`` as plain values in their published order."""

from __future__ import annotations

from typing import Any

from citekeeper import __version__
from citekeeper.clock import iso
from citekeeper.model import Capture, CitationReport, Document, Drift, Finding, Memento, Report
from citekeeper.reports.streaming import Rows, in_full
from citekeeper.reports.words import severity_totals, verdict_totals
from citekeeper.urls import without_credentials

SCHEMA = "citekeeper.report/1"


def to_document(report: Report) -> dict[str, Any]:
    """``report`` as JSON values: equal reports give equal documents, key order included."""
    document: dict[str, Any] = in_full(outline(report))
    return document


def outline(report: Report) -> dict[str, Any]:
    """The same with ``citations`` and ``findings`` still to be made."""
    counted = report.counted
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "generated_at": iso(report.generated_at),
        "tool": {"name": "citekeeper", "version": __version__},
        "documents": [_source_document(item) for item in report.documents],
        "totals": {
            "citations": len(counted),
            "verifiable": sum(entry.verifiable for entry in counted),
            "by_verdict": {kind.value: number for kind, number in verdict_totals(counted).items()},
            "by_severity": {severity.value: number for severity, number in severity_totals(counted).items()},
        },
        "citations": Rows(citation_document, report.citations),
        "findings": Rows(finding_document, report.findings),
    }
    if report.notes:
        document["notes"] = list(report.notes)
    if report.stage_set:
        document["stage_set"] = True
    return document


def citation_document(entry: CitationReport) -> dict[str, Any]:
    """One entry of ``citations``; also, with its findings, a line of the jsonl format."""
    citation, verdict = entry.citation, entry.verdict
    return {
        "id": citation.id,
        "label": citation.label,
        "kind": citation.kind.value,
        "title": citation.title,
        "url": without_credentials(citation.url),
        "final_url": without_credentials(entry.final_url),
        "language": citation.language,
        "private": citation.private,
        "verdict": verdict.kind.value,
        "reason": verdict.reason,
        "message": verdict.message,
        "advice": verdict.advice,
        "severity": entry.severity.value,
        "verifiable": entry.verifiable,
        "http_status": entry.http_status,
        "hops": [{"url": without_credentials(url), "status": status} for url, status in entry.hops],
        "checked_at": iso(entry.checked_at) if entry.checked_at else None,
        "vantage": entry.vantage,
        "elapsed_ms": entry.elapsed_ms,
        "strikes": entry.strikes,
        "first_failed_at": iso(entry.first_failed_at) if entry.first_failed_at else None,
        "last_alive_at": iso(entry.last_alive_at) if entry.last_alive_at else None,
        "found_in": [
            {"file": place.file, "line": place.line, "column": place.column, "page": place.page}
            for place in citation.found_in
        ],
        "drift": _drift(entry.drift) if entry.drift else None,
        "captures": [_capture(capture) for capture in entry.captures],
        "mementos": [_memento(memento) for memento in entry.mementos],
        "quotes": [
            {
                "text": quote.text,
                "found": quote.found,
                "score": round(quote.score, 4),
                "where": quote.where.value if quote.where else None,
                "fragment": quote.fragment,
                "also": [
                    {"where": place.where.value, "score": round(place.score, 4), "copy": place.copy}
                    for place in quote.also
                ],
                "original": quote.original,
            }
            for quote in entry.quotes
        ],
        "translations": [
            {
                "language": item.language,
                "engine": item.engine,
                "path": item.path,
                "paragraphs": item.paragraphs,
                "warnings": list(item.warnings),
            }
            for item in entry.translations
        ],
        "reviews": [
            {
                "by": review.by,
                "on": review.on.isoformat(),
                "supports": review.supports,
                "note": review.note,
                "capture": review.capture,
            }
            for review in citation.reviews
        ],
    }


def _drift(drift: Drift) -> dict[str, Any]:
    return {
        "similarity": round(drift.similarity, 4),
        "baseline": drift.baseline,
        "note": drift.note,
        "changes": [
            {"kind": change.kind.value, "runs": [{"mark": mark, "text": text} for mark, text in change.runs]}
            for change in drift.changes
        ],
    }


def _source_document(item: Document) -> dict[str, Any]:
    return {"source": item.source, "title": item.title, "language": item.language, "sha256": item.sha256}


def _capture(capture: Capture) -> dict[str, Any]:
    return {
        "id": capture.id,
        "captured_at": iso(capture.captured_at),
        "path": capture.path,
        "origin": capture.origin,
        "shows": capture.shows.value,
        "sha256": capture.sha256,
        "state": capture.state.value,
        "files": [{"name": file.name, "sha256": file.sha256, "size": file.size} for file in capture.files],
    }


def _memento(memento: Memento) -> dict[str, Any]:
    return {
        "archive": memento.archive,
        "uri": without_credentials(memento.uri),
        "datetime": iso(memento.datetime) if memento.datetime else None,
        "state": memento.state.value,
        "distance_days": memento.distance_days,
        "evidence": memento.is_evidence,
        "shows": memento.shows.value if memento.shows else None,
        "quotes": [text for text, score in memento.quotes if score > 0] if memento.quotes is not None else None,
        "note": memento.note,
        **({"reason": memento.reason} if memento.reason else {}),
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """One of ``findings``; also of those in a line of the jsonl format."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "citation": finding.citation,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "advice": finding.advice,
    }
