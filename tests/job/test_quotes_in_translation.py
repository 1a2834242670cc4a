"""An English quote of a Russian source: found in the translation, shown beside the original, counted once reviewed."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run


def entry(home: Path) -> dict[str, object]:
    """The report's entry of the Russian source."""
    report = json.loads((home / "reports" / "report.json").read_text(encoding="utf-8"))
    return next(each for each in report["citations"] if each["id"] == "fn3")


def test_a_quote_in_a_translation_counts_once_reviewed(citekeeper: Run, home: Path) -> None:
    """Found, with the source's own paragraph; verifiable only after a review; shown in report and show."""
    citekeeper("run")
    (path,) = (home / "archive" / "fn3").glob("*/text.en.json")
    translated = json.loads(path.read_text(encoding="utf-8"))["paragraphs"]
    own = json.loads((path.parent / "text.json").read_text(encoding="utf-8"))["paragraphs"]
    index = max(range(len(translated)), key=lambda n: len(translated[n].split()))
    words = " ".join(translated[index].split()[1:7]).strip(".,;:")
    register = home / "citations.yaml"
    head, mark, tail = register.read_text(encoding="utf-8").partition("  - id: fn3\n")
    quoted = f"{head}{mark}    quotes: [{json.dumps(words)}]\n{tail}"
    register.write_text(quoted, encoding="utf-8")
    citekeeper("report")
    said = entry(home)
    (match,) = said["quotes"]  # type: ignore[misc]
    assert (match["found"], match["where"], match["fragment"]) == (True, "translation", None)
    assert match["original"] == own[index][:2000]
    assert said["verifiable"] is False
    assert own[index][:40] in (home / "reports" / "citations" / "fn3.html").read_text(encoding="utf-8")
    assert "the source's own words" in citekeeper("show", "fn3").out
    review = "    reviews: [{by: A. Reader, on: 2026-11-20, supports: yes}]\n"
    register.write_text(quoted.replace(mark, mark + review), encoding="utf-8")
    citekeeper("report")
    assert entry(home)["verifiable"] is True
