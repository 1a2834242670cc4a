"""Refusals that do not end an engine's part in the run: they concern one text, or one pair of languages."""

from __future__ import annotations

from citekeeper.errors import ServiceRefusedError


class TextRefusedError(ServiceRefusedError):
    """The service will not translate this one text; others it may."""


class LanguageRefusedError(ServiceRefusedError):
    """The service does not translate between these languages; between others it may."""
