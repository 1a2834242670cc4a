"""What stands in the place of what was cited: empty frames, other pages, forums' messages, checks, errors in data."""

from __future__ import annotations

import pytest

from citekeeper.judge import judge
from citekeeper.model import Citation

from .judge_build import answer, article, page

TOLD = "The board met on Tuesday and heard eleven witnesses, most of them from the north of the town."
QUOTE = "three in four of the pupils travelled free on the old ferry"
STORE = '<script>window.__STORE__=%s</script><div id="root"></div><noscript>You need to enable JavaScript.</noscript>'
PHPBB = '<div class="panel" id="message"><h2 class="message-title">Information</h2><p>%s</p></div>'


def said(
    body: str | bytes, kind: str = "text/html", url: str = "https://n.example.org/a/1234/x.html", **of: object
) -> str:
    """``verdict/reason`` of one page with status 200."""
    verdict = judge(answer(body, 200, f"Content-Type: {kind}", url=url), Citation("a", **of))  # type: ignore[arg-type]
    return f"{verdict.kind}/{verdict.reason}"


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        ('{"post":{"data":null,"error":{"code":404}}}', "drifted/state-not-found"),
        ('{"item":{},"statusCode":10221,"statusMsg":"user not exist"}', "drifted/state-not-found"),
        ('{"route":{"name":"NotFound"},"code":404,"x":{"status":404}}', "soft-404/state-not-found"),
        ('{"__type":"RouteErrorResponse","status":404}', "soft-404/state-not-found"),
        ('{"routes":[{"component":"Home"},{"component":"NotFound"}],"a":"x not found"}', "alive/javascript-required"),
        ('{"notFound":{"component":"NotFound","status":404}}', "alive/javascript-required"),
        ('{"config":{"errorPages":{"404":{"template":"404.html"}}}}', "alive/javascript-required"),
        ('{"fallback":{"page":"/404"}}', "alive/javascript-required"),
        ('{"page":{"view":"errors/404"},"b":404}', "soft-404/state-not-found"),
        ('{"ads":{"error":{"code":404}},"post":{"title":"Ferry"}}', "alive/javascript-required"),
    ],
)
def test_stores_that_got_nothing(state: str, verdict: str) -> None:
    """The view that is shown decides; an error with an empty place beside it may be that of a part, and is a doubt."""
    assert said(page("App", tail=STORE % state)) == verdict


def test_view_named_for_absence() -> None:
    """A tag manager's page type, and a view handed over in an attribute, name the template that is shown."""
    assert said(page("App", tail="<script>dataLayer.push({'pageType':'404'})</script>")) == "soft-404/state-not-found"
    view = '<div id="app" data-page="{&quot;component&quot;:&quot;Errors/NotFound&quot;,&quot;props&quot;:{}}"></div>'
    assert said(page("App", tail=view)) == "soft-404/state-not-found"
    doubt = "<script>if (gone) { dataLayer.push({'pageType':'404'}) }</script>"
    assert said(page("App", tail=doubt)) == "alive/ok"
    assert said(page("App", TOLD, tail="<script>dataLayer.push({'pageType':'help'})</script>")) == "alive/ok"


@pytest.mark.parametrize(
    ("kind", "body", "verdict"),
    [
        ("application/json", '{"success":false,"result":null,"message":"Record not found"}', "soft-404/json-not-found"),
        ("application/json", '{"count":0,"results":[],"error":null}', "alive/ok"),
        ("application/json", '{"id":1,"status":"removed","error":null}', "alive/ok"),
        ("application/xml", "<Error><Code>NoSuchKey</Code><Key>a</Key></Error>", "soft-404/xml-not-found"),
        ("application/xml", "\ufeff<?xml?><Error><Code>BlobNotFound</Code></Error>", "soft-404/xml-not-found"),
        ("text/xml", '<OAI-PMH><error code="idDoesNotExist">none</error></OAI-PMH>', "soft-404/xml-not-found"),
        ("application/xml", "<sensor><error>0.02</error><code>404</code></sensor>", "alive/ok"),
        ("application/xml", "<Error><Code>SlowDown</Code></Error>", "alive/ok"),
    ],
)  # fmt: skip
def test_answers_in_data(kind: str, body: str, verdict: str) -> None:
    """Short answers of interfaces and stores are read for the error that their envelope hides."""
    assert said(body, kind, "https://n.example.org/a/1234") == verdict


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("The requested topic does not exist.", "soft-404/element-not-found"),
        ("You must be logged in to view this forum.", "walled/login-required"),
        ("The search is resting until noon.", "drifted/message-in-place"),
    ],
)
def test_message_of_a_forum(message: str, verdict: str) -> None:
    """In a topic's place a message says that it is gone, that it is for members, or something else."""
    assert said(page("Boats - Information", tail=PHPBB % message), title="Ferry or bridge?") == verdict


def test_notice_named_for_a_removal() -> None:
    """Alone it is the page's; beside a comment or two it may be one of theirs."""
    notice = '<div class="message-deleted">This message was removed.</div>'
    assert said(page("Boats", tail=notice)) == "soft-404/element-not-found"
    assert (
        said(page("Boats", "The ferry leaves at five from the north bank.", tail=notice)) == "drifted/element-not-found"
    )
    assert said(article(extra=notice)) == "alive/ok"


def test_refusals_in_words_of_their_own() -> None:
    """A page for members, a login by one's institution, and a check by cookie are there for others."""
    assert said(page("Item", "You do not have permission to access this item.")) == "walled/login-required"
    form = '<form action="/Shibboleth.sso/DS"><button>On</button></form>'
    assert said(page("Access", tail=form)) == "walled/login-required"
    check = '<script>document.cookie="t=1";location.reload()</script>'
    assert said(f"<html><body>{check}</body></html>") == "walled/cookie-check"
    assert said(article(extra=check)) == "alive/ok"


def test_file_that_became_a_page() -> None:
    """A page that neither bears the title nor leads to the file is another one; a landing page is not."""
    url = "https://n.example.org/docs/report.pdf"
    about = {"title": "Report on the ferry", "language": "en"}
    home = article("Welcome to the town")
    assert said(home, url=url, **about) == "drifted/page-instead-of-file"
    assert said(article("Welcome to the town", '<a href="/raw/report.pdf">x</a>'), url=url, **about) != (
        "drifted/page-instead-of-file"
    )


def test_page_without_title_and_quote() -> None:
    """Title and quote both nowhere, in the language of both; one of them suffices, and a translation proves nothing."""
    body = page("Bus passes", "Apply for a bus pass online. You need a photo. " * 20)
    about = {"title": "Ferry for pupils", "language": "en", "quotes": (QUOTE,)}
    assert said(body, **about).startswith("drifted/")
    assert said(page("Bus passes", f"{TOLD} {QUOTE.title()}. " * 9), **about) == "alive/ok"
    dutch = {**about, "title": "De veerpont", "quotes": ("drie van de vier leerlingen voeren gratis met het veer",)}
    assert said(body, **dutch) == "alive/ok"


def test_frames_without_text() -> None:
    """An article's own element for its text stands empty, or holds something that is no text."""
    frame = '<div class="entry-content">%s</div>'
    assert said(page("Ferry", heading="Ferry", tail=frame % " ")) == "drifted/nothing-on-the-page"
    assert said(page("Ferry", heading="Ferry", tail=frame % "<iframe src=/v></iframe>")) == "alive/ok"
    assert said(page("Ferry", heading="Ferry", tail=frame % "Five.")) == "alive/ok"


def test_template_for_errors() -> None:
    """A body that its system calls an error is doubted in any words; a post with the number 404 is not."""
    assert said(page("Ropes", "Our other ropes await you.", attributes="id=pagenotfound")) == "drifted/error-template"
    assert said(page("Ropes", "Our other ropes await you.", attributes="class='single postid-404'")) == "alive/ok"


def test_shell_that_says_something_is_wrong() -> None:
    """What a shell says in its own body counts; what is in it for browsers without scripts does not."""
    noscript = "<noscript><h1>JavaScript is not available.</h1>Please enable JavaScript.</noscript><script></script>"
    root = f'<div id="root">%s</div>{noscript}'
    assert said(page("App", tail=root % "<h2>Cuenta suspendida</h2>")) == "drifted/not-found-wording"
    assert said(page("", tail=root % "")) == "alive/javascript-required"


def test_picture_in_place_of_a_picture() -> None:
    """Sent on to the picture of a missing picture."""
    from .judge_build import chain

    sent = chain("https://n.example.org/u/ferry.jpg", "https://n.example.org/img/image-not-available.png", by=302)
    assert judge(sent, Citation("a")).reason == "redirect-to-not-found"


@pytest.mark.parametrize("path", ["?s=ferry", "search/ferry/", "index.php?q=ferry", "zoeken?query=ferry"])
@pytest.mark.parametrize("title", [None, "Search results for: ferry", "What was written of the ferry"])
def test_a_search_that_finds_nothing_was_cited_as_such(path: str, title: str | None) -> None:
    """The system's own mark for an empty result says what was to be seen there."""
    found = "<h1>Nothing Found</h1><p>Sorry, but nothing matched your search terms. Please try again.</p>"
    body = (
        "<!DOCTYPE html><html lang='en'><head><title>Search results for: ferry – Harbour</title></head>"
        "<body class='search search-no-results'><header><a href='/'>Harbour</a></header>"
        f"<main><section class='no-results not-found'>{found}<form><input name='s'></form></section></main>"
    )
    assert said(body, url=f"https://n.example.org/{path}", title=title).startswith("alive/")
    assert said(body, url="https://n.example.org/2019/05/the-ferry-stays/", title="The ferry stays").startswith(
        "soft-404/"
    )
