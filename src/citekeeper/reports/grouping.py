"""Findings that say the same of many citations, told once for people; machines get each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from citekeeper.model import Finding

_MANY = 3


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings in the same words, by several citations' names."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """What is said, once."""
        return self.findings[0]

    @property
    def is_single(self) -> bool:
        """Whether it concerns one place only, which can then be told."""
        return len(self.findings) == 1


def grouped(findings: Iterable[Finding]) -> list[FindingGroup]:
    """``findings`` in their order, those that say the same of three citations or more at the place of the first."""
    alike: dict[object, list[Finding]] = {}
    for finding in findings:
        words = (finding.rule, finding.severity, finding.message, finding.advice)
        alike.setdefault(words if finding.citation else id(finding), []).append(finding)
    groups = []
    for same in alike.values():
        groups += [FindingGroup(tuple(same))] if len(same) >= _MANY else [FindingGroup((finding,)) for finding in same]
    return groups


def names(group: FindingGroup, labels: dict[str, str], most: int) -> str:
    """The citations of a group by their labels, ``most`` of them, and how many more there are."""
    found = list(dict.fromkeys(labels.get(f.citation or "", f.citation or "") for f in group.findings))
    more = len(found) - most
    return ", ".join(found[:most]) + (f" and {more} more" if more > 0 else "")
