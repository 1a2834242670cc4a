"""The second vantage of ``--second-opinion PROXY``: another way to the web, for those about to be called dead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from citekeeper.commands.workshop import Workshop
from citekeeper.model import Exchange, FetchRequest
from citekeeper.network import Network

if TYPE_CHECKING:
    from citekeeper.pipeline.observe import SecondVantage


def second_vantage(workshop: Workshop) -> SecondVantage | None:
    """What fetches through the named proxy, with the same limits; None where none is named."""
    proxy = workshop.settings.second_opinion
    if not proxy:
        return None
    there = replace(workshop, network=Network(proxy, proxy, (), workshop.network.ca_bundle))

    def ask(requests: Iterable[FetchRequest]) -> Iterator[Exchange]:
        with there.engine() as engine:
            yield from engine.stream(requests)

    return ask
