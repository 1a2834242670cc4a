"""``python tests/drift`` prints precision and recall."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from drift.bench import main

    raise SystemExit(main())
