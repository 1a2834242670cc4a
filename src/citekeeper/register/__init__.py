"""citations.yaml: read with places, merged with what documents say, written without touching a line it need not.

`load` reads, `merge` brings in what importers found, `update` changes fields of one citation, `update_all` those of
several. All but `load` are pure: bytes in, bytes out; whoever calls them writes the result with `files.write_atomic`.
"""

from citekeeper.register.load import REGISTER_LIMIT, Register, load, read_register
from citekeeper.register.merge import MergeResult, merge, update, update_all

__all__ = ["REGISTER_LIMIT", "MergeResult", "Register", "load", "merge", "read_register", "update", "update_all"]
