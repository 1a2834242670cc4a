"""Showing a captured page to an installed Chromium, Chrome or Edge: its text after scripts ran, and a picture of it.

The browser has no network of its own: its proxy is a closed port, and every request that it makes is held and answered
from what citekeeper's own fetcher brought, with the bytes, guards and limits of any other capture, or it is refused and
listed. Playwright, the extra ``browser``, drives it, in a thread of its own.

```
Observer ─page─▶ Browser (thread) ─▶ Visit (one page, one context) ─request─▶ fetcher ─Exchange─▶ Visit ─▶ Rendering
```
"""

from __future__ import annotations

from citekeeper.archive.browser.browser import Browser
from citekeeper.archive.browser.finding import find_browser

__all__ = ["Browser", "find_browser"]
