"""``citekeeper schema NAME``: the JSON Schema of one of the files."""

from __future__ import annotations

import json
import sys


def run(name: str) -> int:
    """Print the schema of ``name`` to stdout."""
    from citekeeper.schema.published import json_schema

    sys.stdout.write(json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n")
    return 0
