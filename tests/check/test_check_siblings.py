"""What is asked beside a source, so that an error page is found in whatever words it says so."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from citekeeper import judge
from citekeeper.judge import probe_url
from citekeeper.model import Exchange, Hop, Verdict
from citekeeper.pipeline.siblings import Siblings
from citekeeper.sandbox import Request, Response, Sandbox, World
from in_process import Run

from .conftest import PAGE, write_register

_SORRY = "<!doctype html><title>Lines</title><nav><a href=/>Lines</a></nav><h1>End of the line</h1>" + "".join(
    f"<p>{said}</p>"
    for said in ("Nothing runs here.", "Take another one.", "We hum.", "We wait.", "Trams sing.", "Bye.")
)
HOST = "https://lines.example"


def _asked(sandbox: Sandbox, host: str = "lines.example") -> list[str]:
    return [path for one in sandbox.log if urlsplit(one.url).hostname == host and (path := urlsplit(one.url).path)]


def _everywhere(world: World, body: str = _SORRY) -> None:
    world.handler("lines.example", lambda _request: Response.html(body))


def _answer(body: str, url: str) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    return Exchange(url, hops=(Hop(url, 200, head, body.encode()),))


def _list(count: int, folder: str = "n") -> list[str]:
    return [f"{HOST}/{folder}/{number}" for number in range(count)]


def test_an_error_page_in_no_known_words_is_found(check: Run, world: World, sandbox: Sandbox) -> None:
    """A document's links are compared with a name that cannot exist, once for each folder."""
    _everywhere(world)
    links = [*_list(3), *_list(2, "m")]
    verdicts = check(*links, "-f", "json").verdicts
    assert set(verdicts.values()) == {"drifted/same-for-any-name"}
    assert len(_asked(sandbox)) == len(links) + 2


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_site_that_knows_what_it_has_not_is_believed(check: Run, world: World, sandbox: Sandbox, form: str) -> None:
    """A page whose sibling is a 404 lives, in every format; the sibling is asked once."""
    for url in _list(4):
        world.page(url, _SORRY)
    assert check(*_list(4), "-f", form).code == 0
    assert len(_asked(sandbox)) == 5


@pytest.mark.parametrize("status", [429, 503])
def test_a_sibling_that_is_refused_is_not_asked_again(check: Run, world: World, sandbox: Sandbox, status: int) -> None:
    """What a name that cannot exist would get is worth one question, and no wait on a host that is asked too often."""
    page = _list(1)[0]

    def answer(request: Request) -> Response:
        return Response.html(_SORRY) if request.url == page else Response.html("no", status=status)

    world.handler("lines.example", answer)
    assert check(page, "-f", "json").verdicts == {page: "alive/ok"}
    assert len(_asked(sandbox)) == 2


def test_a_register_is_compared_until_it_has_a_title_or_a_copy(
    check: Run, world: World, sandbox: Sandbox, home: Path
) -> None:
    """What bears the cited title needs no sibling."""
    world.page(f"{HOST}/a/1", PAGE)
    world.page(f"{HOST}/b/2", PAGE)
    entries = f"  - {{id: a, url: '{HOST}/a/1', title: A source}}\n  - {{id: b, url: '{HOST}/b/2'}}\n"
    write_register(home, entries)
    assert check("-f", "json").code == 0
    assert sorted(path[:3] for path in _asked(sandbox)) == ["/a/", "/b/", "/b/"]


def test_a_long_list_is_not_asked_twice(check: Run, world: World, sandbox: Sandbox) -> None:
    """What arrives on stdin is compared on a sign only: pages that differ show none."""
    links = _list(30)
    for number, url in enumerate(links):
        world.page(url, PAGE + f"<p>{number * 'more '}</p>")
    done = check("-", "-f", "jsonl", stdin="\n".join(links))
    assert done.code == 0
    assert len(_asked(sandbox)) == 30


def test_one_page_at_many_addresses_is_a_sign(check: Run, world: World, sandbox: Sandbox) -> None:
    """In a list, the page that came before from the same host is asked beside, once a folder."""
    _everywhere(world)
    links = _list(10)
    done = check("-", "-f", "json", stdin="\n".join(links))
    said = list(done.verdicts.values())
    assert said.count("drifted/same-for-any-name") == 9
    assert len(_asked(sandbox)) == 11


def test_what_varies_is_told_apart_by_a_second_name(check: Run, world: World, sandbox: Sandbox) -> None:
    """A ticket number and a quote that change with every answer hide nothing, and a real page is not taken for one."""
    ticket = itertools.count(4412)
    quotes = itertools.cycle(["Rails last longer.", "Late counts too.", "Points decide everything."])

    def answer_for(request: Request) -> Response:
        if request.url == f"{HOST}/n/real":
            return Response.html("<title>Lines</title><p>Line 9 runs again from Monday, says the depot.</p>")
        said = f"<p>Nothing runs at this address. Ticket {next(ticket)}.</p><p>{next(quotes)}</p>"
        return Response.html(f"<title>Lines</title>{said}")

    world.handler("lines.example", answer_for)
    verdicts = check(f"{HOST}/n/gone", f"{HOST}/n/real", "-f", "json").verdicts
    assert verdicts == {f"{HOST}/n/gone": "drifted/same-for-any-name", f"{HOST}/n/real": "alive/ok"}
    assert len(_asked(sandbox)) == 4


def test_a_program_that_fills_itself_says_nothing(check: Run, world: World) -> None:
    """One shell for every name is no sign of death: only scripts would show the page."""
    _everywhere(world, "<title>App</title><div id=root></div><script src=/app.js></script>")
    (said,) = check(f"{HOST}/n/1", "-f", "json").verdicts.values()
    assert said.startswith("alive/")


def test_an_impossible_name_that_is_led_to_the_page_proves_nothing(check: Run, world: World) -> None:
    """Blogs guess what their reader meant."""
    page = Response.html(_SORRY)
    home = f"{HOST}/2019/line/"
    world.handler("lines.example", lambda asked: page if asked.url == home else Response.redirect(home, 301))
    assert check(home, "-f", "json").verdicts == {home: "alive/ok"}


def test_siblings_share_and_forget() -> None:
    """One request serves all that wait for it, and answers are kept within bounds."""
    siblings = Siblings(random.Random(1))
    first, second = siblings.request(1, f"{HOST}/n/x"), siblings.request(2, f"{HOST}/n/x")
    assert first is not None
    assert second is None
    page = _answer("<p>x</p>", f"{HOST}/n/x")
    assert siblings.take(1, f"{HOST}/n/x", page) == [1, 2]
    assert siblings.answer(f"{HOST}/n/x") is page
    for number in range(3, 23):
        address = f"{HOST}/{number}/x"
        assert siblings.request(number, address) is not None
        siblings.take(number, address, _answer("x" * 1024 * 1024, address))
    assert siblings.answer(f"{HOST}/n/x") is None
    assert siblings.answer(f"{HOST}/22/x") is not None


@pytest.mark.parametrize(
    ("cited", "beside"),
    [
        ("/news/line-9", "/news/zzz"),
        ("/news/line-9.html", "/news/zzz.html"),
        ("/news/line/", "/news/zzz/"),
        ("/show.php?a=1&id=9", "/show.php?a=1&id=zzz"),
        ("/questions/46131/how-to", "/questions/zzz/zzz"),
        ("/questions/46131/how-to/", "/questions/zzz/zzz/"),
        ("/2019/05/line", "/2019/05/zzz"),
        ("/2019/line", "/2019/zzz"),
        ("/news/20190504/line", "/news/20190504/zzz"),
        ("/doc/46131/page-2", "/doc/46131/zzz"),
    ],
)
def test_where_a_sibling_stands(cited: str, beside: str) -> None:
    """In the same folder, but not under the number that names the page itself."""
    page = _answer("<title>x</title><p>x</p>", f"{HOST}{cited}")
    assert probe_url(page, name="zzz", thorough=True) == f"{HOST}{beside}"


def test_many_addresses_of_one_page_cost_a_few_comparisons(
    check: Run, world: World, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one page after another of a host is the same, three comparisons that agree speak for all."""
    judged: list[str] = []
    real = judge.judge

    def counting(exchange: Exchange, *rest: Any, **more: Any) -> Verdict:
        judged.append(exchange.url)
        return real(exchange, *rest, **more)

    monkeypatch.setattr(judge, "judge", counting)
    _everywhere(world)
    done = check("-", "-f", "jsonl", stdin="\n".join(_list(300)))
    found = [json.loads(line)["reason"] for line in done.out.splitlines()]
    assert found.count("same-for-any-name") >= 299
    assert len(found) == 300
    assert len(_asked(sandbox)) == 301
    assert len(judged) <= 20  # those that waited for the sibling's answer together with the first
