"""Which sources a run asks at all, and why not the others."""

from __future__ import annotations

import re

from citekeeper.model import Citation, Severity, Verdict, VerdictKind
from citekeeper.settings import Settings


class Choice:
    """What the settings and a person's word leave to be asked."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._include = [re.compile(pattern) for pattern in settings.include]
        self._exclude = [re.compile(pattern) for pattern in settings.exclude]

    @property
    def is_open(self) -> bool:
        """Whether the settings leave out no address, and decide nothing of any host."""
        return not (self._include or self._exclude or self._settings.offline or self._settings.hosts)

    def why_unchecked(self, citation: Citation) -> Verdict | None:
        """The verdict of a source that is not asked; None for one that is."""
        url = citation.url
        if not url:
            return Verdict(
                VerdictKind.UNCHECKED,
                "no-url",
                "The document gives no address for this source.",
                "Find the address and write it in citations.yaml, or import a version of the document that has links.",
                Severity.WARNING,
            )
        rule = self._settings.rule_for(url)
        if citation.expectation.ignore or (rule is not None and rule.ignore):
            return _unchecked("ignored", "Not checked: a person decided so.")
        if self._include and not any(pattern.search(url) for pattern in self._include):
            return _unchecked("excluded", "Not checked: no --include pattern matches.")
        if any(pattern.search(url) for pattern in self._exclude):
            return _unchecked("excluded", "Not checked: an --exclude pattern matches.")
        if self._settings.offline:
            return _unchecked("offline", "Not checked: this run uses no network.")
        return None


def _unchecked(reason: str, message: str) -> Verdict:
    return Verdict(VerdictKind.UNCHECKED, reason, message)
