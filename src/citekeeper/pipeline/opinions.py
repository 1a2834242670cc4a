"""Second opinions: what another vantage says of the works that this one is about to call dead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from citekeeper import judge
from citekeeper.history import strikes
from citekeeper.model import Event, Exchange, FetchRequest
from citekeeper.pipeline import doubts
from citekeeper.pipeline.work import CHECK_BODY, Work
from citekeeper.settings import Settings

SecondVantage = Callable[[Iterable[FetchRequest]], Iterator[Exchange]]
"""Fetches through another network: the ``stream`` of an Engine behind the proxy of ``--second-opinion``."""


class SecondOpinions:
    """The works in doubt, and the second vantage that is asked about them, together, when the others are done.

    Args:
        ask: the second vantage.
        settings: host rules, vantage, and whether a failure counts at once (``strict``).
    """

    def __init__(self, ask: SecondVantage, settings: Settings) -> None:
        self._ask = ask
        self._settings = settings
        self._doubtful: list[Work] = []

    def take(self, work: Work) -> bool:
        """Keep a work in doubt until the others are done; False where there is no doubt."""
        assert work.verdict is not None
        if not doubts.may_be_told(work.citation):
            return False
        is_error = self._settings.strict or self._is_last_strike(work)
        if not doubts.deserves_second_opinion(work.verdict, is_error=is_error):
            return False
        self._doubtful.append(work)
        return True

    def _is_last_strike(self, work: Work) -> bool:
        assert work.verdict is not None
        assert work.checked_at is not None
        vantage = self._settings.vantage
        this = Event("", work.checked_at, "check", vantage, {"verdict": str(work.verdict.kind)})
        return strikes([*work.known, this], vantage).qualifies

    def weighed(self) -> Iterator[Work]:
        """Every doubtful work, its verdict with the other vantage's word."""
        if not self._doubtful:
            return
        requests = [
            FetchRequest(work.citation.url or "", key=str(number), max_body=CHECK_BODY)
            for number, work in enumerate(self._doubtful)
        ]
        for exchange in self._ask(requests):
            work = self._doubtful[int(exchange.key)]
            assert work.verdict is not None
            rule = self._settings.rule_for(exchange.url)
            other = judge.judge(exchange, work.citation, rule=rule)
            work.verdict = doubts.weigh_opinion(work.verdict, other)
            work.also = {**work.also, "second_opinion": {"verdict": str(other.kind), "reason": other.reason}}
            yield work
