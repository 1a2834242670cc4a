"""The way of the data: observe (fetch, judge, read, capture) → preserve (mementos) → translate → assemble (report).

Each stage takes Works and adds to them; none knows a screen, and each asks Consent before a service hears of a source.
"""
