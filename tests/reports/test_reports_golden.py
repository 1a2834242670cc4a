"""Every format of one canned report against what it looked like when a person last read it.

After a wanted change: CITEKEEPER_UPDATE_GOLDEN=1 pytest tests/reports, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from citekeeper import reports

from .canned import canned

GOLDEN = Path(__file__).parent / "golden"
UPDATE = bool(os.environ.get("CITEKEEPER_UPDATE_GOLDEN"))  # read now: no setting reaches a running test
NAMES = {name: form.filename or f"{name}.txt" for name, form in reports.FORMATS.items()}


@pytest.fixture(autouse=True)
def fixed_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release must not change the golden files."""
    for module in ("atom", "document", "html", "sarif"):
        monkeypatch.setattr(f"citekeeper.reports.{module}.__version__", "0.0.0")


def agree(path: Path, text: str) -> None:
    """Compare with the golden file, or write it when that is asked for."""
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    assert path.read_bytes().decode("utf-8") == text


@pytest.mark.parametrize("name", NAMES)
def test_format_is_as_last_read(name: str) -> None:
    """Each format renders the canned report to the byte."""
    agree(GOLDEN / NAMES[name], reports.render(canned(), name))


def test_job_summary_is_as_last_read() -> None:
    """The stage set's job summary says what it is."""
    agree(GOLDEN / "stage-set-summary.md", reports.job_summary(canned(stage_set=True)))


@pytest.mark.parametrize("page", ["index.html", "citations/fn2.html", "citations/fn3.html", "citations/fn5.html"])
def test_page_is_as_last_read(tmp_path: Path, page: str) -> None:
    """The pages of the site render to the byte."""
    reports.write_site(canned(), tmp_path / "reports", formats=["html"])
    agree(GOLDEN / "site" / page, (tmp_path / "reports" / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_equal_reports_render_equally(name: str) -> None:
    """Nothing but the report decides the text."""
    assert reports.render(canned(), name) == reports.render(canned(), name)
