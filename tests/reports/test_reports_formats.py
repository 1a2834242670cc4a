"""What each machine-read format promises: structure, schemas, exit of hostile words, stable identifiers."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from lxml import etree

from citekeeper import reports
from citekeeper.errors import UsageError
from citekeeper.model import Finding, Location, Report, Severity
from citekeeper.reports.sarif import to_sarif

from .canned import HOSTILE, NOW, alive, canned, gone, links

EMPTY = Report(NOW, (), (), ())

ENTRY_KEYS = [
    "id",
    "label",
    "kind",
    "title",
    "url",
    "final_url",
    "language",
    "private",
    "verdict",
    "reason",
    "message",
    "advice",
    "severity",
    "verifiable",
    "http_status",
    "hops",
    "checked_at",
    "vantage",
    "elapsed_ms",
    "strikes",
    "first_failed_at",
    "last_alive_at",
    "found_in",
    "drift",
    "captures",
    "mementos",
    "quotes",
    "translations",
    "reviews",
]

# The part of the SARIF 2.1.0 schema that this tool's output can touch, written down from the standard.
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string", "minLength": 1},
                                                "name": {"type": "string"},
                                                "shortDescription": {"$ref": "#/$defs/text"},
                                                "help": {"$ref": "#/$defs/text"},
                                                "defaultConfiguration": {
                                                    "properties": {"level": {"$ref": "#/$defs/level"}}
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "properties": {"type": "object"},
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "ruleId"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"$ref": "#/$defs/level"},
                                "message": {"$ref": "#/$defs/text"},
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string", "minLength": 1},
                                },
                                "locations": {
                                    "type": "array",
                                    "minItems": 1,
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "properties": {"physicalLocation": {"$ref": "#/$defs/place"}},
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
    "$defs": {
        "text": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "place": {
            "type": "object",
            "required": ["artifactLocation"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "properties": {"uri": {"type": "string", "pattern": "^[A-Za-z0-9/._~:%!$&'()*+,;=@?-]+$"}}
                },
                "region": {
                    "required": ["startLine"],
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1},
                        "startColumn": {"type": "integer", "minimum": 1},
                    },
                },
            },
        },
    },
}


# ── the registry ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_unknown_format_names_the_nearest() -> None:
    """A slip of the pen gets the right word back."""
    with pytest.raises(UsageError) as caught:
        reports.render(EMPTY, "markdwon")
    assert "markdown" in caught.value.hint.split("?")[0]


@pytest.mark.parametrize("name", reports.FORMATS)
def test_every_format_renders_nothing(name: str) -> None:
    """A report without citations is a report, in every format; JSON lines of nothing are nothing."""
    assert reports.render(EMPTY, name) or name == "jsonl"


# ── JSON ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_document_has_the_published_keys_in_their_order() -> None:
    """Scripts and diffs rely on names and order."""
    document = reports.to_document(canned())
    assert list(document)[:7] == ["schema", "generated_at", "tool", "documents", "totals", "citations", "findings"]
    assert document["schema"] == "citekeeper.report/1"
    assert document["generated_at"] == "2026-11-22T09:30:15Z"
    assert all(list(entry) == ENTRY_KEYS for entry in document["citations"])
    finding_keys = ["rule", "severity", "citation", "file", "line", "column", "message", "advice"]
    assert all(list(finding) == finding_keys for finding in document["findings"])


def test_links_are_listed_but_not_counted() -> None:
    """Totals are of citations; links stand in the list."""
    document = reports.to_document(canned())
    assert document["totals"]["citations"] == 6
    assert document["totals"]["verifiable"] == 3
    assert sum(document["totals"]["by_verdict"].values()) == 6
    assert document["totals"]["by_severity"] == {"ok": 2, "warning": 3, "error": 1}
    assert [entry["id"] for entry in document["citations"] if entry["kind"] == "link"] == ["link-1", "link-2"]


def test_stage_set_is_flagged_only_on_a_stage() -> None:
    """The flag is a key of its own, absent from real reports."""
    assert reports.to_document(canned(stage_set=True))["stage_set"] is True
    assert "stage_set" not in reports.to_document(canned())


def test_json_keeps_values_but_escapes_what_acts() -> None:
    """Parsing gives the title as it was; the text holds no control or override character."""
    text = reports.render(canned(), "json")
    assert json.loads(text)["citations"][4]["title"] == HOSTILE
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", text)


def test_no_format_shows_credentials() -> None:
    """A user name or password in a cited address appears in no format."""
    for name in reports.FORMATS:
        assert "hunter2" not in reports.render(canned(), name), name


def test_jsonl_is_a_citation_a_line() -> None:
    """Each line is one of the JSON document's entries with the findings about it."""
    lines = [json.loads(line) for line in reports.render(canned(), "jsonl").splitlines()]
    document = reports.to_document(canned())
    for line, entry in zip(lines, document["citations"], strict=True):
        about = [finding for finding in document["findings"] if finding["citation"] == entry["id"]]
        assert line == ({**entry, "findings": about} if about else entry)


# ── CI formats ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("report", [canned(), canned(stage_set=True), EMPTY], ids=["canned", "stage set", "empty"])
def test_junit_is_valid_and_counts(report: Report) -> None:
    """The schema holds and the counters are those of the cases."""
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))
    root = etree.fromstring(reports.render(report, "junit").encode())
    schema.assertValid(root)
    for suite in root.iter("testsuite"):
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))


def test_junit_fails_on_errors_only() -> None:
    """Errors fail, warnings are told, what was not checked is skipped."""
    root = etree.fromstring(reports.render(canned(), "junit").encode())
    cases = {str(case.get("name"))[0]: [child.tag for child in case] for case in root[0].iter("testcase")}
    assert cases == {"1": [], "2": ["failure"], "3": [], "4": [], "5": ["failure"], "6": ["skipped"]}
    assert "letter.md:20:688" in (root.findtext("testsuite/system-out") or "")


@pytest.mark.parametrize("report", [canned(), EMPTY], ids=["canned", "empty"])
def test_sarif_has_the_standards_structure(report: Report) -> None:
    """The log is valid, and every result points at its rule."""
    log = to_sarif(report)
    jsonschema.validate(log, SARIF, cls=jsonschema.Draft202012Validator)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_sarif_fingerprints_last_and_differ() -> None:
    """A moved line or another wording is the same finding; another citation is not."""

    def prints(report: Report) -> list[str]:
        results = to_sarif(report)["runs"][0]["results"]
        return [result["partialFingerprints"]["citekeeperFinding/v1"] for result in results]

    shifted = tuple(replace(item, message="Other words.", line=99) for item in canned().findings)
    assert prints(canned()) == prints(canned(findings=shifted))
    assert len(set(prints(canned()))) == len(canned().findings)
    twice = canned().findings[0]
    assert len(set(prints(canned(findings=(twice, twice))))) == 2


def test_sarif_names_files_as_uris() -> None:
    """Blanks and colons of a file name are encoded; a finding without a place takes its citation's."""
    results = to_sarif(canned())["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert places[0]["artifactLocation"]["uri"] == "letter%2C%20the%202nd%3A%20part.md".replace("%2C", ",")
    assert places[1] == {"artifactLocation": {"uri": "letter.md"}, "region": {"startLine": 12, "startColumn": 611}}


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("50% sure", "50%25 sure"),
        ("a: b, c", "a: b, c"),
        ("one\n::error::two", "one%0A::error::two"),
        ("one\r\ntwo", "one%0Atwo"),
        ("esc\x1b]0;x\x07", "esc\ufffd]0;x\ufffd"),
    ],
)
def test_github_commands_stay_one_line(message: str, shown: str) -> None:
    """What a page says can start no workflow command of its own."""
    finding = Finding("rule", Severity.ERROR, "fn1", message, "", "a,b:c.md", 3, 4)
    lines = reports.render(Report(NOW, (), (), (finding,)), "github").splitlines()
    assert lines[0] == f"::error file=a%2Cb%3Ac.md,line=3,col=4,title=fn1%3A rule::{shown}"
    assert len(lines) == 2


def test_job_summary_keeps_within_githubs_limit() -> None:
    """A report of thousands is shortened and says so."""
    entries = tuple(replace(gone(), citation=replace(gone().citation, id=f"n{number}")) for number in range(4000))
    summary = reports.job_summary(canned(citations=entries))
    assert len(summary.encode()) < 1024 * 1024
    assert "more in report.json" in summary


def test_csv_reads_back_without_formulas() -> None:
    """Every row has every column, and no cell begins like a formula."""
    rows = list(csv.reader(io.StringIO(reports.render(canned(), "csv"))))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert rows[5][rows[0].index("publisher")] == "'=cmd|' /C calc'!A0"


def test_csv_names_every_place_of_a_link() -> None:
    """What stands in a document twice has both places in its row."""
    entry = canned().citations[0]
    places = (Location("a.md", 3, 5), Location("b.html", 7))
    twice = replace(entry, citation=replace(entry.citation, found_in=places))
    rows = list(csv.DictReader(io.StringIO(reports.render(canned(citations=(twice,)), "csv"))))
    assert (rows[0]["file"], rows[0]["places"]) == ("a.md", "a.md:3:5; b.html:7")


def test_sarif_fingerprints_outlast_renumbering() -> None:
    """A link's number changes with every link above it; the alert stays the same."""
    report = canned()
    entry = next(entry for entry in report.citations if entry.citation.url)
    finding = Finding("gone", Severity.ERROR, entry.citation.id, "Gone.", file="a.md", line=3)

    def prints(number: str) -> object:
        renamed = replace(entry, citation=replace(entry.citation, id=number))
        log = to_sarif(canned(citations=(renamed,), findings=(replace(finding, citation=number),)))
        return log["runs"][0]["results"][0]["partialFingerprints"]

    assert prints("link-1") == prints("link-2")


def test_atom_is_a_feed_with_lasting_ids() -> None:
    """Required elements stand, ids are unique, and a later run keeps them."""
    space = "{http://www.w3.org/2005/Atom}"

    def ids(report: Report) -> list[str | None]:
        feed = etree.fromstring(reports.render(report, "atom").encode())
        for tag in ("id", "title", "updated", f"author/{space}name"):
            assert feed.findtext(f"{space}{tag}"), tag
        for entry in feed.iter(f"{space}entry"):
            assert all(entry.findtext(f"{space}{tag}") for tag in ("id", "title", "updated", "content"))
        return [element.text for element in feed.iter(f"{space}id")]

    assert len(set(ids(canned()))) == len(canned().findings) + 1
    assert ids(canned()) == ids(canned(generated_at=NOW.replace(year=2027)))


@pytest.mark.parametrize(
    ("report", "colour"),
    [
        (canned(), "#b3261e"),
        (canned(citations=(alive(),), findings=()), "#23713a"),
        (canned(citations=(alive(),), findings=canned().findings[:1]), "#8f5902"),
        (canned(citations=links(), findings=()), "#5c5952"),
    ],
    ids=["errors", "all well", "a warning", "links only"],
)
def test_badge_is_an_svg_with_a_date(report: Report, colour: str) -> None:
    """The badge tells state, date and expiry, in words as well as in colour."""
    text = reports.render(report, "badge")
    assert etree.fromstring(text.encode()).tag == "{http://www.w3.org/2000/svg}svg"
    assert colour in text
    assert "2026-11-22" in text
    assert "stale after 2026-12-06" in text


@pytest.mark.parametrize("name", [name for name in reports.FORMATS if name not in {"json", "jsonl", "csv"}])
def test_stage_set_is_said_by_every_format_for_people_and_ci(name: str) -> None:
    """Nobody takes the demo for the real web."""
    assert "stage set" in reports.render(canned(stage_set=True), name).lower()
    assert "stage set" not in reports.render(canned(), name).lower()
