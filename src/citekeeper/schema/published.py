"""The files as JSON Schemas (draft 2020-12), as ``citekeeper schema`` prints them."""

from __future__ import annotations

import difflib
from typing import Any

from pydantic import BaseModel

from citekeeper import urls
from citekeeper.errors import UsageError
from citekeeper.model import VerdictKind
from citekeeper.schema.records import HistoryLine, ManifestFileModel
from citekeeper.schema.register import RegisterFile
from citekeeper.schema.report import ReportFileModel

_FILES: dict[str, type[BaseModel]] = {
    "citations.yaml": RegisterFile,
    "report.json": ReportFileModel,
    "manifest.json": ManifestFileModel,
    "history.jsonl": HistoryLine,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DURATION_SCHEMA = {
    "type": ["string", "number", "null"],
    "description": "such as 14d, 12h or 90s; a bare number is seconds",
}
_WORDS_SCHEMA = {"type": ["array", "string", "null"], "items": {"type": "string"}}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file.

    Args:
        name: citations.yaml, report.json, manifest.json or history.jsonl (there: of one line); the extension may be
            left out.

    Raises:
        UsageError: there is no such file.
    """
    full = next((known for known in _FILES if name.lower() in (known, known.partition(".")[0])), None)
    if full is None:
        names = [*_FILES, *(known.partition(".")[0] for known in _FILES)]
        near = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.5)
        hint = f"Did you mean “{near[0]}”?" if near else f"Schemas: {', '.join(_FILES)}."
        raise UsageError(f"There is no schema “{urls.shown(name, 80)}”.", hint)
    generated = _FILES[full].model_json_schema(by_alias=True, mode="validation")
    if full == "citations.yaml":
        _describe_settings(generated["$defs"]["Settings"])
        generated["$defs"]["HostRule"]["properties"]["expect"]["anyOf"][0]["enum"] = list(VerdictKind)
    description = generated.pop("description")
    head = {"$schema": _DIALECT, "$id": f"urn:citekeeper:schema:{full}:1", "title": full, "description": description}
    generated.pop("title")
    schema: dict[str, Any] = head | _undecorated(generated)
    return schema


def _describe_settings(settings: dict[str, Any]) -> None:
    """Correct what pydantic cannot know: durations, and lists that may be one text, are read by functions of ours."""
    settings["description"] = "Settings; the command line and the environment come before them."
    for field in settings["properties"].values():
        branches = field.get("anyOf", [field])
        default = field.pop("default", None)
        if any(branch.get("format") == "duration" for branch in branches):
            field.pop("anyOf", None)
            field.pop("format", None)
            told = field.get("description", "")
            field.update(_DURATION_SCHEMA, description=f"{told}; {_DURATION_SCHEMA['description']}".lstrip("; "))
        elif field.get("type") == "array":
            field.update(_WORDS_SCHEMA)
        elif default is not None:
            field["default"] = default


def _undecorated(value: Any) -> Any:
    """Without the titles that pydantic makes of names: an editor shows the names themselves."""
    if isinstance(value, list):
        return [_undecorated(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _undecorated(item) for key, item in value.items() if not (key == "title" and isinstance(item, str))}
