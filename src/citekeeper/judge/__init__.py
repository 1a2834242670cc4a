"""The judge: one Exchange in, one Verdict out. Pure: no network, no clock, no disk but its own data files.

:data:`TABLE` is the whole of the law: an ordered list of pure rules, the first that speaks decides. Judging is cheap:
bytes first, one pass of patterns, and a parse only where those leave a suspicion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from citekeeper.judge import (
    answers,
    blocks,
    drift,
    failures,
    glance,
    hosts,
    parking,
    platforms,
    redirects,
    refusals,
    soft404,
    states,
    status,
    substitutes,
    tls,
    walls,
)
from citekeeper.judge import (
    nameservers as delegation,
)
from citekeeper.judge.facts import Facts, HostRuleLike, Occasion, expectation_of
from citekeeper.judge.failures import blocked_by_law
from citekeeper.judge.fragments import missing_fragment
from citekeeper.judge.hosts import SENDS_ON
from citekeeper.judge.probing import Likeness, impossible_name, likeness, sibling
from citekeeper.judge.verdicts import say
from citekeeper.model import (
    Citation,
    Comparison,
    Exchange,
    FailureKind,
    Reading,
    Verdict,
    VerdictKind,
)

__all__ = [
    "SENDS_ON",
    "TABLE",
    "Facts",
    "HostRuleLike",
    "Look",
    "Occasion",
    "blocked_by_law",
    "first_look",
    "glance_message",
    "impossible_name",
    "is_recognised",
    "judge",
    "load",
    "missing_fragment",
    "nameservers_could_tell",
    "network_is_down",
    "probe_url",
    "second_probe_url",
]

Rule = Callable[[Facts], Verdict | None]

TABLE: tuple[tuple[Rule, Occasion], ...] = (
    # 1. What says nothing about the source comes before everything that could.
    (failures.client_refusal, Occasion.FAILED),
    # 2. A person's word outranks every rule.
    (status.accepted, Occasion.ACCEPTING),
    # 3. Who really answered? A censor on the way answers in the source's place, often with a broken certificate, a
    #    reset or an endless redirect behind it, so it is recognised first.
    (blocks.redirected_to_censor, Occasion.REDIRECTED),
    (status.legally_withheld, Occasion.NOT_200),
    (blocks.censor_page, Occasion.MARKED),
    # 4. A parking page speaks for itself even behind a broken certificate, which is where most of them live.
    (parking.sold, Occasion.REDIRECTED),
    (parking.parked, Occasion.MARKED),
    # 5. From here on an unverified answer decides nothing.
    (tls.insecure, Occasion.UNVERIFIED),
    # 6. Walls come before failures and statuses: they answer 403, 429, 503 and 200 alike, and a login or consent page
    #    may redirect in circles for want of cookies.
    (walls.vendor, Occasion.ANY),
    (walls.consent, Occasion.ANY),
    (walls.login, Occasion.ANY),
    (refusals.cookie_check, Occasion.ANY),
    # 7. No usable answer.
    (failures.failure, Occasion.FAILED),
    # 8. Statuses that speak for themselves. 404 and 410 stand below the walls, because some vendors lie with them.
    (status.not_modified, Occasion.NOT_200),
    (blocks.geo_block, Occasion.MARKED),
    (status.gone, Occasion.NOT_200),
    (status.throttled, Occasion.NOT_200),
    (status.refused, Occasion.NOT_200),
    (status.failing, Occasion.NOT_200),
    # 9. Successes from here on. Sites with manners of their own first.
    (hosts.known_site, Occasion.ANY),
    (status.empty, Occasion.BODILESS),
    # 10. Success in name only: first by address (certain), then by content (with support).
    (redirects.to_not_found, Occasion.REDIRECTED),
    (redirects.to_front, Occasion.REDIRECTED),
    (redirects.to_section, Occasion.REDIRECTED),
    (redirects.to_search, Occasion.REDIRECTED),
    (parking.left_to_server, Occasion.ANY),
    (status.maintenance, Occasion.MARKED),
    (platforms.program_error, Occasion.ANY),
    (states.absent_by_state, Occasion.MARKED),
    (platforms.absent_by_element, Occasion.MARKED),
    (platforms.absent_by_name, Occasion.MARKED),
    (platforms.message_in_place, Occasion.MARKED),
    (delegation.parked, Occasion.SERVED),
    (refusals.refusal, Occasion.ANY),
    (soft404.not_found, Occasion.ANY),
    (answers.in_json, Occasion.ANY),
    (answers.in_xml, Occasion.ANY),
    (soft404.doubtful, Occasion.ANY),
    (substitutes.shell_of_absence, Occasion.MARKED),
    (parking.taken_over, Occasion.ANY),
    (soft404.replaced, Occasion.PROBED),
    (drift.other_text, Occasion.READ),
    (drift.other_content, Occasion.READ),
    (drift.unlike_citation, Occasion.KNOWN),
    (substitutes.not_the_file, Occasion.KNOWN),
    (substitutes.without_quotes, Occasion.KNOWN),
    (substitutes.gutted, Occasion.ANY),
    (substitutes.removal_notice, Occasion.ANY),
    (substitutes.error_template, Occasion.ANY),
    # 11. Really there, but only for others.
    (walls.paywall, Occasion.MARKED),
    # 12. Alive, with what a person should know of it. What only sends the reader on comes first.
    (hosts.sent_on_by_script, Occasion.MARKED),
    (hosts.meta_refresh, Occasion.MARKED),
    (redirects.moved, Occasion.REDIRECTED),
    (hosts.javascript_required, Occasion.MARKED),
    (soft404.suspicion, Occasion.ANY),
)
"""The rules in their order, each with the one occasion on which it can have something to say (it looks for itself).

The first that returns a verdict decides, and silence of all of them means alive.
"""


@cache
def _rules_for(occasions: int) -> tuple[Rule, ...]:
    """The rules that can speak; an ordinary page leaves few."""
    return tuple(speaks for speaks, needed in TABLE if needed & occasions == needed)


def judge(
    exchange: Exchange,
    citation: Citation | None = None,
    *,
    reading: Reading | None = None,
    probe: Exchange | None = None,
    second_probe: Exchange | None = None,
    rule: HostRuleLike | None = None,
    baseline: Reading | None = None,
    baseline_title: str | None = None,
    comparison: Comparison | None = None,
    nameservers: tuple[str, ...] = (),
) -> Verdict:
    """Judge one exchange.

    Args:
        exchange: what was fetched.
        citation: what was cited; its title, language and quotes help to tell the source from an impostor.
        reading: the text of the page, where one has been made.
        probe: the exchange for :func:`probe_url`, where that was asked for.
        second_probe: the one for :func:`second_probe_url`, likewise.
        rule: what people decided for the source's host (``settings.hosts``): accepted statuses, or not to check it.
        baseline: the reading of the last good capture.
        baseline_title: its title, where only that is known.
        comparison: of the reading with the baseline, where both are there (:func:`citekeeper.evidence.compare`).
        nameservers: who serves the registrable domain of the final host, where that was asked for
            (:func:`nameservers_could_tell`).

    Returns:
        The verdict of this one observation; history is weighed by :mod:`citekeeper.rules`.
    """
    expectation = expectation_of(citation, rule)
    if expectation.ignore:
        return _ignored()
    facts = Facts(
        exchange,
        citation,
        reading,
        probe,
        second_probe,
        baseline=baseline,
        baseline_title=baseline_title,
        expectation=expectation,
        comparison=comparison,
        nameservers=nameservers,
    )
    return _decide(facts)


class Look(NamedTuple):
    """What one look at a page comes to.

    Attributes:
        verdict: by the page alone.
        probe: the address to fetch and pass to :func:`judge` as ``probe``; None for none.
        is_hollow: whether the page holds so little that who serves its name may change the verdict; where a probe is
            asked for, :func:`nameservers_could_tell` knows once that has come.
    """

    verdict: Verdict
    probe: str | None = None
    is_hollow: bool = False


def glance_message(exchange: Exchange, citation: Citation | None = None) -> str | None:
    """The message of the verdict ``alive``/``ok``, where one glance says that no rule and no probe could say otherwise.

    Returns:
        None where the page has to be looked at. It may be alive all the same.
    """
    host = glance.ordinary_host(exchange, citation)
    return None if host is None else f"{host} answers with the page."


def first_look(
    exchange: Exchange,
    citation: Citation | None = None,
    *,
    name: str,
    thorough: bool = False,
    rule: HostRuleLike | None = None,
    baseline_title: str | None = None,
    was_glanced_at: bool = False,
) -> Look:
    """Judge one exchange, and say whether a probe could change the verdict: what a check does with every page.

    Same as :func:`judge` and :func:`probe_url`, but the page is looked at only once for all. ``was_glanced_at`` says
    that :func:`glance_message` had nothing to say of it.
    """
    if rule is None and baseline_title is None and not (thorough or was_glanced_at):
        message = glance_message(exchange, citation)
        if message is not None:
            return Look(Verdict(VerdictKind.ALIVE, "ok", message))
    expectation = expectation_of(citation, rule)
    if expectation.ignore:
        return Look(_ignored())
    facts = Facts(exchange, citation, baseline_title=baseline_title, expectation=expectation)
    verdict = _decide(facts)
    return Look(verdict, _sibling_of(facts, name, thorough=thorough), delegation.may_be_asked(facts, verdict))


def nameservers_could_tell(
    exchange: Exchange,
    citation: Citation | None,
    verdict: Verdict,
    *,
    probe: Exchange | None = None,
    second_probe: Exchange | None = None,
    baseline_title: str | None = None,
) -> bool:
    """Whether who serves the page's domain could change a verdict on it: only then is anybody asked."""
    return delegation.could_tell(Facts(exchange, citation, None, probe, second_probe, None, baseline_title), verdict)


def is_recognised(exchange: Exchange, citation: Citation | None = None, baseline_title: str | None = None) -> bool:
    """Whether a page bears most words of a title under which the source is known; True for what is no page."""
    facts = Facts(exchange, citation, baseline_title=baseline_title)
    return not facts.is_html or facts.is_titled_as_cited


def load() -> None:
    """Read the data files and compile their patterns now, rather than when the first answer waits for its verdict."""
    glance.load()


def _decide(facts: Facts) -> Verdict:
    for speaks in _rules_for(facts.occasions):
        verdict = speaks(facts)
        if verdict is not None:
            return verdict
    partial = f" ({facts.status})" if facts.status != 200 else ""
    return say(VerdictKind.ALIVE, "ok", f"{facts.shown_host} answers with the page{partial}.")


def probe_url(
    exchange: Exchange,
    citation: Citation | None = None,
    *,
    name: str,
    thorough: bool = False,
    baseline_title: str | None = None,
) -> str | None:
    """The address of a sibling that cannot exist, where comparing it with the page could change the verdict.

    After Bar-Yossef et al., "Sic transit gloria telae" (2004). The caller fetches it and passes it as ``probe``.

    Args:
        exchange: the page.
        citation: what was cited.
        name: one that no page has (:func:`impossible_name`).
        thorough: ask beside any page that is not known by its title, without waiting for a sign.
        baseline_title: the title of the last good capture, where only that is known.

    Returns:
        The address, or None where there is no suspicion, or the verdict is certain without it.
    """
    return _sibling_of(Facts(exchange, citation, baseline_title=baseline_title), name, thorough=thorough)


def second_probe_url(
    exchange: Exchange, citation: Citation | None, probe: Exchange, *, name: str, baseline_title: str | None = None
) -> str | None:
    """The address of another sibling, where a first one's answer is neither the same page nor plainly another."""
    facts = Facts(exchange, citation, probe=probe, baseline_title=baseline_title)
    if facts.cited is None or likeness(facts) is not Likeness.UNSURE:
        return None
    return sibling(facts.cited, name)


def _sibling_of(facts: Facts, name: str, *, thorough: bool) -> str | None:
    if facts.cited is None or not soft404.probe_wanted(facts, thorough=thorough):
        return None
    return sibling(facts.cited, name)


def _ignored() -> Verdict:
    return say(VerdictKind.UNCHECKED, "ignored", "A person decided that this source is not checked.")


_NETWORK_AWAY = frozenset({FailureKind.DNS_FAILURE, FailureKind.NO_ROUTE, FailureKind.PROXY_UNREACHABLE})
_NEVER_ASKED = frozenset({FailureKind.BAD_URL, FailureKind.INTERNAL, FailureKind.PRIVATE_ADDRESS})


def network_is_down(exchanges: Iterable[Exchange]) -> bool:
    """Whether the network as a whole is away (CONTRACT section 3), so that nothing may be said about any source.

    That is so when no source gave one byte, and every failure is the resolver's, a missing route or an unreachable
    proxy. An NXDOMAIN is a resolver's statement: the fetcher believes one only after another name was found. Addresses
    that were never asked (bad or private ones) count neither way, so pass all exchanges of a run at once.
    """
    asked = False
    for exchange in exchanges:
        if exchange.hops or exchange.failure is None:
            return False
        if exchange.failure.kind in _NEVER_ASKED:
            continue
        if exchange.failure.kind not in _NETWORK_AWAY:
            return False
        asked = True
    return asked
