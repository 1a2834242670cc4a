"""The second vantage of ``--second-opinion PROXY``: another way to the web, for those about to be called dead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from citekeeper.commands.workshop import Workshop
from citekeeper.model import Citation, Exchange, FetchRequest
from citekeeper.network import Network
from citekeeper.settings import Settings
from citekeeper.urls import host_of, shown, unicode_host

if TYPE_CHECKING:
    from citekeeper.pipeline.opinions import SecondVantage


def second_vantage(workshop: Workshop) -> SecondVantage | None:
    """What fetches through the named proxy, with the same limits; None where none is named."""
    proxy = workshop.settings.second_opinion
    if not proxy:
        return None
    network = Network(proxy, proxy, (), workshop.network.ca_bundle)
    there = replace(workshop, reach=lambda: network)

    def ask(requests: Iterable[FetchRequest]) -> Iterator[Exchange]:
        with there.engine() as engine:
            yield from engine.stream(requests)

    return ask


def told_in_doubt(settings: Settings, citation: Citation) -> list[str]:
    """What a second vantage and another resolver would hear of a citation, a line each; none where none is named."""
    from citekeeper.pipeline.doubts import may_be_told

    quiet = "told nothing: the citation is private" if not may_be_told(citation) else None
    lines = []
    if settings.second_opinion:
        lines.append(
            f"second vantage {shown(settings.second_opinion)}: {quiet or 'fetches it before it counts as dead'}"
        )
    if settings.doh:
        host = unicode_host(host_of(citation.url or ""))
        told = f"is asked for {host} if the name is unknown here, or its page holds next to nothing"
        lines.append(f"resolver {shown(settings.doh)}: {quiet or told}")
    return lines
