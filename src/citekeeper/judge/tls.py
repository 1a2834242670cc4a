"""Certificates and protocols that a careful reader's browser refuses: insecure, with which fault it is.

A page fetched without verification was given by nobody in particular, so what it says is told but decides nothing:
a 404 behind a broken certificate is no death, a login no wall. Only a censor's or a parking page speaks for itself,
because those are just what a broken certificate usually hides; their rules stand before this one.
"""

from __future__ import annotations

from citekeeper import urls
from citekeeper.judge.facts import Facts
from citekeeper.judge.verdicts import say, sentence
from citekeeper.model import TlsFaultKind, Verdict, VerdictKind
from citekeeper.printing import one_line

_SENTENCES = {
    TlsFaultKind.EXPIRED: "the certificate of {host} has expired",
    TlsFaultKind.NOT_YET_VALID: "the certificate of {host} is not valid yet",
    TlsFaultKind.WRONG_HOST: "the certificate that {host} shows was issued for another name",
    TlsFaultKind.SELF_SIGNED: "{host} vouches for itself with a self-signed certificate",
    TlsFaultKind.UNTRUSTED_ISSUER: "the certificate of {host} comes from an issuer that browsers do not trust",
    TlsFaultKind.OBSOLETE: "{host} speaks only obsolete versions of TLS",
    TlsFaultKind.OTHER: "the certificate of {host} does not verify",
}
_RUSSIAN_CA = ("russian trusted", "минцифры", "ministry of digital development")


def insecure(facts: Facts) -> Verdict | None:
    """Any certificate or protocol fault on the way."""
    fault = facts.exchange.tls_fault
    if fault is None:
        return None
    # The chain may have gone on from the host that is at fault.
    host = urls.shown(fault.host, 80) or facts.shown_host
    message = _SENTENCES[fault.kind].format(host=host)
    advice = "Open it in a browser and judge for yourself; keep a copy while it answers."
    issuer = (fault.issuer or "").strip()
    if issuer:
        issuer = one_line(issuer, 80)
        message += f" (issuer: {issuer})"
    if any(name in f"{issuer} {fault.message}".lower() for name in _RUSSIAN_CA):
        message += ", the Russian Trusted Root CA, which no browser store holds"
        advice = "Trust that root for this host alone: settings, hosts, ca_file."
    elif fault.kind is TlsFaultKind.UNTRUSTED_ISSUER:
        advice = "If you trust the issuer, name its certificate for this host: settings, hosts, ca_file."
    behind = f" Fetched without verification, it answers {facts.status}." if facts.status else ""
    return say(VerdictKind.INSECURE, fault.kind.value, f"{sentence(message, host)}.{behind}", advice)
