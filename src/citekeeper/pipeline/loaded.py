"""Importing this loads all that reading and sealing a page need (a second of work): for processes that do many."""

import gc
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded: processes that fork must have no threads

import citekeeper.archive.page
import citekeeper.archive.rendered
import citekeeper.archive.store
import citekeeper.archive.wacz  # noqa: F401
from citekeeper.model import Hop
from citekeeper.reading import read

_PAGE = "<title>The bridge</title><p>" + "The mayor told reporters on Monday that the bridge would stay closed. " * 5
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"

read(Hop("https://example.org/", 200, _HEAD, _PAGE.encode()))
gc.collect()
gc.freeze()  # what is loaded is shared by the processes that fork, as long as nobody writes to it
