"""Pages that only send the reader on: what stands where they lead decides."""

from __future__ import annotations

import pytest

from citekeeper.sandbox import Sandbox, World
from in_process import Run

from .conftest import PAGE

URL = "https://old.example/a/page-of-1999.html"
ONWARD = "https://new.example/a/page"
REFRESH = f"<html><title>Moved</title><meta http-equiv=refresh content='0; url={ONWARD}'></html>"


@pytest.mark.parametrize(
    ("status", "expected", "code"),
    [
        (200, "alive/meta-refresh", 0),
        (404, "drifted/sent-on-to-nothing", 0),
        (403, "walled/http-403", 0),
        (500, "failing/http-500", 0),
    ],
)
def test_what_is_there_decides(
    check: Run, world: World, sandbox: Sandbox, status: int, expected: str, code: int
) -> None:
    """A page is alive where it leads to one; to none it has drifted, as a script may lead elsewhere still."""
    world.page(URL, REFRESH)
    world.page(ONWARD, PAGE, status=status)
    done = check(URL, "--retries", "0", "-f", "json")
    (entry,) = done.report["citations"]
    assert (done.code, f"{entry['verdict']}/{entry['reason']}") == (code, expected)
    assert ONWARD in entry["message"]
    assert "not followed" not in entry["message"]
    assert world.hits(ONWARD) == 1
    assert all("old.example" not in (request.headers.get("referer") or "") for request in sandbox.log)


def test_two_pages_that_lead_to_each_other_end(check: Run, world: World) -> None:
    """One step is taken, and no more."""
    world.page(URL, REFRESH)
    world.page(ONWARD, REFRESH.replace(ONWARD, URL))
    assert check(URL, "--retries", "0", "-f", "json").verdicts == {URL: "alive/meta-refresh"}
    assert world.hits(ONWARD) == 1


def test_page_that_leads_into_a_private_network_is_not_followed(check: Run, world: World) -> None:
    """Where a page leads is asked under the same guards as its redirects."""
    world.page(URL, REFRESH.replace(ONWARD, "http://169.254.169.254/latest"))
    assert check(URL, "-f", "json").verdicts == {URL: "unchecked/private-address"}
