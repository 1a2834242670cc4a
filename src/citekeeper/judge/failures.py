"""FailureKind → verdict: what it means that no usable answer came."""

from __future__ import annotations

from citekeeper import urls
from citekeeper.judge import knowledge
from citekeeper.judge.facts import Facts, parent_domains, under
from citekeeper.judge.verdicts import ADVICE_AGAIN, ADVICE_BLOCK, ADVICE_DEAD, ADVICE_LATER, ADVICE_WALL, say, sentence
from citekeeper.model import Failure, FailureKind, Severity, Verdict, VerdictKind

_LAW = {"eu": "the European Union", "ru": "the Russian Federation", "ua": "Ukraine"}

_UNREACHABLE = {
    FailureKind.DNS_FAILURE: "the resolver could not say where {host} is",
    FailureKind.NO_ROUTE: "there is no route to {host}",
    FailureKind.CONNECT_REFUSED: "{host} refused the connection",
    FailureKind.CONNECT_TIMEOUT: "{host} did not accept a connection in time",
    FailureKind.TIMEOUT: "{host} gave no complete answer in time",
    FailureKind.RESET: "the connection to {host} was reset",
    FailureKind.PROXY_UNREACHABLE: "the proxy on the way to {host} could not be reached",
    FailureKind.PROXY_REFUSED: "the proxy refused to connect to {host}",
}
_FAILING = {
    FailureKind.EMPTY_REPLY: "{host} closed the connection without an answer",
    FailureKind.TRUNCATED: "{host} broke off in the middle of its answer",
    FailureKind.MALFORMED: "{host} answered with something that is not HTTP",
    FailureKind.TLS_HANDSHAKE: "{host} could not agree on an encrypted connection",
    FailureKind.TOO_MANY_REDIRECTS: "{host} redirects on and on",
    FailureKind.REDIRECT_LOOP: "{host} redirects in a circle",
    FailureKind.BAD_REDIRECT: "{host} redirects to an address that is no web page",
    FailureKind.HEADERS_TOO_LARGE: "{host} answered with more headers than any server needs",
}
_ENDLESS = frozenset({FailureKind.REDIRECT_LOOP, FailureKind.TOO_MANY_REDIRECTS, FailureKind.BAD_REDIRECT})
_WITH_COOKIES = "Open it in a browser with cookies; if it opens there, cite the address where it ends."
_FAILING_ADVICE = {
    FailureKind.TLS_HANDSHAKE: "Open it in a browser; if that fails too, pin an archived copy.",
    FailureKind.REDIRECT_LOOP: _WITH_COOKIES,
    FailureKind.TOO_MANY_REDIRECTS: _WITH_COOKIES,
    FailureKind.BAD_REDIRECT: "Open it in a browser, and cite the web address of what was meant.",
}


def blocked_by_law(host: str) -> str | None:
    """Whose law has resolvers block this host ("the European Union", …); None where it is on no list."""
    listed = knowledge.blocked_domains()
    where = next((listed[domain] for domain in parent_domains(host) if domain in listed), None)
    return _LAW[where] if where else None


def failed_host(facts: Facts) -> str:
    """The host that failed: the target of the last redirect where one was followed, else the cited host."""
    target = facts.pending_target or facts.exchange.final_url
    return urls.host_of(target) or urls.host_of(facts.exchange.url)


def client_refusal(facts: Facts) -> Verdict | None:
    """Bad URLs, private addresses, and refusals of the client itself say nothing about the source."""
    failure = facts.exchange.failure
    if failure is None:
        return None
    shown = urls.shown(facts.pending_target or facts.exchange.url)
    match failure.kind:
        case FailureKind.BAD_URL:
            return _misspelt(facts, f"“{shown}” is not an address that can be fetched: {failure.message.rstrip('.')}.")
        case FailureKind.PRIVATE_ADDRESS:
            return _private_address(facts, shown)
        case FailureKind.INTERNAL:
            return say(
                VerdictKind.UNCHECKED,
                "client-error",
                f"{shown} could not be asked: {failure.message.rstrip('.')}. This says nothing about the source.",
                "Run again; if it persists, report it with the message above.",
                severity=Severity.WARNING,
            )
    return None


def _misspelt(facts: Facts, message: str) -> Verdict:
    """An address that nobody can fetch: the document's, or the one to which the source redirects."""
    if facts.exchange.hops:
        advice = _FAILING_ADVICE[FailureKind.BAD_REDIRECT]
        return say(VerdictKind.FAILING, "bad-redirect", f"It redirects on, but {message}", advice)
    advice = "Correct the address in the document and in citations.yaml."
    return say(VerdictKind.UNCHECKED, "bad-url", message, advice, severity=Severity.WARNING)


def _private_address(facts: Facts, shown: str) -> Verdict:
    host = failed_host(facts)
    law = blocked_by_law(host)
    if law:
        return _dns_block(host, law, "leads to a private address here")
    return say(
        VerdictKind.UNCHECKED,
        "private-address",
        f"{shown} leads to an address of a private network, which only readers inside it can open.",
        "Cite a public address, or allow private ones with --allow-private.",
        severity=Severity.WARNING,
    )


def _dns_block(host: str, law: str, what: str) -> Verdict:
    return say(
        VerdictKind.BLOCKED,
        "dns-block",
        f"The name {urls.unicode_host(host)} {what}; resolvers block it under the law of {law}, "
        "so this does not mean that the site is gone.",
        ADVICE_BLOCK,
    )


def failure(facts: Facts) -> Verdict | None:
    """No usable answer: gone (NXDOMAIN), blocked (by law), failing or unreachable."""
    fault = facts.exchange.failure
    if fault is None:
        if facts.exchange.hops:
            return None
        return say(VerdictKind.UNREACHABLE, "no-answer", "Nothing answered, and nothing says why.", ADVICE_AGAIN)
    host = failed_host(facts)
    name = urls.shown(urls.unicode_host(host), 80) or "the server"
    if fault.kind is FailureKind.DNS_NXDOMAIN:
        return _nxdomain(facts, host, name)
    tries = f" Tried {facts.tries} times." if facts.tries > 1 and fault.kind not in _ENDLESS else ""
    if fault.kind in _FAILING:
        message = _FAILING[fault.kind].format(host=name)
        advice = _FAILING_ADVICE.get(fault.kind, ADVICE_AGAIN)
        said = f"{sentence(message, name)}{_detail(fault, message)}.{tries}"
        return say(VerdictKind.FAILING, fault.kind.value, said, advice)
    if fault.kind is FailureKind.CLIENT_CERTIFICATE:
        said = f"{name} asks its readers for a certificate of their own."
        return say(VerdictKind.WALLED, fault.kind.value, said, ADVICE_WALL)
    if fault.kind is FailureKind.NOT_ASKED:
        said = f"{name} was not asked, as it turned other addresses away for being asked too often."
        return say(VerdictKind.THROTTLED, fault.kind.value, said, ADVICE_LATER)
    message = _UNREACHABLE.get(fault.kind, "{host} could not be reached").format(host=name)
    law = blocked_by_law(host)
    hint = f" Note that networks block this site under the law of {law}." if law else ""
    advice = ADVICE_BLOCK if law else _proxy_advice(fault.kind)
    said = f"{sentence(message, name)}{_detail(fault, message)}.{tries}{hint}"
    return say(VerdictKind.UNREACHABLE, fault.kind.value, said, advice)


def _detail(fault: Failure, message: str) -> str:
    """What the fetcher says of a failure, where that is more than the sentence for its kind."""
    told = fault.message.rstrip(".")
    return f" ({told})" if told and told.lower() != message.lower() else ""


def _proxy_advice(kind: FailureKind) -> str:
    if kind in (FailureKind.PROXY_REFUSED, FailureKind.PROXY_UNREACHABLE):
        return "Check the proxy settings (HTTPS_PROXY, NO_PROXY), or ask from another network."
    return ADVICE_AGAIN


_LOCAL_DOMAINS = ("localhost", "local", "internal", "home.arpa", "lan")
_LONGEST_NAME, _LONGEST_LABEL = 253, 63  # RFC 1035 section 2.3.4
_OVERLAYS = {"onion": "Tor", "i2p": "I2P"}


def _beyond_public_dns(facts: Facts, host: str) -> Verdict | None:
    """A name that public resolvers cannot know (RFC 6761, 6762, 7686, 8375): that they do not says nothing of it.

    Nor does it of one that cannot exist: it is misspelt.
    """
    bare = host.rstrip(".")
    overlay = _OVERLAYS.get(bare.rpartition(".")[2])
    shown = urls.shown(facts.pending_target or facts.exchange.url)
    if overlay is not None and "." in bare:
        return say(
            VerdictKind.UNCHECKED,
            "overlay-network",
            f"{shown} is an address that only readers inside {overlay} can open.",
            f"Ask through a {overlay} proxy (ALL_PROXY), or cite a copy on the public web.",
            severity=Severity.WARNING,
        )
    if len(bare) > _LONGEST_NAME or not all(0 < len(label) <= _LONGEST_LABEL for label in bare.split(".")):
        return _misspelt(facts, f"{shown} bears a name that no host can have.")
    if "." not in bare or any(under(bare, domain) for domain in _LOCAL_DOMAINS):
        return say(
            VerdictKind.UNCHECKED,
            "private-address",
            f"{shown} bears a name that only a private network gives out, and the network here does not know it.",
            "Cite a public address.",
            severity=Severity.WARNING,
        )
    return None


def _nxdomain(facts: Facts, host: str, name: str) -> Verdict:
    private = _beyond_public_dns(facts, host)
    if private is not None:
        return private
    law = blocked_by_law(host)
    if law:
        return _dns_block(host, law, "does not exist for the resolver asked")
    if facts.exchange.hops:
        return say(
            VerdictKind.GONE,
            "redirect-to-nxdomain",
            f"It redirects to {name}, a domain that no longer exists.",
            ADVICE_DEAD,
        )
    return say(VerdictKind.GONE, "dns-nxdomain", f"The domain {name} no longer exists (NXDOMAIN).", ADVICE_DEAD)
