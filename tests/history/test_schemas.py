"""The JSON Schemas: valid themselves, and true of what citekeeper writes."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime
from pathlib import Path

import jsonschema
import pytest
import yaml

from citekeeper.errors import UsageError
from citekeeper.history import encoded, new_event
from citekeeper.model import Citation, Document, Expectation, Imported, Location, Review, TranslationLink, VerdictKind
from citekeeper.register import merge
from citekeeper.schema.published import json_schema

NAMES = ["citations.yaml", "report.json", "manifest.json", "history.jsonl"]
HASH = "0" * 64


class _TextDates(yaml.SafeLoader):
    """A YAML 1.2 reader, as editors have: dates are texts, and yes is a word."""


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag.rpartition(":")[2] in ("null", "int", "float")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _first in "tTfF":
    _TextDates.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(?:true|false)$"), [_first])


def _validate(name: str, value: object) -> None:
    jsonschema.Draft202012Validator(json_schema(name)).validate(value)


def _register(text: str) -> object:
    return yaml.load(text, Loader=_TextDates)


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_a_valid_schema(name):
    """Draft 2020-12, with an id, a title and a description; found with and without its extension."""
    schema = json_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$id"].startswith("urn:citekeeper:schema:")
    assert schema["title"] == name
    assert schema["description"]
    assert json_schema(name.partition(".")[0]) == schema
    json.dumps(schema)


@pytest.mark.parametrize(
    ("name", "hint"), [("reprot", "report"), ("citation.yml", "citations.yaml"), ("zzz", "manifest.json")]
)
def test_an_unknown_name_is_told_the_nearest(name, hint):
    """Exit code 2, with what there is."""
    with pytest.raises(UsageError) as caught:
        json_schema(name)
    assert hint in caught.value.hint


def test_what_the_register_writes_fits_its_schema():
    """Every field, written and validated as an editor would."""
    citation = Citation(
        "fn1",
        "1",
        key="no",
        claim="null",
        title="2022",
        publisher="x",
        language="no",
        published=date(2022, 4, 7),
        accessed=date(2022, 5, 2),
        url="https://example.org/",
        private=True,
        quotes=("1:30", "yes"),
        numbers=("1", "3,5"),
        found_in=(Location("a.md", 1, 2), Location("a.pdf", page=3)),
        archived=("https://web.archive.org/web/2022/https://example.org/",),
        translations=(TranslationLink("en", "Google", "T", "https://t.example/", date(2022, 5, 2)),),
        reviews=(Review("An", date(2022, 5, 4), "yes", None, HASH),),
        note="~",
        expectation=Expectation((403,), "walled", True),
    )
    imported = Imported(Document("a.md", "T", "nl", HASH), (citation, Citation("fn2")))
    _validate("citations.yaml", _register(merge(None, [imported], path=Path("x")).data.decode()))


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\ncitations:\n",
        "citations: [{id: a, label: 3, kind: link, url: ~, numbers: [1.5, x], private: false, mine: {a: b}}]",
        "settings: {services: google, stale_after: 7d, max_age: 3600, jobs: 4}\nmine: kept\n",
        "citations:\n- id: a\n  reviews: [{by: x, on: 2022-05-04, supports: yes}]\n",
    ],
)
def test_what_the_register_reads_fits_its_schema(text):
    """Hand-written shorthand that loads is no error in an editor either."""
    _validate("citations.yaml", _register(text))


@pytest.mark.parametrize(
    "text",
    [
        "version: 2",
        "citations: [{label: x}]",
        "citations: [{id: ../x}]",
        "citations: [{id: a, expect: alife}]",
        "citations: [{id: a, url: letter.md}]",
        "citations: [{id: a, kind: book}]",
        "settings: {service: []}",
        "settings: {hosts: {x.org: {expect: alife}}}",
    ],
)
def test_an_editor_shows_the_same_errors(text):
    """What the register refuses, its schema refuses."""
    with pytest.raises(jsonschema.ValidationError):
        _validate("citations.yaml", _register(text))


def test_history_lines_fit_their_schema():
    """With fields of ours and of others."""
    event = new_event(
        "check",
        datetime(2022, 5, 2, tzinfo=UTC),
        "ci",
        {"verdict": VerdictKind.GONE, "http_status": 404, "more": [1]},
        random.Random(1),
    )
    _validate("history.jsonl", json.loads(encoded(event)))
    with pytest.raises(jsonschema.ValidationError):
        _validate("history.jsonl", {"id": "x", "at": "2022-05-02T00:00:00Z"})


def test_a_manifest_fits_its_schema():
    """One that seals a capture and one that follows it."""
    base = {
        "schema": "citekeeper.manifest/1",
        "event": "capture",
        "id": "20220502T093000Z",
        "citation": "fn1",
        "sealed_at": "2022-05-02T09:30:05Z",
        "tool": {"name": "citekeeper", "version": "1"},
        "files": [{"name": "capture.wacz", "sha256": HASH, "bytes": 3}],
        "previous": [HASH],
    }
    full = {
        **base,
        "captured_at": "2022-05-02T09:30:00Z",
        "origin": "captured",
        "shows": "source",
        "url_cited": None,
        "hops": [{"url": "https://example.org/", "status": 200, "peer": None}],
        "verdict": "alive",
        "reason": "ok",
        "method": "Fetched.",
        "dns": [],
    }
    _validate("manifest.json", base)
    _validate("manifest.json", full)
    with pytest.raises(jsonschema.ValidationError):
        _validate("manifest.json", {**base, "files": [{"name": "../x", "sha256": HASH, "bytes": 3}]})


def test_a_report_fits_its_schema():
    """The document of CONTRACT section 4, and its every key is required."""
    entry = {
        **dict.fromkeys(("label", "title", "url", "final_url", "language", "http_status", "checked_at", "vantage")),
        **dict.fromkeys(("elapsed_ms", "first_failed_at", "last_alive_at", "drift")),
        **{key: [] for key in ("hops", "found_in", "captures", "mementos", "quotes", "translations", "reviews")},
        "id": "fn1",
        "kind": "citation",
        "private": False,
        "verdict": "alive",
        "reason": "ok",
        "message": "",
        "advice": "",
        "severity": "ok",
        "verifiable": True,
        "strikes": 0,
    }
    memento = {"archive": "wayback", "uri": "https://a/", "datetime": None, "state": "submitted", "distance_days": None}
    report = {
        "schema": "citekeeper.report/1",
        "generated_at": "2022-05-02T09:30:00Z",
        "tool": {"name": "citekeeper", "version": "1"},
        "documents": [],
        "totals": {"citations": 1, "verifiable": 1, "by_verdict": {"alive": 1}, "by_severity": {"ok": 1}},
        "citations": [entry | {"mementos": [memento]}],
        "findings": [],
    }
    _validate("report.json", report)
    for key in entry:
        with pytest.raises(jsonschema.ValidationError):
            _validate("report.json", report | {"citations": [{k: v for k, v in entry.items() if k != key}]})
