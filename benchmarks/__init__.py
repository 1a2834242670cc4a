"""How fast and how lean citekeeper is, measured beside other checkers on servers of loopback alone.

Run ``python -m benchmarks`` (``--help`` says how); every server and every tool that it starts is stopped by it.
"""
