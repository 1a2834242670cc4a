"""Posts and videos whose pages are empty shells: the site's own oEmbed service decides."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from citekeeper.model import Exchange, Failure, FailureKind, Hop, Severity, Verdict, VerdictKind
from citekeeper.pipeline import oembed
from citekeeper.sandbox import Request, Response, Sandbox, World
from in_process import Run

from .conftest import write_register

SHELL = (
    "<!doctype html><title>X</title><noscript>JavaScript is not available.</noscript>"
    '<div id="react-root"></div><script src="/main.js"></script>'
)
POST = "https://twitter.com/someone/status/1521"
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
SHELL_VERDICT = Verdict(VerdictKind.WALLED, "javascript-required", "A program.", "", Severity.WARNING)
ALIVE = Verdict(VerdictKind.ALIVE, "ok", "There.")
BLOCKQUOTE = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Hundreds of people<br>were called in.</p>'
    '&mdash; Some One (@someone) <a href="https://t.co/x">May 3, 2022</a></blockquote>'
)


def stage(world: World, host: str, status: int, document: object = None) -> list[Request]:
    """Let ``host`` answer oEmbed questions; the questions it was asked."""
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        return Response.json(document, status) if document is not None else Response.text("no", status)

    world.handler(host, answer)
    return asked


@pytest.mark.parametrize(
    ("status", "document", "expected"),
    [
        (200, {"html": BLOCKQUOTE, "author_name": "Some One"}, "alive/oembed-confirms"),
        (404, None, "gone/oembed-404"),
        (403, None, "walled/oembed-403"),
        (401, None, "walled/oembed-401"),
        (500, None, "walled/javascript-required"),
        (200, None, "walled/javascript-required"),
        (200, [1], "walled/javascript-required"),
    ],
)
def test_posts_on_x(check: Run, world: World, status: int, document: object, expected: str) -> None:
    """200 with a document confirms a post, 404 denies it, 401 and 403 wall it, all else leaves it open."""
    world.page(POST, SHELL)
    asked = stage(world, "publish.twitter.com", status, document)
    assert check(POST, "-f", "json", "--retries", "0").verdicts == {POST: expected}
    assert asked[0].query["url"] == POST


def test_without_an_answer_a_post_stays_walled(check: Run, world: World) -> None:
    """Where the oEmbed service cannot be reached nothing is known."""
    world.page(POST, SHELL)
    assert check(POST, "-f", "json").verdicts == {POST: "walled/javascript-required"}


def test_quotes_of_a_post_are_found_in_its_oembed(check: Run, world: World, home: Path) -> None:
    """The words of a post come with the oEmbed answer, and count as the living source's."""
    world.page(POST, SHELL)
    stage(world, "publish.twitter.com", 200, {"html": BLOCKQUOTE, "author_name": "Some One"})
    write_register(home, f"- {{id: a, url: '{POST}', quotes: ['Hundreds of people were called in']}}\n")
    (entry,) = check("-f", "json").report["citations"]
    assert (entry["verdict"], entry["verifiable"]) == ("alive", True)
    assert (entry["quotes"][0]["found"], entry["quotes"][0]["where"]) == (True, "live")


@pytest.mark.parametrize(
    ("status", "expected"), [(200, "alive/ok"), (404, "gone/oembed-404"), (401, "alive/ok"), (500, "alive/ok")]
)
def test_videos(check: Run, world: World, status: int, expected: str) -> None:
    """A watch page that looks alive stays so, unless oEmbed knows no such video; 401 only forbids embedding."""
    world.page(VIDEO, "<!doctype html><title>A video - YouTube</title>" + "<p>About it, at length.</p>" * 50)
    # The watch page and the oEmbed endpoint share a host: staged pages go before a handler.
    stage(world, "www.youtube.com", status, {"title": "A video", "html": "<iframe></iframe>"})
    assert check(VIDEO, "-f", "json", "--retries", "0").verdicts == {VIDEO: expected}


def test_a_page_that_can_play_its_video_needs_no_service(check: Run, world: World) -> None:
    """What the page tells its player is nearer to the video than what oEmbed knows of it."""
    state = '<script>var ytInitialPlayerResponse={"playabilityStatus":{"status":"OK"}}</script>'
    world.page(VIDEO, "<!doctype html><title>A video - YouTube</title>" + state + "<p>About it.</p>" * 50)
    stage(world, "www.youtube.com", 404)
    assert check(VIDEO, "-f", "json", "--retries", "0").verdicts == {VIDEO: "alive/ok"}


@pytest.mark.parametrize(
    ("url", "verdict", "host"),
    [
        (POST, SHELL_VERDICT, "publish.twitter.com"),
        ("https://x.com/a/status/12?s=20", SHELL_VERDICT, "publish.twitter.com"),
        ("https://mobile.twitter.com/i/web/status/12", SHELL_VERDICT, "publish.twitter.com"),
        (VIDEO, ALIVE, "www.youtube.com"),
        ("https://youtu.be/dQw4w9WgXcQ?t=3", ALIVE, "www.youtube.com"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", ALIVE, "www.youtube.com"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ", ALIVE, "www.youtube.com"),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", ALIVE, "www.youtube.com"),
        ("https://twitter.com/someone", SHELL_VERDICT, None),
        (POST, ALIVE, None),
        ("https://www.youtube.com/@channel", ALIVE, None),
        ("https://www.youtube.com/watch", ALIVE, None),
        ("https://netflix.com/status/1", SHELL_VERDICT, None),
        ("https://nottwitter.com/a/status/1", SHELL_VERDICT, None),
        ("not a url", SHELL_VERDICT, None),
        (VIDEO, Verdict(VerdictKind.GONE, "http-404", ""), None),
    ],
)
def test_who_is_asked(url: str, verdict: Verdict, host: str | None) -> None:
    """Posts on X that are walled and videos that are not dead have an endpoint, at their own service; nothing else."""
    endpoint = oembed.endpoint(url, verdict)
    assert (endpoint.split("/")[2] if endpoint else None) == host


@pytest.mark.parametrize(
    "url",
    [
        VIDEO + "&t=12s",
        "https://youtu.be/dQw4w9WgXcQ?si=abc",
        "https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube.com/live/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    ],
)
def test_a_video_is_asked_about_by_its_watch_page(url: str) -> None:
    """In whatever form a video is cited, YouTube is asked about the one form that its service surely knows."""
    endpoint = oembed.endpoint(url, ALIVE)
    assert endpoint is not None
    assert parse_qs(urlsplit(endpoint).query)["url"] == [VIDEO]


def test_embedded_player_is_read_through_oembed(check: Run, world: World, home: Path) -> None:
    """A player's page is alive and says nothing; its title, which oEmbed tells, is what quotes are looked for in."""
    player = "https://www.youtube.com/embed/dQw4w9WgXcQ"
    world.page(player, "<!doctype html><html><head></head><body><div id='player'></div></body></html>")
    stage(
        world, "www.youtube.com", 200, {"title": "How the old bridge over the canal fell", "html": "<iframe></iframe>"}
    )
    write_register(home, f"- {{id: a, url: '{player}', quotes: ['the old bridge over the canal fell']}}\n")
    (entry,) = check("-f", "json").report["citations"]
    assert (entry["verdict"], entry["verifiable"], entry["quotes"][0]["found"]) == ("alive", True, True)


def test_watch_page_is_read_before_oembed(check: Run, world: World, home: Path) -> None:
    """The page's own player response holds the description, which oEmbed does not."""
    details = {
        "title": "The old bridge",
        "shortDescription": "It fell on Tuesday.\n\nNobody was hurt, the mayor said.",
    }
    script = f"<script>var ytInitialPlayerResponse = {json.dumps({'videoDetails': details})};</script>"
    world.page(VIDEO, f"<!doctype html><title>The old bridge - YouTube</title>{script}")
    stage(world, "www.youtube.com", 200, {"title": "The old bridge", "html": "<iframe></iframe>"})
    write_register(home, f"- {{id: a, url: '{VIDEO}', quotes: ['Nobody was hurt, the mayor said']}}\n")
    (entry,) = check("-f", "json").report["citations"]
    assert (entry["verdict"], entry["verifiable"], entry["quotes"][0]["where"]) == ("alive", True, "live")


def test_failed_answers_change_nothing() -> None:
    """No answer, or one behind a broken certificate, leaves the verdict."""
    broken = Exchange(POST, failure=Failure(FailureKind.PROXY_REFUSED, "no"))
    assert oembed.weigh(SHELL_VERDICT, broken) is SHELL_VERDICT
    assert oembed.reading(broken) is None
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    nested = Exchange(POST, hops=(Hop(POST, 200, head, b"[" * 100_000),))
    assert oembed.weigh(SHELL_VERDICT, nested) is SHELL_VERDICT


def test_confirmed_shell_is_no_copy_of_the_source(home: Path, world: World, sandbox: Sandbox, check: Run) -> None:
    """A capture of the empty page shows a failure, not the source, though the post is alive."""
    from citekeeper.__main__ import main

    world.page(POST, SHELL)
    stage(world, "publish.twitter.com", 200, {"html": BLOCKQUOTE})
    write_register(home, f"- {{id: a, url: '{POST}'}}\n")
    main(["archive", "--to", "local", "-q"])
    assert check("-f", "json").verdicts == {POST: "alive/oembed-confirms"}
    from citekeeper.archive import Archive
    from citekeeper.clock import SystemClock

    assert {str(capture.shows) for capture in Archive(home / "archive", SystemClock()).captures("a")} <= {"failure"}
