"""An engine by its name."""

from __future__ import annotations

from citekeeper.clock import Clock
from citekeeper.network import Network
from citekeeper.translation import ARGOS, DEEPL, GOOGLE, LIBRE, MYMEMORY, Access, Engine


def make_engine(name: str, network: Network, clock: Clock, access: Access, *, user_agent: str) -> Engine:
    """The engine called ``name``; its libraries are imported here, and no engine's that is not asked for.

    Raises:
        ValueError: there is no engine of this name.
    """
    if name == GOOGLE:
        from citekeeper.translation.engines import google_engine

        return google_engine(network, clock, user_agent=user_agent)
    if name == MYMEMORY:
        from citekeeper.translation.engines import mymemory_engine

        return mymemory_engine(network, clock, user_agent=user_agent)
    if name == LIBRE:
        from citekeeper.translation.engines import libre_engine

        return libre_engine(network, clock, url=access.libre_url or "", key=access.libre_key, user_agent=user_agent)
    if name == DEEPL:
        from citekeeper.translation.deepl import deepl_engine

        return deepl_engine(network, clock, key=access.deepl_key, user_agent=user_agent)
    if name == ARGOS:
        from citekeeper.translation.argos import ArgosEngine

        return ArgosEngine()
    raise ValueError(f"there is no translation engine {name}")
