"""How the judge speaks: one way to make a Verdict, and the advice that many of them share."""

from __future__ import annotations

from citekeeper.model import BASE_SEVERITY, Severity, Verdict, VerdictKind

ADVICE_DEAD = "Look for its new address, or pin an archived copy that was checked under “archived:” in citations.yaml."
ADVICE_WALL = "Open it in a browser and keep what you saw; or pin an archived copy under “archived:” in citations.yaml."
ADVICE_BLOCK = "Check it from another country or network, and rely on an archived copy."
ADVICE_LATER = "Lower --per-host for this host, or run again later."
ADVICE_AGAIN = "Nothing to do yet: later runs ask again, and say so if it stays away."


def say(
    kind: VerdictKind,
    reason: str,
    message: str,
    advice: str = "",
    *,
    canonical_url: str | None = None,
    severity: Severity | None = None,
) -> Verdict:
    """A Verdict with the base severity of its kind, unless ``severity`` says otherwise."""
    return Verdict(kind, reason, message, advice, severity or BASE_SEVERITY[kind], canonical_url)


def sentence(text: str, name: str) -> str:
    """Text with a capital at its beginning, unless a host's name stands there."""
    return text if text.startswith(name) else text[:1].upper() + text[1:]
