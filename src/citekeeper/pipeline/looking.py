"""The look at a page when it comes: judged by itself, or beside what a name that cannot exist gets from its host."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from citekeeper import judge
from citekeeper.model import Exchange, Verdict
from citekeeper.pipeline.earlier import Earlier
from citekeeper.pipeline.siblings import Siblings
from citekeeper.pipeline.work import Work
from citekeeper.settings import Settings

if TYPE_CHECKING:
    from citekeeper.fetch import Engine


class Looking:
    """Judges what a source answers, and asks for its siblings where they could change the verdict.

    Args:
        engine: fetches siblings; their Exchanges come back with the key ``NUMBER probe URL``.
        settings: what people decided for hosts.
        earlier: what is known of sources from before.
        rng: makes the names that cannot exist.
        thorough: compare every page of which there is no earlier copy, without waiting for a sign.
        is_list: whether these are the links of a list, where one page under many addresses is such a sign.
    """

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        earlier: Earlier,
        rng: random.Random,
        *,
        thorough: bool,
        is_list: bool,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._earlier = earlier
        self._siblings = Siblings(rng)
        self._thorough = thorough
        self._is_list = is_list

    def look(self, number: int, work: Work, exchange: Exchange) -> Verdict | None:
        """The verdict on what came for a work; None where a sibling has to be waited for."""
        name = self._siblings.names[0]
        verdict, probe = judge.first_look(
            exchange,
            work.citation,
            name=name,
            thorough=self._thorough and not self._earlier.has_text(work),
            rule=self._settings.rule_for(exchange.url),
            baseline_title=self._earlier.lost_title(work),
        )
        if self._is_list and probe is None and verdict.reason == "ok":
            # The message of a page that is alive names the host, and nothing else.
            work.repeated = self._siblings.repeated(verdict.message, exchange.hops[-1].body)
            if work.repeated is not None:
                probe = judge.probe_url(exchange, work.citation, name=name, thorough=True)
        return verdict if probe is None else self._probe(number, work, probe)

    def take(self, number: int, address: str, exchange: Exchange) -> list[int]:
        """The works that waited for a sibling that came, to be compared with it."""
        return self._siblings.take(number, address, exchange)

    def compare(self, number: int, work: Work, answer: Exchange) -> Verdict | None:
        """The verdict on a page beside its sibling; None where a second one has to be waited for."""
        assert work.exchange is not None
        agreed = self._siblings.agreed(work.repeated) if not work.citation.title else None
        if agreed is not None:
            return agreed
        work.siblings = (*work.siblings, answer)
        if len(work.siblings) == 1:
            title = self._earlier.lost_title(work)
            name = self._siblings.names[1]
            second = judge.second_probe_url(work.exchange, work.citation, answer, name=name, baseline_title=title)
            if second is not None:
                return self._probe(number, work, second)
        verdict = self._earlier.judged(work)
        self._siblings.learn(work.repeated, verdict)
        return verdict

    def _probe(self, number: int, work: Work, address: str) -> Verdict | None:
        """Ask for a name that cannot exist, where it was not asked for in this run."""
        answer = self._siblings.answer(address)
        if answer is not None:
            return self.compare(number, work, answer)
        request = self._siblings.request(number, address)
        if request is not None:
            self._engine.add(request)
        return None
