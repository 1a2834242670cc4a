"""What is found wrong within a package, and what the checks of it have in common."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from citekeeper.archive.texts import unique

WARC_PATH = "archive/data.warc.gz"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with which member ("" for the package as a whole)."""

    member: str
    what: str
    message: str


def strict_json(text: str) -> Any:
    """JSON whose objects give each name once: of two values, readers do not agree which counts.

    Raises:
        ValueError: it is none.
    """
    return json.loads(text, object_pairs_hook=unique)


def plain_url(claimed: object) -> str:
    """An address as records name it."""
    from citekeeper.urls import BadUrlError, parse

    try:
        return parse(str(claimed)).without_fragment
    except BadUrlError:
        return str(claimed)


def objects(value: object) -> list[dict[str, Any]]:
    """The objects in what should be a list of them."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
