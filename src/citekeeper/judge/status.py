"""HTTP status codes → verdict, where the page itself adds nothing."""

from __future__ import annotations

from citekeeper.judge.facts import Facts
from citekeeper.judge.knowledge import Family
from citekeeper.judge.verdicts import ADVICE_AGAIN, ADVICE_BLOCK, ADVICE_DEAD, ADVICE_WALL, say
from citekeeper.model import Verdict, VerdictKind

# Refusals of this reader: the page is there (InternetArchiveBot counts 412, 428, 440 and 449 among paywalls).
_WALLED = {
    401: "asks for a user name and password",
    402: "asks for payment",
    403: "forbids this reader",
    405: "refuses this reader's way of asking",
    406: "refuses this reader's way of asking",
    407: "stands behind a proxy that asks for a login",
    412: "refuses this reader's way of asking",
    418: "refuses this reader",
    428: "asks for a condition first",
    430: "refuses this reader",
    440: "asks for a login",
    449: "asks for a login",
    498: "asks for a valid token",
    499: "asks for a token",
    999: "refuses robots",
}
_CLOUDFLARE = {
    520: "its origin server gave Cloudflare no sensible answer",
    521: "its origin server refuses Cloudflare's connections",
    522: "its origin server does not answer Cloudflare",
    523: "its origin server cannot be reached by Cloudflare",
    524: "its origin server answers Cloudflare too late",
    525: "Cloudflare cannot agree with its origin server on encryption",
    526: "its origin server shows Cloudflare an invalid certificate",
    530: "Cloudflare cannot find its origin server",
}


def accepted(facts: Facts) -> Verdict | None:
    """A person said that this status counts as alive here."""
    if facts.exchange.failure is None and facts.status and facts.status in facts.expectation.accept:
        return say(VerdictKind.ALIVE, "accepted-status", f"Answers {facts.status}, which a person accepted for it.")
    return None


def not_modified(facts: Facts) -> Verdict | None:
    """304 to a request that named no earlier copy; one that was asked for repeats the verdict before it comes here."""
    if facts.status == 304:
        message = f"{facts.shown_host} says only that nothing has changed (304), though it was told of no earlier copy."
        return say(VerdictKind.FAILING, "unasked-304", message, ADVICE_AGAIN)
    return None


def legally_withheld(facts: Facts) -> Verdict | None:
    """451 (RFC 7725)."""
    if facts.status == 451:
        return say(
            VerdictKind.BLOCKED, "http-451", f"{facts.shown_host} withholds it for legal reasons (451).", ADVICE_BLOCK
        )
    return None


def throttled(facts: Facts) -> Verdict | None:
    """429 to the end of the retries, or a 403 that says that nothing remains of the quota, as GitHub's API does."""
    if facts.status != 429 and not _has_spent_quota(facts):
        return None
    wait = facts.exchange.retry_after
    asks = f" and asks to wait {wait:.0f} s" if wait else ""
    return say(
        VerdictKind.THROTTLED,
        f"http-{facts.status}",
        f"{facts.shown_host} says that it is asked too often ({facts.status}){asks}.",
        "Lower --per-host for this host, or run again later.",
    )


_QUOTAS = ("x-ratelimit-remaining", "ratelimit-remaining", "x-rate-limit-remaining")


def _has_spent_quota(facts: Facts) -> bool:
    return facts.status == 403 and any(facts.lower_headers.get(name) == "0" for name in _QUOTAS)


def refused(facts: Facts) -> Verdict | None:
    """401, 402, 403, 407 and their kin: the page is there, but not for this reader."""
    what = _WALLED.get(facts.status)
    if what is None:
        return None
    return say(VerdictKind.WALLED, f"http-{facts.status}", f"{facts.shown_host} {what} ({facts.status}).", ADVICE_WALL)


def gone(facts: Facts) -> Verdict | None:
    """404 and 410."""
    if facts.status not in (404, 410):
        return None
    what = "has no such page" if facts.status == 404 else "says that the page is gone for good"
    after = (
        f" It was redirected there from {facts.cited.host}." if facts.cited and facts.cited.host != facts.host else ""
    )
    return say(
        VerdictKind.GONE, f"http-{facts.status}", f"{facts.shown_host} {what} ({facts.status}).{after}", ADVICE_DEAD
    )


def failing(facts: Facts) -> Verdict | None:
    """5xx, and every other status that is no answer to the question."""
    status = facts.status
    if 200 <= status < 300:
        return None
    if status == 511:
        return say(
            VerdictKind.UNREACHABLE,
            "captive-portal",
            "The network here asks to log in before it lets anything through (511).",
            "Log in to the network, then run again.",
        )
    if status in _CLOUDFLARE and "cloudflare" in facts.lower_headers.get("server", ""):
        return say(
            VerdictKind.FAILING,
            f"http-{status}",
            f"{facts.shown_host}: {_CLOUDFLARE[status]} ({status}).",
            ADVICE_AGAIN,
        )
    if 500 <= status < 600:
        tries = f", {facts.tries} times" if facts.tries > 1 else ""
        message = f"{facts.shown_host} answers with a server error ({status}){tries}."
        return say(VerdictKind.FAILING, f"http-{status}", message, ADVICE_AGAIN)
    if 300 <= status < 400:
        return say(
            VerdictKind.FAILING,
            "redirect-without-target",
            f"{facts.shown_host} redirects ({status}) without saying where to.",
            ADVICE_AGAIN,
        )
    if 400 <= status < 500:
        message = f"{facts.shown_host} does not accept the request ({status})."
        return say(VerdictKind.FAILING, f"http-{status}", message, "Open it in a browser to see whether it lives.")
    message = f"{facts.shown_host} answers with a status that HTTP does not know ({status})."
    return say(VerdictKind.FAILING, "unknown-status", message, ADVICE_AGAIN)


_LITTLE_BESIDES = 500  # characters of prose


def maintenance(facts: Facts) -> Verdict | None:
    """“We are working on the site” with status 200, as the title or heading of a page that says little besides."""
    if not facts.found(Family.MAINTENANCE) or not 200 <= facts.status < 300 or facts.is_titled_as_cited:
        return None
    if len(facts.page.prose) > _LITTLE_BESIDES or facts.page.is_article or facts.probe_is_absent:
        return None
    phrases = facts.found(Family.MAINTENANCE)
    heads = " ".join((facts.title, *facts.page.headings)).lower()
    if not any(phrase in heads for phrase in phrases) and len(facts.page.text) > _LITTLE_BESIDES // 2:
        return None
    return say(
        VerdictKind.FAILING,
        "maintenance",
        f"{facts.shown_host} answers {facts.status}, but with a notice that it is being worked on.",
        ADVICE_AGAIN,
    )


def empty(facts: Facts) -> Verdict | None:
    """200 that announces not one byte: a broken answer. 204 and 206 may be as short as they like."""
    last = facts.last
    if last is None or last.body or facts.status != 200 or last.method != "GET" or last.truncated:
        return None
    if facts.lower_headers.get("content-length") != "0":
        return None
    return say(
        VerdictKind.FAILING,
        "empty-page",
        f"{facts.shown_host} answers 200 with an empty page.",
        "Open it in a browser; if it is empty there too, pin an archived copy.",
    )
