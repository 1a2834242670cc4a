"""Where a redirect leads (Fetch Standard: 301, 302, 303, 307, 308), with the Location's bytes kept."""

from __future__ import annotations

from citekeeper.content import Headers
from citekeeper.urls import BadUrlError, Url, follow, parse, shown

REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})


def redirect_target(base: str, headers: Headers) -> Url | None:
    """The URL that a redirect response sends to; None where it names none, so that the response itself is the answer.

    Raises:
        BadUrlError: the Location leads to something that is not the web (file:, javascript: …) or is no URL.
    """
    location = headers.get("location").strip()
    if not location:
        return None
    target = follow(base, location)
    try:
        return parse(target)
    except BadUrlError as error:
        raise BadUrlError(f"The redirect leads to “{shown(target, 120)}”, which is not a web address.") from error
