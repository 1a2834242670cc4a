"""The archive: sealed captures (WACZ, page, text, manifest), and what verifies them.

Light to import: WARC writing, HTML and CSS parsing are loaded when a capture is made.
"""

from __future__ import annotations

from citekeeper.archive import requisites
from citekeeper.archive.store import Archive
from citekeeper.archive.verify import Problem, state, verify

__all__ = ["Archive", "Problem", "requisites", "state", "verify"]
