"""How long a server asks to be left alone: Retry-After (RFC 9110 10.2.3) and the rate-limit headers in use."""

from __future__ import annotations

from datetime import UTC, datetime

from citekeeper.content import Headers
from citekeeper.patterns import late

_UNITS = late(r"(?i)(\d+(?:\.\d+)?)\s*(ms|h|m|s)")
_UNIT_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_NUMBER = late(r"\d+(?:\.\d+)?")
_EPOCH_FROM = 1_000_000_000.0  # a "reset" this large is a moment (Unix time), not a duration
_MILLISECONDS_FROM = 100 * _EPOCH_FROM  # and this large, one in milliseconds


def parse_wait(value: str, now: datetime) -> float | None:
    """Read the value of Retry-After: seconds, an HTTP-date, or the ``1m30s`` that some servers send.

    Returns:
        Seconds from ``now``, never negative; None where the value is none of these.
    """
    text = value.strip()
    if _NUMBER.fullmatch(text):
        return _since(float(text), now)
    if text and not _UNITS.sub("", text).strip():
        return sum(float(number) * _UNIT_SECONDS[unit.lower()] for number, unit in _UNITS.findall(text))
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def _since(number: float, now: datetime) -> float:
    if number < _EPOCH_FROM:
        return number
    moment = number / 1000 if number >= _MILLISECONDS_FROM else number
    return max(0.0, moment - now.timestamp())


def asked_wait(headers: Headers, now: datetime) -> float | None:
    """What a response's headers ask to wait, in seconds; None where they ask nothing.

    Read are Retry-After, and, where nothing remains of the quota, GitHub's X-RateLimit-Reset, GitLab's RateLimit-Reset
    and the IETF drafts' RateLimit-Reset and ``RateLimit: "name";r=0;t=30``.
    """
    retry_after = headers.get("retry-after")
    if retry_after and (wait := parse_wait(retry_after, now)) is not None:
        return wait
    for prefix in ("x-ratelimit-", "ratelimit-", "x-rate-limit-"):
        if _first_number(headers.get(prefix + "remaining")) == 0.0 and (reset := headers.get(prefix + "reset")):
            return parse_wait(reset, now)
    return _structured_wait(headers.get("ratelimit"))


def _structured_wait(value: str) -> float | None:
    waits = []
    for policy in value.split(","):
        parameters = dict(part.strip().partition("=")[::2] for part in policy.split(";"))
        remaining = _first_number(parameters.get("r") or parameters.get("remaining") or "")
        reset = _first_number(parameters.get("t") or parameters.get("reset") or "")
        if remaining == 0.0 and reset is not None:
            waits.append(reset)
    if waits:
        return max(waits)
    # draft-ietf-httpapi-ratelimit-headers-07: one list of limit=, remaining=, reset=
    merged = dict(part.strip().partition("=")[::2] for part in value.split(","))
    if _first_number(merged.get("remaining", "")) == 0.0:
        return _first_number(merged.get("reset", ""))
    return None


def _first_number(value: str) -> float | None:
    match = _NUMBER.match(value.strip())
    return float(match[0]) if match else None
