"""citekeeper keeps a document's evidence verifiable: it checks, seals, translates and reports what a text cites."""

__version__ = "0.1.0"
