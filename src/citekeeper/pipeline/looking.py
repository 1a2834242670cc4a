"""The look at a page when it comes: by itself, beside what a name that cannot exist gets, and by who serves it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from citekeeper import judge
from citekeeper.model import Exchange, Verdict, VerdictKind
from citekeeper.pipeline.delegations import Delegations, domain_of
from citekeeper.pipeline.earlier import Earlier
from citekeeper.pipeline.siblings import Siblings
from citekeeper.pipeline.work import Work
from citekeeper.settings import Settings

if TYPE_CHECKING:
    from citekeeper.fetch import Engine


class Looking:
    """Judges what a source answers, and asks for its siblings and nameservers where they could change the verdict.

    Args:
        engine: fetches siblings; their Exchanges come back with the key ``NUMBER probe URL``.
        settings: what people decided for hosts.
        earlier: what is known of sources from before.
        rng: makes the names that cannot exist.
        delegations: who serves the domains of pages in doubt.
        thorough: compare every page of which there is no earlier copy, without waiting for a sign.
        is_list: whether these are the links of a list, where one page under many addresses is such a sign.
    """

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        earlier: Earlier,
        rng: random.Random,
        delegations: Delegations,
        *,
        thorough: bool,
        is_list: bool,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._earlier = earlier
        self._siblings = Siblings(rng)
        self._delegations = delegations
        self._unserved: dict[int, Verdict] = {}  # of works that wait to hear who serves their name
        self.is_thorough = thorough
        self._is_list = is_list

    def is_repeated(self, message: str, exchange: Exchange) -> bool:
        """Whether a page that is alive is the last one of its host again, so that more than a glance is needed."""
        return self._is_list and self._siblings.repeated(message, exchange.hops[-1].body) is not None

    def look(self, number: int, work: Work, exchange: Exchange) -> Verdict | None:
        """The verdict on what came for a work; None where a sibling or its nameservers have to be waited for."""
        name = self._siblings.names[0]
        verdict, probe, work.is_hollow = judge.first_look(
            exchange,
            work.citation,
            name=name,
            thorough=self.is_thorough and not self._earlier.has_text(work),
            rule=self._settings.rule_for(exchange.url),
            baseline_title=self._earlier.lost_title(work),
            was_glanced_at=work.was_glanced_at,
        )
        if self._is_list and probe is None and verdict.reason == "ok":
            # The message of a page that is alive names the host, and nothing else.
            work.repeated = self._siblings.repeated(verdict.message, exchange.hops[-1].body)
            if work.repeated is not None:
                probe = judge.probe_url(exchange, work.citation, name=name, thorough=True)
        return self._served(number, work, verdict) if probe is None else self._probe(number, work, probe)

    def take(self, number: int, address: str, exchange: Exchange) -> list[int]:
        """The works that waited for a sibling that came, to be compared with it."""
        return self._siblings.take(number, address, exchange)

    def compare(self, number: int, work: Work, answer: Exchange) -> Verdict | None:
        """The verdict on a page beside its sibling; None where something more has to be waited for."""
        assert work.exchange is not None
        work.siblings = (*work.siblings, answer)
        agreed = self._siblings.agreed(work.repeated) if not work.citation.title else None
        if agreed is not None:
            return self._served(number, work, agreed)
        if len(work.siblings) == 1:
            title = self._earlier.lost_title(work)
            name = self._siblings.names[1]
            second = judge.second_probe_url(work.exchange, work.citation, answer, name=name, baseline_title=title)
            if second is not None:
                return self._probe(number, work, second)
        verdict = self._earlier.judged(work)
        self._siblings.learn(work.repeated, verdict)
        return self._served(number, work, verdict)

    def take_names(self, number: int, domain: str, answer: Exchange) -> list[int]:
        """The works that waited to hear who serves a domain."""
        return self._delegations.take(number, domain, answer)

    def served(self, number: int, work: Work, domain: str) -> Verdict:
        """The verdict on a page whose domain was asked about."""
        return self._by_nameservers(work, self._unserved.pop(number), self._delegations.answer(domain) or ())

    def _served(self, number: int, work: Work, verdict: Verdict) -> Verdict | None:
        """The verdict, weighed with who serves the page's name where that could change it; None where it is asked."""
        if not work.is_hollow or not self._is_in_doubt(work, verdict):
            return verdict
        assert work.exchange is not None
        domain = domain_of(work.exchange)
        if domain is None:
            return verdict
        names = self._delegations.answer(domain)
        if names is not None:
            return self._by_nameservers(work, verdict, names)
        if not self._delegations.ask(number, work.citation, domain):
            return verdict
        self._unserved[number] = verdict
        return None

    def _is_in_doubt(self, work: Work, verdict: Verdict) -> bool:
        """Whether neither siblings nor an earlier copy have made the source out, hollow as its page is."""
        assert work.exchange is not None
        title = self._earlier.lost_title(work)
        if title is None and self._earlier.has_text(work):
            return False
        probe, second = (*work.siblings, None, None)[:2]
        return judge.nameservers_could_tell(
            work.exchange, work.citation, verdict, probe=probe, second_probe=second, baseline_title=title
        )

    def _by_nameservers(self, work: Work, verdict: Verdict, names: tuple[str, ...]) -> Verdict:
        if not names:
            return verdict
        work.nameservers = names
        judged = self._earlier.judged(work)
        return judged if judged.kind is VerdictKind.USURPED else verdict

    def _probe(self, number: int, work: Work, address: str) -> Verdict | None:
        """Ask for a name that cannot exist, where it was not asked for in this run."""
        answer = self._siblings.answer(address)
        if answer is not None:
            return self.compare(number, work, answer)
        request = self._siblings.request(number, address)
        if request is not None:
            self._engine.add(request)
        return None
