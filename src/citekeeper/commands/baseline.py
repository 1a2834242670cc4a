"""``--baseline FILE``: the findings of an earlier ``-f json`` report do not fail this run; only new ones do.

A finding is known by its rule, the source's address and the file: lines move, and ids of links are given anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from citekeeper.errors import InputFileError
from citekeeper.model import CitationReport, Finding, Severity
from citekeeper.reports.document import SCHEMA
from citekeeper.urls import without_credentials

KNOWN = "known from the baseline"
_HINT = "Give --baseline a report that an earlier run wrote: citekeeper check … -f json -o baseline.json"
_Key = tuple[str, str | None, str | None]


class Baseline:
    """The findings of an earlier report.

    Args:
        path: a report of schema ``citekeeper.report/1``.

    Raises:
        InputFileError: it cannot be read, or is something else.
    """

    def __init__(self, path: Path) -> None:
        self._ranks: dict[_Key, int] = {}
        document = _load(path)
        addresses = {entry["id"]: entry.get("url") for entry in document["citations"]}
        for finding in document["findings"]:
            key = (finding["rule"], addresses.get(finding["citation"]), finding.get("file"))
            was_lowered = str(finding.get("message", "")).endswith(f"({KNOWN})")
            rank = Severity.ERROR.rank if was_lowered else Severity(finding["severity"]).rank
            self._ranks[key] = max(rank, self._ranks.get(key, 0))

    def __call__(self, finding: Finding, entry: CitationReport | None) -> str | None:
        """Why a finding does not count: it stood in the baseline, and no milder."""
        url = without_credentials(entry.citation.url) if entry is not None else None
        rank = self._ranks.get((finding.rule, url, finding.file))
        return KNOWN if rank is not None and finding.severity.rank <= rank else None


def _load(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise InputFileError(str(path), f"the baseline cannot be read: {error.strerror}", _HINT) from error
    except (ValueError, RecursionError) as error:
        raise InputFileError(str(path), "the baseline is not one JSON document", _HINT) from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise InputFileError(str(path), f"the baseline is no report of schema {SCHEMA}", _HINT)
    entries, findings = document.get("citations"), document.get("findings")
    is_sound = (
        isinstance(entries, list)
        and isinstance(findings, list)
        and all(isinstance(entry, dict) and _is_entry(entry) for entry in entries)
        and all(isinstance(item, dict) and _is_finding(item) for item in findings)
    )
    if not is_sound:
        raise InputFileError(str(path), "the baseline is a damaged report", _HINT)
    return document


def _is_entry(item: dict[str, Any]) -> bool:
    return isinstance(item.get("id"), str) and isinstance(item.get("url"), str | None)


def _is_finding(item: dict[str, Any]) -> bool:
    return (
        isinstance(item.get("rule"), str)
        and isinstance(item.get("citation"), str | None)
        and isinstance(item.get("file"), str | None)
        and item.get("severity") in list(Severity)
    )
