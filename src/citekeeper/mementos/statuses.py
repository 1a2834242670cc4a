"""Save Page Now's error codes (``status_ext``): what each means, and when trying again makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from citekeeper.printing import one_line


class Retry(StrEnum):
    """When a refused save may be tried again."""

    SOON = "in a few minutes"
    LATER = "in an hour or more"
    TOMORROW = "tomorrow"
    NEVER = "not until something changes"
    UNKNOWN = "not now"

    @property
    def seconds(self) -> float:
        """How long to leave it alone; a month stands for “until something changes”."""
        return _SECONDS[self]


_SECONDS = {
    Retry.SOON: 300.0,
    Retry.LATER: 3600.0,
    Retry.TOMORROW: 86400.0,
    Retry.NEVER: 30 * 86400.0,
    Retry.UNKNOWN: 86400.0,
}
ACCOUNT_WIDE = frozenset({"max-daily-bandwidth", "max-daily-bandwidth-from-ip", "blocked-client-ip"})
"""Codes that speak of who asks and not of the URL: the next URL would get the same."""


@dataclass(frozen=True, slots=True)
class SaveFault:
    """One error code: its sentence, and when to try again."""

    code: str
    sentence: str
    retry: Retry

    @property
    def note(self) -> str:
        """Sentence and advice together."""
        return f"{self.sentence} Try again: {self.retry}."


_TABLE: tuple[tuple[str, Retry, str], ...] = (
    # the archive is busy or broken
    ("celery", Retry.SOON, "The archive's job queue failed."),
    ("redis-error", Retry.SOON, "The archive's job store failed."),
    ("job-failed", Retry.SOON, "The archive's capture job failed."),
    ("no-browsers-available", Retry.SOON, "The archive had no browser free."),
    ("capture-location-error", Retry.SOON, "The archive could not find the capture it had made."),
    ("proxy-error", Retry.SOON, "The archive's own proxy failed."),
    ("user-session-limit", Retry.SOON, "Your account has its limit of captures running."),
    ("no-captures", Retry.LATER, "The archive's job ended without a capture."),
    # quotas
    ("bandwidth-limit-exceeded", Retry.TOMORROW, "The target's server has used up its bandwidth (HTTP 509)."),
    ("too-many-daily-captures", Retry.TOMORROW, "This URL was captured too often today."),
    ("too-many-daily-captures-host", Retry.TOMORROW, "This site was captured too often today."),
    ("max-daily-bandwidth", Retry.TOMORROW, "Your account's daily bandwidth is used up."),
    ("max-daily-bandwidth-from-ip", Retry.TOMORROW, "This address's daily bandwidth is used up."),
    ("max-daily-bandwidth-host", Retry.TOMORROW, "The archive's daily bandwidth for this site is used up."),
    # the target failed for the moment
    ("bad-gateway", Retry.LATER, "The target answered the archive with HTTP 502."),
    ("browsing-timeout", Retry.LATER, "The archive's browser did not finish with the page in time."),
    ("cannot-fetch", Retry.LATER, "The archive could not fetch the page."),
    ("gateway-timeout", Retry.LATER, "The target answered the archive with HTTP 504."),
    ("internal-server-error", Retry.LATER, "The target answered the archive with HTTP 500."),
    ("invalid-server-response", Retry.LATER, "The target's answer to the archive was not valid HTTP."),
    ("protocol-error", Retry.LATER, "The target's connection to the archive broke."),
    ("read-timeout", Retry.LATER, "The target did not answer the archive in time."),
    ("service-unavailable", Retry.LATER, "The target answered the archive with HTTP 503."),
    ("soft-time-limit-exceeded", Retry.LATER, "The capture took longer than the archive allows."),
    ("too-many-requests", Retry.LATER, "The target told the archive that it asks too often (HTTP 429)."),
    ("invalid-host-resolution", Retry.LATER, "The archive could not resolve the target's host name."),
    # the target refuses
    ("bad-request", Retry.NEVER, "The target answered the archive with HTTP 400."),
    ("blocked-client-ip", Retry.NEVER, "The archive blocks the address you ask from."),
    ("forbidden", Retry.NEVER, "The target forbids the archive (HTTP 403)."),
    ("ftp-access-denied", Retry.NEVER, "The FTP server denied the archive access."),
    ("http-version-not-supported", Retry.NEVER, "The target answered the archive with HTTP 505."),
    ("method-not-allowed", Retry.NEVER, "The target answered the archive with HTTP 405."),
    ("network-authentication-required", Retry.NEVER, "The target wants a network log-in (HTTP 511)."),
    ("no-access", Retry.NEVER, "The target does not let the archive in (401 or 403)."),
    ("not-found", Retry.NEVER, "The target answered the archive with HTTP 404."),
    ("not-implemented", Retry.NEVER, "The target answered the archive with HTTP 501."),
    ("too-many-redirects", Retry.NEVER, "The target redirects without end."),
    ("unauthorized", Retry.NEVER, "The target wants a log-in (HTTP 401)."),
    ("filesize-limit", Retry.NEVER, "The page is larger than the archive takes (2 GB)."),
    # the archive refuses
    ("blocked", Retry.NEVER, "The archive blocks this site."),
    ("blocked-url", Retry.NEVER, "The archive blocks this URL."),
    ("invalid-url", Retry.NEVER, "The archive does not take this URL."),
    ("invalid-url-syntax", Retry.NEVER, "The archive does not take this URL."),
)

SAVE_FAULTS: dict[str, SaveFault] = {code: SaveFault(code, sentence, retry) for code, retry, sentence in _TABLE}


def save_fault(status_ext: object, message: object = None) -> SaveFault:
    """What ``status_ext`` says, with or without its ``error:`` prefix; an unknown code: do not retry now.

    Args:
        status_ext: the archive's code.
        message: the archive's own words, quoted for a code that is not known here.
    """
    code = _plain(status_ext).removeprefix("error:").strip().lower()
    known = SAVE_FAULTS.get(code)
    if known:
        return known
    words = _plain(message)
    said = f"The archive refused with “{code or 'no code'}”" + (f": {words}" if words else ".")
    return SaveFault(code, said, Retry.UNKNOWN)


def _plain(text: object) -> str:
    """Text from the archive as a message may carry it."""
    return one_line(text, 200) if isinstance(text, str) else ""
