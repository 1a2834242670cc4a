"""The report as an SVG badge: how many citations are verifiable, and when that was found out."""

from __future__ import annotations

from datetime import UTC
from xml.sax.saxutils import escape

from citekeeper.model import Finding, Report, Severity
from citekeeper.reports import words

_GREEN, _AMBER, _RED, _GREY = "#23713a", "#8f5902", "#b3261e", "#5c5952"  # white text on each: contrast over 4.5
_WIDE, _NARROW = set("mwMW%@—"), set("ijlftr.,:;'|!()[] /-I1")


def render(report: Report) -> str:
    """The SVG document; it names its date, because a picture cannot know how old it has become."""
    known = words.checked(report)
    day = f"{(known[0] if known else report.generated_at).astimezone(UTC):%Y-%m-%d}"
    counted = report.counted
    good = sum(entry.verifiable for entry in counted)
    left = "evidence (stage set)" if report.stage_set else "evidence"
    right = f"{good}/{len(counted)} verifiable · {day}" if counted else f"no citations · {day}"
    label = (
        f"{'Stage set, not the real web. ' if report.stage_set else ''}{words.summary_sentence(report)} "
        f"Checked {day}; treat as stale after {words.stale_after(report).isoformat()}."
    )
    return _draw(left, right, _colour(report), label)


def _colour(report: Report) -> str:
    counted = report.counted
    severities = [entry.severity for entry in counted] + [finding.severity for finding in _counted_findings(report)]
    if not counted:
        return _GREY
    if Severity.ERROR in severities or not any(entry.verifiable for entry in counted):
        return _RED
    if Severity.WARNING in severities or not all(entry.verifiable for entry in counted):
        return _AMBER
    return _GREEN


def _counted_findings(report: Report) -> list[Finding]:
    links = {entry.citation.id for entry in words.links_of(report)}
    return [finding for finding in report.findings if finding.citation not in links]


def _draw(left: str, right: str, colour: str, label: str) -> str:
    first, second = _width(left), _width(right)
    total = first + second
    box = f'width="{total}" height="20" viewBox="0 0 {total} 20"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" {box} role="img">
<title>{escape(label)}</title>
<path fill="#33322f" d="M4 0h{first - 4}v20H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z"/>
<path fill="{colour}" d="M{first} 0h{second - 4}a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4h-{second - 4}z"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
<text x="{first / 2:g}" y="14" text-anchor="middle" textLength="{first - 16}">{escape(left)}</text>
<text x="{first + second / 2:g}" y="14" text-anchor="middle" textLength="{second - 16}">{escape(right)}</text>
</g>
</svg>
"""


def _width(text: str) -> int:
    """The width in pixels of ``text`` in 11-pixel Verdana, near enough, with its margins."""
    return 16 + round(sum(9.5 if char in _WIDE else 4.3 if char in _NARROW else 6.9 for char in text))
