"""Fetching: one libcurl multi loop that asks every source politely, hop by hop, and records what came.

```
requests ─▶ Lanes (per host) ─▶ Resolver ─▶ guard ─▶ Transfer (libcurl) ─▶ Journey (redirects, retries) ─▶ Exchange
```
"""

from __future__ import annotations

from citekeeper.fetch.config import EngineConfig
from citekeeper.fetch.engine import Engine
from citekeeper.fetch.patience import asked_wait

__all__ = ["Engine", "EngineConfig", "asked_wait"]
