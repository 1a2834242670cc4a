"""Living pages that hold what dead ones are known by: each rule's sign, where it is somebody else's."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import json

import pytest

from citekeeper.judge import judge
from citekeeper.model import Citation, Exchange, Reading

from .judge_build import answer, article, chain, page

ABSENT = answer("<title>404</title>", 404, url="https://n.example.org/a/1234/qqqqqqqqqqqqqqqqqqqq.html")
LAMP = "They go out at five."
SPA = (
    "<!doctype html><html><head><title>Harbour maps</title><link rel='canonical' href='https://n.example.org/'></head>"
    "<body><noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div>"
    "<script src='/a.js'></script></body></html>"
)


def said(body: str | Exchange, *, url: str = "https://n.example.org/a/1234/x.html", kind: str = "text/html", **of: object) -> str:  # fmt: skip
    """``verdict/reason`` of one page with status 200, on a host that knows what it has not."""
    probe = of.pop("probe", ABSENT)
    reading = of.pop("reading", None)
    exchange = body if isinstance(body, Exchange) else answer(body, 200, f"Content-Type: {kind}", url=url)
    verdict = judge(exchange, Citation("a", **of), probe=probe, reading=reading)  # type: ignore[arg-type]
    return f"{verdict.kind}/{verdict.reason}"


def state(value: str, title: str = "Lamps", shown: str = "<div id=root></div>") -> str:
    """A program's shell with a state."""
    return f"<html><head><title>{title}</title></head><body>{shown}<noscript>Enable JavaScript.</noscript><script>window.__S__={value}</script></body></html>"


@pytest.mark.parametrize("key", ["pageNotFound", "error404", "catchAll", "errorElement", "defaultNotFound", "http404"])
def test_views_that_a_state_only_defines(key: str) -> None:
    """A key for what is shown in case of an error says so in any spelling."""
    assert said(state(json.dumps({key: {"component": "NotFound"}, "story": {"id": 4}}))).startswith("alive/")
    assert said(state('{"main":{"component":"NotFound"}}')) == "soft-404/state-not-found"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("ropes?page=404", '{"query":{"page":"404"}}'),
        ("ropes/all", '{"query":{"page":"404"}}'),
        ("lines/404", '{"view":"404"}'),
        ("docs/components/not-found", '{"doc":{"component":"NotFound"}}'),
    ],
)
def test_views_named_as_what_was_cited(path: str, value: str) -> None:
    """The 404th page of a list, a line of that number and a component of that name are what was cited."""
    assert said(state(value), url=f"https://n.example.org/{path}").startswith("alive/")


NUXT_PART = '<script type="application/json" id="__NUXT_DATA__">[{"data":1,"_errors":3},{"notes":2},{"statusCode":5},{"notes":4},["NuxtError",2],404]</script>'
NUXT_ROOT = '<script type="application/json" id="__NUXT_DATA__">[["Reactive",1],{"data":2,"error":3},{},["NuxtError",4],{"statusCode":5},404]</script>'


@pytest.mark.parametrize(
    ("mark", "alone"),
    [
        (NUXT_PART, "alive/ok"),
        (NUXT_ROOT, "soft-404/state-not-found"),
        ('<script>window.__NUXT__={error:null,state:{ui:{error:{statusCode:404}}}}</script>', "alive/ok"),
        ("<script>window.__NUXT__=(function(a){return {error:{statusCode:404}}}(1))</script>", "soft-404/state-not-found"),
        ('<script>window.__S__={"errors":{"r.notes":{"__type":"RouteErrorResponse","status":404}}}</script>', "soft-404/state-not-found"),
        ("<script>dataLayer.push({'pageType':'404'})</script>", "soft-404/state-not-found"),
        ("<script>var pageType='404'</script><script>pageType='story'</script>", "alive/ok"),
        ('<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"statusCode":404}},"page":"/x"}</script>', "soft-404/state-not-found"),
    ],
)  # fmt: skip
def test_marks_of_a_part_of_the_page(mark: str, alone: str) -> None:
    """What says 404 decides where nothing else is shown; under a heading and a text it is a doubt at most."""
    assert said(page("Harbour", tail=mark)) == alone
    shown = said(page("Lamps - Harbour", LAMP, heading="Lamps", tail=mark))
    assert shown == ("alive/ok" if alone == "alive/ok" else "drifted/state-not-found")


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (page("Lamp 8", "Cast iron, 1911.", heading="Lamp 8", attributes="class='error404'"), "drifted/error-template"),
        (page("Lamp 8", "Nothing here.", heading="Page not found", attributes="class='error404'"), "soft-404/element-not-found"),
        (page("Lamp 7", "Cast iron.", heading="Lamp 7", tail="<div class='search-no-results'>No results</div>"), "drifted/element-not-found"),
        (page("Lamp", "The ferry sails on Sundays, as ever, and the harbour master rings his bell.", tail="<p class='errortext'>File not found</p>"), "drifted/element-not-found"),
        (page("Lamps", heading="Category:Lamps", tail="<div class='noarticletext'>There is currently no text in this page.</div><div id='mw-pages'><ul><li><a href='/1'>Lamp 1</a></ul></div>"), "alive/ok"),
        (page("Lamps", heading="Lamps", tail="<div class='noarticletext'>There is currently no text in this page.</div>"), "soft-404/element-not-found"),
        (page("Tar - Boats", tail="<div id='post_message_1'>One part pitch.</div><td class='panelsurround'>You do not have permission to post.</td>"), "alive/ok"),
    ],
)  # fmt: skip
def test_elements_of_parts_and_of_plugins(body: str, verdict: str) -> None:
    """A platform's element for “nothing here” may be a widget's, a plugin's, or that of a list without a preface."""
    assert said(body) == verdict


@pytest.mark.parametrize(
    ("body", "path", "verdict"),
    [
        ('{"code":"404","name":"Kade - North","notes":null}', "lines/kade", "alive/ok"),
        ('{"code":404,"stops":[],"operator":"Kade"}', "lines/404", "alive/ok"),
        ('[{"code":404,"message":"Not Found"},{"code":410,"message":"Gone"}]', "codes", "alive/ok"),
        ('{"target":"https://x.org/a","status":404}', "monitor/12", "alive/ok"),
        ('{"id":7,"steps":[1,2],"n":3,"error":{"code":"not_found","message":"Input not found"}}', "runs/9", "alive/ok"),
        ('{"at":"2021","state":"failed","error":{"code":"not_found"}}', "runs/9", "drifted/json-not-found"),
        ('{"error":{"code":404,"message":"Not Found"},"path":"/runs/9"}', "runs/9", "soft-404/json-not-found"),
        ('[{"status":404,"title":"Not Found"}]', "runs/9", "soft-404/json-not-found"),
        ('{"meta":{"code":404},"data":[]}', "runs/9", "soft-404/json-not-found"),
        ('{"code":404', "runs/9", "alive/ok"),
    ],
)
def test_records_that_hold_an_error_or_a_number(body: str, path: str, verdict: str) -> None:
    """An answer is an error where it is nothing else; beside little it is a doubt."""
    assert said(body, url=f"https://n.example.org/{path}", kind="application/json") == verdict


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("<fault><code>404</code><description>Oil pressure low</description></fault>", "alive/ok"),
        ("<error><code>404</code><message>Not Found</message></error>", "soft-404/xml-not-found"),
        ("<error><code>404</code></error>", "soft-404/xml-not-found"),
        ("<doc><p>The error idDoesNotExist is given for unknown items.</p></doc>", "alive/ok"),
    ],
)
def test_faults_of_engines_and_of_stores(body: str, verdict: str) -> None:
    """A number and a message of something else are data."""
    assert said(body, url="https://n.example.org/a/oil", kind="application/xml") == verdict
    assert said(body, url="https://n.example.org/codes/404.xml", kind="application/xml") == "alive/ok"


@pytest.mark.parametrize(
    "body",
    [
        page("Rules", "You must be logged in to vote. The vote is on Monday, and who comes by boat may vote at the quay."),
        page("Hours", "Monday: members only. Tuesday: all. Wednesday: closed for the winter, as every year."),
        page("Desk", "Use your card.", tail="<header><form action='/saml/login'><button>In</button></form></header>"),
        "<html><title>Kade</title><script>function set(l){document.cookie='l='+l;location.reload()}</script><body><img src=a></html>",
        "<html><title>Kade</title><script>document.cookie='n=1';if(top==self)location.href='/frames.html'</script><body><p>Out at five.</html>",
        page("Lamps", LAMP, heading="Lamps", tail="<script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script>"),
        page("Lamps", LAMP, heading="Lamps", tail="<script src='/_Incapsula_Resource?SWJIYLWA=719'></script>"),
        page("Lamp", "Reference #1911.448, bronze.", heading="Lamp"),
        page("EEA", "The European Economic Area has thirty members.", heading="European Economic Area"),
        page("Log in | Wiki", "Rope is twisted.", heading="Rope", tail="<form><input type=password></form>"),
        page("Надпись", "На экране: «Доступ к ресурсу ограничен».", heading="Что видит читатель"),
    ],
)  # fmt: skip
def test_refusals_of_something_else(body: str) -> None:
    """Who may vote, a language's cookie, a vendor's script in a page, a login in its header are no walls."""
    assert not said(body).startswith(("walled/", "blocked/"))


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        (page("Errors", heading="Errors", tail='<pre>{"code": 404, "message": "Not Found"}</pre><p>Returned where the stop does not exist.</p>'), "alive/ok"),
        (page("", tail="<pre>404 page not found</pre>"), "soft-404/"),
        (page("File not found - how to fix it", "Open the folder.", heading="File not found - how to fix it", head_extra="<meta name=robots content=noindex>"), "alive/"),
        (page("Article L4 - Code des ports", "Article supprimé."), "drifted/not-found-wording"),
        (page("Map", "This content is not available: your browser has no WebGL."), "alive/ok"),
        (page("Kade", "The site is temporarily unavailable."), "alive/ok"),
        (page("Sendung nicht gefunden", "Ihre Sendung wurde nicht gefunden? Sie beginnt mit JJD, und steht auf dem Schein.", heading="Sendung nicht gefunden"), "alive/"),
        (page("Kade", "This page was removed, or is temporarily unavailable."), "drifted/not-found-wording"),
    ],
)  # fmt: skip
def test_wordings_that_say_something_else(body: str, verdict: str) -> None:
    """Samples of code, headings of more than a wording, the own title of a repealed article, and what is for now."""
    assert said(body).startswith(verdict)


def test_a_translated_title_is_on_no_page() -> None:
    """That a page lacks a title says something of it where the title is in its language."""
    told = ("This post was removed.", "The keeper told more of it on Monday.")
    notes = page("Notes", *told).replace("<html>", "<html lang='en'>")
    own = {"title": "What the harbour master said about the bridge", "language": "en"}
    assert said(notes, **own).startswith("soft-404/")
    translated = {"title": "Havenpont blijft nog vijf jaar varen volgens de raad", "language": "en"}
    assert not said(notes, **translated).startswith("soft-404/")


def test_a_page_whose_address_says_404() -> None:
    """The bus of that number, or the page for errors itself, was cited under it."""
    assert said(page("404", "404"), url="https://n.example.org/bus/404") == "alive/ok"


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (SPA, "https://n.example.org/maps/44"),
        (SPA, "https://n.example.org/view/report.pdf"),
    ],
)
def test_programs_that_are_the_same_for_every_name(body: str, url: str) -> None:
    """The frame of a program gives the root as its address, and stands where files are shown."""
    assert said(body, url=url, probe=answer(body, url="https://n.example.org/maps/qqqq")) == "alive/javascript-required"


@pytest.mark.parametrize(
    "body",
    [
        page("Courant", "Without cookies this page cannot be shown. Some content is not available.", tail="<button>OK</button>"),
        page("Wine", "Are you 18? This site is not available to minors.", tail="<button>Yes</button>"),
        page("Harbour", "The site is temporarily unavailable. Work goes on until noon."),
    ],
)  # fmt: skip
def test_doors_that_are_the_same_for_every_name(body: str) -> None:
    """What is the same for all, and speaks of absence in passing, may be a door."""
    assert said(body, probe=answer(body, url="https://n.example.org/a/1234/qqqq.html")) == "drifted/same-for-any-name"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("It works: how the engine was mended", "The engine coughed."),
        ("Account suspended", "Pay your bill in the panel, and it comes back."),
        ("Buy this domain? Think twice", "A short piece on brokers."),
    ],
)
def test_parking_words_on_a_site_with_other_pages(title: str, text: str) -> None:
    """A host that shows something else for another name is neither parked nor suspended."""
    body = page(title, text, heading=title)
    other = answer(page("Welcome", "All the news of the town."), url="https://n.example.org/a/1234/qqqq.html")
    same = answer(body, url="https://n.example.org/a/1234/qqqq.html")
    assert said(body, probe=other) == "alive/ok"
    assert said(body, probe=same).startswith(("usurped/", "soft-404/"))


def test_marks_of_parking_that_are_quoted_or_lead_elsewhere() -> None:
    """A service's script in a text, and the offer of another name, park nothing."""
    quoted = page("Filters", "Block google.com/adsense/domains/caf.js in your filter.", heading="Filters")
    assert said(quoted, probe=None) == "alive/ok"
    offer = '<a href="https://sedo.com/search/details/?domain=%s">x</a>'
    assert said(page("Lamps", LAMP, tail=offer % "ropes.press"), probe=None) == "alive/ok"
    assert said(page("Lamps", LAMP, tail=offer % "example.org"), probe=None) == "usurped/parking-page"


def test_another_language_proves_no_other_owner() -> None:
    """A title in the page's own language cannot be compared with a translated one, and a casino may be in the news."""
    told = (
        "Der Stadtrat beschloss am Donnerstag, die Hafenfähre weitere fünf Jahre zu betreiben. Anwohner des Nordufers "
        "hatten dafür neuntausend Unterschriften gesammelt. Ein neues Schiff kostet nach Angaben der Reederei rund vier "
        "Millionen Euro. Gegner verweisen auf die Brücke, die seit 2016 die meisten Pendler aufnimmt. Laut einer Umfrage "
        "der Universität hat jeder dritte Fahrgast keinen anderen Weg über das Wasser."
    )
    body = page("Die Hafenfähre bleibt erhalten", told)
    about = {"title": "Harbour ferry stays for five years", "language": "en"}
    assert said(body, reading=Reading((told,), language="de"), **about) == "drifted/other-language"
    casino = page("Casino do Estoril fecha portas", "O casino fecha em maio.").replace("<html>", "<html lang='pt'>")
    assert said(casino, language="en") == "drifted/trade-page"


HOME = page("Kade's ferries", "All about ferries, lamps and tar.", heading="Kade's ferries")
SECTION = page("News", tail="<ul>" + "".join(f"<li><a href='/{n}'>Lamp {n}</a>" for n in range(12)) + "</ul>")


@pytest.mark.parametrize(
    ("old", "new", "body", "verdict"),
    [
        ("/wiki/Main_Page", "/", HOME, "moved/"),
        ("/web/guest/home", "/", HOME, "moved/"),
        ("/english/index.htm", "/en/", HOME, "moved/"),
        ("/cms/index.php", "/", HOME, "moved/"),
        ("/index_e.html", "/en/", HOME, "moved/"),
        ("/en/kade-s-ferries", "/", HOME, "soft-404/redirect-to-front-page"),
        ("/en/about-ferries-lamps-and-tar", "/", page("About ferries, lamps and tar", LAMP), "moved/"),
        ("/2014/home", "/", HOME, "soft-404/redirect-to-front-page"),
        ("/lamps/lamps.html", "/lamps/", HOME, "moved/"),
        ("/museum/opening-hours.html", "/museum/", HOME, "drifted/redirect-to-section"),
        ("/museum/opening-hours.html", "/museum/", SECTION, "soft-404/redirect-to-section"),
        ("/tags/lamps", "/search?tag=lamps", HOME, "moved/"),
        ("/dataset?organization=port", "/search?organization=port", HOME, "moved/"),
        ("/stories/lamps", "/search?q=lamps", HOME, "soft-404/redirect-to-search"),
    ],
)
def test_redirects_to_what_was_cited_under_another_name(old: str, new: str, body: str, verdict: str) -> None:
    """A front page by its system's name, a page that its folder took in, a list that became a search are not dead."""
    sent = chain(f"https://n.example.org{old}", f"https://n.example.org{new}", body=body)
    assert said(sent).startswith(verdict)


@pytest.mark.parametrize("folder", ["checkpoint", "identification", "consent"])
def test_gates_that_are_none(folder: str) -> None:
    """A page of the cited title, or one of prose without a password, at an address like a gate's."""
    sent = chain(
        "https://n.example.org/node/44", f"https://n.example.org/{folder}/charlie", body=article("The old gate")
    )
    assert said(sent, title="The old gate") == "moved/redirect-permanent"
    form = page("Log in to see The old gate", tail="<form><input type='password'></form>")
    asked = chain("https://n.example.org/node/44", f"https://n.example.org/{folder}/charlie", body=form)
    assert said(asked, title="The old gate").startswith("walled/")


def test_page_that_sends_the_reader_to_another_site() -> None:
    """By a refresh as by a redirect: perhaps its new home."""
    body = "<html><head><title>K</title><meta http-equiv='refresh' content='0;url=%s'></head><body></body></html>"
    old = "http://n.example.org/~kade/lamps.html"
    assert said(body % "https://kade.example.net/", url=old) == "drifted/redirect-to-other-front-page"
    assert said(body % "/", url=old) == "soft-404/redirect-to-front-page"
    told = page(
        "Thanks",
        "Your vote was counted on 4 May: the ferry stays.",
        head_extra="<meta http-equiv=refresh content='10;url=/'>",
    )
    assert said(told) == "alive/meta-refresh"
    gone = page("Gone", "This page no longer exists.", head_extra="<meta http-equiv=refresh content='10;url=/'>")
    assert said(gone).startswith("soft-404/")


def test_an_ordinary_article_is_ordinary() -> None:
    """None of these signs tells against a page with a text."""
    signs = "<div class='errortext'>File not found</div><script>dataLayer.push({'pageType':'404'})</script>"
    assert said(article(extra=signs)) == "alive/ok"
