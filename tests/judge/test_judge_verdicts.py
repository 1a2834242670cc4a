"""Every verdict and reason, as tables of own pages in six languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citekeeper import judge as room
from citekeeper.judge import judge, missing_fragment, network_is_down, probe_url
from citekeeper.model import (
    BASE_SEVERITY,
    Citation,
    Exchange,
    Expectation,
    Failure,
    FailureKind,
    Reading,
    Severity,
    TlsFault,
    TlsFaultKind,
)
from citekeeper.settings import HostRule

from .judge_build import CITED, answer, article, chain, failed, hop, page

K = FailureKind


def said(exchange: Exchange, citation: Citation | None = None, **more: object) -> str:
    """The verdict as "kind/reason", after checking what every verdict owes people."""
    verdict = judge(exchange, citation, **more)  # type: ignore[arg-type]
    assert verdict.message
    assert verdict.message[-1] in ".!”", verdict.message
    assert verdict.kind.value in ("alive", "unchecked") or verdict.advice
    if verdict.kind.value != "unchecked":
        assert verdict.severity is BASE_SEVERITY[verdict.kind]
    return f"{verdict.kind.value}/{verdict.reason}"


@pytest.mark.parametrize(
    ("exchange", "expected"),
    [
        (failed(K.DNS_NXDOMAIN), "gone/dns-nxdomain"),
        (failed(K.DNS_NXDOMAIN, "https://www.svoboda.org/a/1.html"), "blocked/dns-block"),
        (failed(K.DNS_NXDOMAIN, "https://de.rt.com/a/1"), "blocked/dns-block"),
        (failed(K.PRIVATE_ADDRESS, "https://meduza.io/feature/1"), "blocked/dns-block"),
        (
            failed(K.DNS_NXDOMAIN, CITED, hop(CITED, 301, "", "Location: https://new.example.net/a")),
            "gone/redirect-to-nxdomain",
        ),
        (failed(K.DNS_NXDOMAIN, "https://exa..mple.org/a"), "unchecked/bad-url"),
        (
            failed(K.DNS_NXDOMAIN, CITED, hop(CITED, 301, "", "Location: https://exa..mple.org/a")),
            "failing/bad-redirect",
        ),
        (failed(K.BAD_URL, CITED, hop(CITED, 301, "", "Location: https://new.example/a")), "failing/bad-redirect"),
        (failed(K.DNS_NXDOMAIN, f"https://{'a' * 64}.example.org/a"), "unchecked/bad-url"),
        (failed(K.DNS_NXDOMAIN, f"https://{'abcdefg.' * 32}org/a"), "unchecked/bad-url"),
        (failed(K.DNS_FAILURE), "unreachable/dns-failure"),
        (failed(K.DNS_FAILURE, "https://meduza.io/a"), "unreachable/dns-failure"),
        (failed(K.NO_ROUTE), "unreachable/no-route"),
        (failed(K.CONNECT_REFUSED), "unreachable/connect-refused"),
        (failed(K.CONNECT_TIMEOUT), "unreachable/connect-timeout"),
        (failed(K.TIMEOUT), "unreachable/timeout"),
        (failed(K.RESET), "unreachable/connection-reset"),
        (failed(K.PROXY_UNREACHABLE), "unreachable/proxy-unreachable"),
        (failed(K.PROXY_REFUSED), "unreachable/proxy-refused"),
        (failed(K.EMPTY_REPLY), "failing/empty-reply"),
        (failed(K.TRUNCATED, CITED, hop(CITED, 200, article())), "failing/truncated-body"),
        (failed(K.MALFORMED), "failing/malformed-response"),
        (failed(K.TLS_HANDSHAKE), "failing/tls-handshake"),
        (failed(K.CLIENT_CERTIFICATE), "walled/client-certificate"),
        (failed(K.NOT_ASKED), "throttled/host-asks-to-wait"),
        (failed(K.TOO_MANY_REDIRECTS), "failing/too-many-redirects"),
        (failed(K.REDIRECT_LOOP), "failing/redirect-loop"),
        (failed(K.BAD_REDIRECT), "failing/bad-redirect"),
        (failed(K.HEADERS_TOO_LARGE), "failing/headers-too-large"),
        (failed(K.PRIVATE_ADDRESS), "unchecked/private-address"),
        (failed(K.BAD_URL, "htp:/x"), "unchecked/bad-url"),
        (failed(K.INTERNAL), "unchecked/client-error"),
        (Exchange(CITED), "unreachable/no-answer"),
    ],
)
def test_failures(exchange: Exchange, expected: str) -> None:
    """Each kind of failure has its verdict; a name that law blocks is not gone."""
    assert said(exchange) == expected


def test_every_failure_kind_is_judged() -> None:
    """No failure falls through to "alive"."""
    for kind in FailureKind:
        assert judge(failed(kind)).kind.value not in ("alive", "moved")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, "alive/ok"), (203, "alive/ok"), (204, "alive/ok"), (206, "alive/ok"), (304, "failing/unasked-304"),
        (401, "walled/http-401"), (402, "walled/http-402"), (403, "walled/http-403"), (407, "walled/http-407"),
        (404, "gone/http-404"), (410, "gone/http-410"), (429, "throttled/http-429"), (451, "blocked/http-451"),
        (400, "failing/http-400"), (500, "failing/http-500"), (503, "failing/http-503"), (999, "walled/http-999"),
        (511, "unreachable/captive-portal"), (302, "failing/redirect-without-target"), (777, "failing/unknown-status"),
    ],
)  # fmt: skip
def test_statuses(status: int, expected: str) -> None:
    """A status alone decides where the page adds nothing."""
    body = "" if status in (204, 304) else article()
    assert said(answer(body, status)) == expected


def test_empty_success_is_a_broken_answer() -> None:
    """200 without a byte is failing, be it announced or not; a 204 is not, nor what sends the reader on."""
    assert said(answer("", 200, "Content-Length: 0")) == "failing/empty-page"
    assert said(answer("", 200, "Transfer-Encoding: chunked")) == "failing/empty-page"
    assert said(answer("", 200, "Content-Length: 0", "Refresh: 0; url=/other/page")) == "alive/meta-refresh"


def test_fault_is_that_of_its_host() -> None:
    """The message names the host whose certificate it is, with the name as it is written, and not where it led."""
    there = chain("https://old.example.org/a", "https://news.example.org/a", by=302)
    for kind in TlsFaultKind:
        message = judge(replace(there, tls_fault=TlsFault(kind, "x", None, "old.example.org"))).message
        assert "old.example.org" in message, kind
        assert "news.example.org" not in message, kind


def test_endless_wait_is_told_in_words() -> None:
    """What a server asks for may have no end; the message has one."""
    for asked in (float("inf"), 9e11):
        verdict = judge(replace(answer("", 429), retry_after=asked))
        assert "more than a day" in verdict.message


def test_redirect_in_raw_bytes_fails_under_its_own_name() -> None:
    """A Location in UTF-8 bytes names the host that is gone, not the one that sent the reader there."""
    location = "Location: http://пример.рф/a".encode().decode("latin-1")
    verdict = judge(failed(K.DNS_NXDOMAIN, CITED, hop(CITED, 302, "", location)))
    assert verdict.reason == "redirect-to-nxdomain"
    assert "пример.рф" in verdict.message


@pytest.mark.parametrize("kind", list(TlsFaultKind))
def test_certificate_faults(kind: TlsFaultKind) -> None:
    """Each fault is its own reason, and a 404 behind it is no death."""
    fault = TlsFault(kind, "verify failed", "Some CA")
    assert said(replace(answer(article()), tls_fault=fault)) == f"insecure/{kind.value}"
    assert said(replace(answer("x", 404), tls_fault=fault)) == f"insecure/{kind.value}"


def test_russian_root_is_named() -> None:
    """The Russian Trusted Root CA is named, with the setting that trusts it for one host."""
    fault = TlsFault(TlsFaultKind.UNTRUSTED_ISSUER, "unable to get issuer", "Russian Trusted Sub CA")
    verdict = judge(replace(answer(article()), tls_fault=fault))
    assert "Russian Trusted Root CA" in verdict.message
    assert "ca_file" in verdict.advice


DEEP = "https://news.example.org/politics/a-long-story-12345.html"


@pytest.mark.parametrize(
    ("exchange", "expected"),
    [
        (chain("http://news.example.org/a", "https://news.example.org/a"), "alive/redirect-same-page"),
        (chain("https://example.org/a", "https://www.example.org/a/"), "alive/redirect-same-page"),
        (chain("https://m.example.org/a/b", "https://example.org/a/b?utm_source=x"), "alive/redirect-same-page"),
        (chain(DEEP, "https://news.example.net/politics/a-long-story-12345.html"), "moved/redirect-permanent"),
        (chain(DEEP, "https://news.example.net/x", by=308), "moved/redirect-permanent"),
        (chain(DEEP, "https://news.example.net/x", by=302), "alive/redirect-temporary"),
        (chain(DEEP, "https://news.example.org/"), "soft-404/redirect-to-front-page"),
        (chain(DEEP, "https://news.example.org/index.html", by=302), "soft-404/redirect-to-front-page"),
        (chain(DEEP, "https://www.example.net/en/"), "drifted/redirect-to-other-front-page"),
        (chain(DEEP, "https://news.example.org/politics/"), "soft-404/redirect-to-section"),
        (chain("https://e.org/2022/04/07/my-story-here", "https://e.org/2022/04/07/"), "soft-404/redirect-to-section"),
        (chain("https://e.org/story/12345/a-fine-slug-x", "https://e.org/story/12345"), "moved/redirect-permanent"),
        (chain("https://e.org/about", "https://e.org/"), "moved/redirect-permanent"),
        (chain("https://e.org/blog", "https://blog.e.org/"), "moved/redirect-permanent"),
        (chain("https://bit.ly/3xyz123", "https://e.org/"), "moved/redirect-permanent"),
        (chain("https://doi.org/10.1000/182", "https://publisher.example/a/182"), "alive/persistent-identifier"),
        (chain(DEEP, "https://news.example.org/404.html"), "soft-404/redirect-to-not-found"),
        (chain(DEEP, "https://news.example.org/page-not-found", by=302), "soft-404/redirect-to-not-found"),
        (chain(DEEP, "https://news.example.org/error?code=404", by=302), "soft-404/redirect-to-not-found"),
        (chain(DEEP, "https://news.example.org/x", status=404), "gone/http-404"),
        (chain(DEEP, "https://news.example.org/login?next=/a", by=302), "walled/login-required"),
        (chain(DEEP, "https://accounts.google.com/v3/x", by=302), "walled/login-required"),
        (chain(DEEP, "https://consent.example.org/?u=x", by=302), "walled/consent-wall"),
        (chain(DEEP, "http://warning.rt.ru/?id=1", by=302), "blocked/censor-redirect"),
        (chain(DEEP, "https://vk.com/blank.php?rkn=123", by=302), "blocked/censor-redirect"),
        (failed(K.TIMEOUT, DEEP, hop(DEEP, 302, "", "Location: http://fz139.ttk.ru/?x")), "blocked/censor-redirect"),
        (chain(DEEP, "https://www.hugedomains.com/domain_profile.cfm?d=x"), "usurped/domain-for-sale"),
        (chain("http://e.org/a", "http://ww25.e.org/a?x=1", by=302), "usurped/parking-page"),
        (chain("http://e.org/a/b", "http://e.org/lander", by=302), "usurped/parking-page"),
        (chain("https://www.bloomberg.com/a/b-c-d", "https://www.bloomberg.com/tosv2.html?url=L25ld3MvYQ=="), "walled/bloomberg-robot-wall"),  # noqa: E501
        (chain("https://vk.com/wall-1_2", "https://vk.com/challenge.html?hash=1", by=302), "walled/vk-challenge"),
        (chain("https://vk.com/wall-1_2", "https://vk.com/badbrowser.php", by=302), "walled/vk-challenge"),
        (chain("https://ya.ru/a/b", "https://ya.ru/showcaptcha?x=1", by=302), "walled/yandex-smartcaptcha"),
    ],
)  # fmt: skip
def test_redirects(exchange: Exchange, expected: str) -> None:
    """Where a chain ends decides whether it is a move, no matter, a loss, or a wall."""
    assert said(exchange) == expected


def test_moved_names_the_new_address_with_the_fragment() -> None:
    """A move says what to cite, and the fragment comes along."""
    verdict = judge(chain(DEEP + "#p3", "https://new.example.net/x"))
    assert verdict.canonical_url == "https://new.example.net/x#p3"


def test_bloomberg_wall_names_the_article() -> None:
    """The path hidden in Bloomberg's wall is decoded."""
    verdict = judge(
        answer(page("Bloomberg - Are you a robot?"), url="https://www.bloomberg.com/tosv2.html?url=L25ld3MvYQ==")
    )
    assert verdict.canonical_url == "https://www.bloomberg.com/news/a"


def test_bloomberg_wall_is_named_before_the_vendor_behind_it() -> None:
    """Bloomberg's wall is Bloomberg's, though it carries PerimeterX's script."""
    body = page("Bloomberg - Are you a robot?", tail="<div id=px-captcha></div>")
    assert (
        said(answer(body, url="https://www.bloomberg.com/tosv2.html?url=L25ld3MvYQ==")) == "walled/bloomberg-robot-wall"
    )


def test_permanent_redirect_to_another_page_is_drift() -> None:
    """A permanent redirect to a page with quite another title is no move."""
    citation = Citation("fn1", title="Parliament votes about sanctions against steel imports")
    exchange = chain(DEEP, "https://news.example.net/x", body=article("Ten recipes with pumpkin"))
    assert said(exchange, citation) == "drifted/redirect-to-other-page"


def test_front_page_that_bears_the_cited_title_is_alive() -> None:
    """A page that became a whole site is not lost."""
    citation = Citation("fn1", title="The river rose in spring")
    assert said(chain(DEEP, "https://river.example.net/"), citation) == "moved/redirect-permanent"


NOT_FOUND = [
    ("404 Not Found", "Not Found", "en"),
    ("Page not found – The Example Times", "Oops! That page can’t be found.", "en"),
    ("Страница не найдена | Новости", "Ошибка 404", "ru"),
    ("Сторінку не знайдено — Вісник", "Сторінку не знайдено", "uk"),
    ("Pagina niet gevonden - De Krant", "Deze pagina bestaat niet", "nl"),
    ("Seite nicht gefunden | Zeitung", "Fehler 404: Seite nicht gefunden", "de"),
    ("Page introuvable - Le Journal", "Erreur 404 : page introuvable", "fr"),
]


@pytest.mark.parametrize(("title", "heading", "_language"), NOT_FOUND)
def test_soft_404_in_six_languages(title: str, heading: str, _language: str) -> None:
    """Title, heading and nothing else: not found in the guise of success."""
    assert said(answer(page(title, "Try the search.", heading=heading))) == "soft-404/title-not-found"


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r"])
@pytest.mark.parametrize("labelled", [True, False])
def test_soft_404_in_russian_bytes(encoding: str, labelled: bool) -> None:
    """Old Russian encodings are read, with and without a label."""
    body = page(
        "Страница не найдена", "Такой страницы на нашем сайте больше нет", heading="Страница не найдена"
    ).encode(encoding)
    label = f"Content-Type: text/html; charset={encoding}" if labelled else "Content-Type: text/html"
    assert said(answer(body, 200, label)) == "soft-404/title-not-found"


def test_probe_decides_a_long_not_found_page() -> None:
    """A long page with a not-found title: dead when a name that cannot exist gets the same, doubtful when not asked."""
    long = [f"Popular story number {n}: what happened in the region this week and what it means." for n in range(30)]
    exchange = answer(page("Page not found", *long))
    probe = probe_url(exchange, name="q" * 20)
    assert probe is not None
    assert probe.startswith("https://news.example.org/2022/04/07/")
    assert probe.endswith(".html")
    assert said(exchange) == "alive/not-found-wording"
    assert said(exchange, probe=replace(exchange, url=probe)) == "soft-404/title-not-found"
    assert said(exchange, probe=answer("gone", 404, url=probe)) == "alive/not-found-wording"


def test_probe_for_shallow_front_page_redirect() -> None:
    """A shallow address thrown to the front page is dead only if an impossible name ends there too."""
    exchange = chain("https://e.org/contact", "https://e.org/")
    assert probe_url(exchange, name="q" * 20) is not None
    other = chain("https://e.org/qwxyz", "https://e.org/")
    assert said(exchange, probe=other) == "soft-404/redirect-to-front-page"


def test_probe_for_a_file_that_became_a_page() -> None:
    """A PDF that answers as a web page is dead where any name gets that page."""
    url = "https://e.org/files/report.pdf"
    exchange = answer(article("Welcome to our ministry"), url=url)
    assert said(exchange) == "alive/page-instead-of-file"
    probe = probe_url(exchange, name="q" * 20)
    assert probe is not None
    assert probe.endswith(".pdf")
    same = answer(article("Welcome to our ministry"), url=probe)
    assert said(exchange, probe=same) == "soft-404/page-instead-of-file"


def test_no_probe_of_ordinary_pages() -> None:
    """A living article costs no second request, nor does a page whose verdict is certain."""
    assert probe_url(answer(article()), name="q" * 20) is None
    assert probe_url(answer("x", 404), name="q" * 20) is None
    assert probe_url(chain(DEEP, "https://news.example.org/"), name="q" * 20) is None
    assert probe_url(failed(K.TIMEOUT), name="q" * 20) is None


@pytest.mark.parametrize(
    "body",
    [
        article("How to design a good 404 page", "<p>A page that says “page not found” needs a search box.</p>"),
        article("Page not found: the history of error 404"),
        article("The photograph has been removed"),
        page("Search results for “xyzzy”", "Nothing found.", heading="Nothing found"),
        page("Zoekresultaten", "Er zijn geen resultaten."),
        article("This domain is for sale: how the trade in names works", "<p>Buy this domain, they say.</p>"),
        article("How Cloudflare's challenge works", "<pre>window._cf_chl_opt = {}</pre><p>Just a moment...</p>"),
        article("Что такое реестр", "<p>Надпись «Доступ к запрашиваемому ресурсу закрыт» и eais.rkn.gov.ru.</p>"),
        article("Login systems compared") + "<form><input type=password></form>",
        page("Highway 404", "The road runs north of the city."),
        article("Casino", "<script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script>"),
        article("Streaming abroad", "<p>The film is not available in your country, viewers read.</p>"),
        article("Comments", "<div class='g-recaptcha' data-sitekey='x'></div>"),
        article("Noscript", "<noscript>Please enable JavaScript.</noscript><script>1</script>"),
    ],
)
def test_living_pages_that_look_suspicious(body: str) -> None:
    """What people write about dead pages, walls and domain trade is alive."""
    assert said(answer(body)) in ("alive/ok", "alive/not-found-wording")


def test_missing_page_cited_as_such_is_alive() -> None:
    """An error page that was cited as one is what was cited."""
    body = page("404 Not Found", "Nothing.", heading="Not Found")
    assert said(answer(body), Citation("a", title="404 Not Found")) == "alive/ok"


VENDORS = [
    ("cloudflare-challenge", 403, page("Just a moment...", tail="<script>window._cf_chl_opt={}</script>"), ()),
    ("cloudflare-challenge", 200, page("Just a moment...", tail="<script>window._cf_chl_opt={}</script>"), ()),
    ("cloudflare-challenge", 403, "", ("cf-mitigated: challenge",)),
    ("cloudflare-denied", 403, page("Attention Required! | Cloudflare", "error code: 1020", heading="Sorry, you have been blocked"), ()),  # noqa: E501
    ("ddos-guard-challenge", 403, page("DDoS-Guard", "Checking your browser"), ("Server: ddos-guard",)),
    ("qrator-challenge", 401, page("", tail="<script src=/__qrator/qauth_utm_v2.js></script>"), ("Server: QRATOR",)),
    ("akamai-denied", 403, page("Access Denied", "Reference #18.2d351ab8.1557333295.a4e16ab"), ("Server: AkamaiGHost",)),  # noqa: E501
    ("imperva-challenge", 200, "<html><iframe src='/_Incapsula_Resource?x=1'>Request unsuccessful. Incapsula incident ID: 1</iframe></html>", ()),  # noqa: E501
    ("perimeterx-challenge", 403, page("Access to this page has been denied", tail="<div id=px-captcha></div>"), ()),
    ("datadome-challenge", 403, "<html><script src='https://ct.captcha-delivery.com/c.js'></script></html>", ()),
    ("sucuri-challenge", 200, page("You are being redirected...", tail="<script>sucuri_cloudproxy_js=''</script>"), ()),
    ("anubis-challenge", 200, page("Making sure you're not a bot!", tail="<script id=anubis_challenge></script>"), ()),
    ("aws-waf-challenge", 202, "", ("x-amzn-waf-action: challenge",)),
    ("yandex-smartcaptcha", 200, page("Вы не робот?", tail="<form action='/checkcaptcha'></form>"), ()),
    ("google-captcha", 429, page("https://e.org/", tail="<form id=\"captcha-form\"></form>"), ()),
    ("reddit-denied", 403, page("Blocked", "You've been blocked by network security."), ()),
    ("vercel-challenge", 429, page("Vercel Security Checkpoint"), ("x-vercel-mitigated: challenge",)),
    ("servicepipe-challenge", 403, page("", tail="<script src=https://servicepipe.ru/x.js></script>"), ()),
    ("f5-denied", 200, page("Request Rejected", "The requested URL was rejected. Please consult with your administrator."), ()),  # noqa: E501
    ("wordfence-denied", 503, page("Your access to this site has been limited", "Generated by Wordfence"), ()),
    ("kasada-challenge", 429, "<html><script>window.KPSDK={}</script></html>", ()),
    ("radware-challenge", 200, page("Radware Bot Manager Captcha", tail="<script src=//captcha.perfdrive.com/x></script>"), ()),  # noqa: E501
    ("captcha-page", 200, page("Are you a robot?", tail="<div class='g-recaptcha'></div>"), ()),
    ("captcha-page", 403, page("Shop", tail="<div class='h-captcha'></div>"), ()),
    ("login-required", 200, page("Log in | Forum", tail="<form><input type=password></form>"), ()),
    ("paywall", 200, article(extra='<script type="application/ld+json">{"isAccessibleForFree": false}</script>'), ()),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "status", "body", "headers"), VENDORS)
def test_walls_by_vendor(reason: str, status: int, body: str, headers: tuple[str, ...]) -> None:
    """Each vendor's wall is named, whatever its status."""
    assert said(answer(body, status, *headers)) == f"walled/{reason}"


def test_cloudflare_codes_of_other_verdicts() -> None:
    """Error 1015 is a rate limit, and 1009 a block by place."""
    assert said(answer(page("x", "error code: 1015"), 429)) == "throttled/cloudflare-rate-limit"
    assert said(answer("", 403, "X-RateLimit-Remaining: 0")) == "throttled/http-403"
    assert said(answer("", 403, "X-RateLimit-Remaining: 10")) == "walled/http-403"
    assert said(answer(page("x", "error code: 1009"), 403)) == "blocked/cloudflare-geo-block"


def test_paywall_is_no_wall_where_every_quote_can_be_read() -> None:
    """A page that calls itself paid but shows what was quoted is alive."""
    body = article(extra='<script type="application/ld+json">{"isAccessibleForFree": false}</script>')
    citation = Citation("a", quotes=("the water stood higher",))
    reading = Reading(("In town the water stood higher than ever.",))
    assert said(answer(body), citation, reading=reading) == "alive/ok"


BLOCKS = [
    page("Доступ ограничен", "Доступ к сайту ограничен в соответствии с Федеральными законами."),
    page("Доступ запрещён", "Доступ к запрашиваемому ресурсу закрыт."),
    page("Заблокировано", "Реестр: http://eais.rkn.gov.ru/"),
    page("Geblokkeerd", "Toegang tot deze website is geblokkeerd."),
]


@pytest.mark.parametrize("body", BLOCKS)
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
@pytest.mark.parametrize("status", [200, 403])
def test_censor_pages(body: str, encoding: str, status: int) -> None:
    """A censor's page is recognised in either encoding and with either status."""
    assert (
        said(answer(body.encode(encoding), status, f"Content-Type: text/html; charset={encoding}"))
        == "blocked/censor-page"
    )


def test_news_that_quotes_a_censor_is_no_block() -> None:
    """Who says the formula only within quotes, with a text around it, reports of a block; the bare formula is one."""
    told = [
        "При попытке открыть сайт читатели видят надпись «Доступ к сайту ограничен в соответствии с Федеральными "
        "законами». Редакция намерена обжаловать решение в суде, сообщил главный редактор.",
        "История началась зимой, когда двое служащих небольшого города заметили, что из папок исчезли письма.",
        "Они написали в министерство, которое через четыре месяца ответило, что о письмах ничего не известно.",
    ]
    title = "Сайт закрыт: «Доступ к ресурсу ограничен»"
    assert said(answer(page(title, *told, heading=title))) == "alive/ok"
    bare = [told[0].replace("«", "").replace("»", ""), *told[1:]]
    assert said(answer(page("Ограничение", *bare))) == "blocked/censor-page"


@pytest.mark.parametrize(
    "text", ["This content is not available in your country.", "Страница недоступна в вашей стране."]
)
def test_geo_blocks(text: str) -> None:
    """A page withheld by place is blocked."""
    assert said(answer(page("Unavailable", text))) == "blocked/geo-block"


PARKED = [
    ("domain-for-sale", page("news.example.org is for sale", "This domain is for sale! Buy this domain now.")),
    ("domain-for-sale", page("Домен продается", "Этот домен продаётся.")),
    ("domain-for-sale", page("news.example.org", "Dit domein is te koop.")),
    ("domain-for-sale", page("Zu verkaufen", "Diese Domain steht zum Verkauf.")),
    ("domain-for-sale", page("À vendre", "Ce domaine est à vendre.")),
    ("parking-page", "<html data-adblockkey='x'><body><script src='https://www.google.com/adsense/domains/caf.js'></script></body></html>"),
    ("parking-page", page("Домен припаркован", "Домен припаркован", heading="Домен припаркован")),
    ("parking-page", page("Domain parking page", "This domain is parked free of charge.")),
    ("parking-page", "<html><script>window.location.href = '/lander'</script></html>"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "body"), PARKED)
def test_parked_domains(reason: str, body: str) -> None:
    """Parking, for-sale and registrars' pages are usurpers, behind a broken certificate too."""
    assert said(answer(body)) == f"usurped/{reason}"
    behind = replace(answer(body), tls_fault=TlsFault(TlsFaultKind.WRONG_HOST, "other name"))
    assert said(behind) == f"usurped/{reason}"


def test_taken_over_by_gamblers() -> None:
    """A casino under every name is a usurper, one page of it a doubt; without a cited title nobody can tell."""
    exchange = answer(article("Situs slot gacor online 2026"))
    cited = Citation("a", title="Parliament votes about sanctions")
    assert said(exchange, cited, probe=answer(exchange.hops[-1].body)) == "usurped/taken-over"
    assert said(exchange, cited).startswith("drifted/")
    assert said(exchange) == "alive/ok"


def test_other_content_needs_title_language_and_text() -> None:
    """Another language and an unrelated title and text: another site. A translated title alone is not."""
    words = " ".join(f"слово{n} рассказ{n}" for n in range(60))
    now = Reading((words,), language="ru")
    citation = Citation("a", title="Parliament votes about sanctions", language="en")
    assert said(answer(article("Wonderful pumpkin recipes")), citation, reading=now) == "usurped/other-content"
    assert said(answer(article("Рецепты из тыквы")), citation, reading=now) == "alive/ok"


def test_drift_from_the_last_capture() -> None:
    """A text that has next to nothing in common with the last capture has drifted."""
    then = Reading((" ".join(f"river{n} water" for n in range(80)),), language="en", title="Old")
    now = Reading((" ".join(f"pumpkin{n} soup" for n in range(80)),), language="en")
    assert said(answer(article("New")), baseline=then, reading=now) == "drifted/content-differs"
    assert said(answer(article("New")), baseline=then, reading=then) == "alive/ok"


SHELL = "<html><head><title>X</title></head><body><div id='react-root'></div><noscript>JavaScript is not available.</noscript><script src=a.js></script></body></html>"  # noqa: E501
TELEGRAM = "<html><body><div class='tgme_page'>{}</div></body></html>"


@pytest.mark.parametrize(
    ("url", "body", "expected"),
    [
        ("https://twitter.com/someone/status/1", SHELL, "walled/javascript-required"),
        ("https://x.com/someone/status/1", SHELL, "walled/javascript-required"),
        ("https://www.instagram.com/p/abc/", SHELL, "walled/javascript-required"),
        ("https://app.example.org/a/b", SHELL, "alive/javascript-required"),
        ("https://t.me/channel/12", TELEGRAM.format("<div class='tgme_page_title'>C</div>"), "alive/telegram-post-unseen"),  # noqa: E501
        ("https://t.me/channel", TELEGRAM.format("<div class='tgme_page_title'>C</div>"), "alive/ok"),
        ("https://t.me/nosuch", TELEGRAM.format("<a>Contact</a>"), "soft-404/telegram-no-channel"),
        ("https://t.me/c/12?embed=1", "<html><div class='tgme_widget_message_error'>Post not found</div></html>", "soft-404/telegram-post-missing"),  # noqa: E501
        ("https://t.me/s/channel/12", "<html><div class='tgme_widget_message_text'>Text</div></html>", "alive/ok"),
        ("https://www.youtube.com/watch?v=a", '<html><script>{"playabilityStatus":{"status":"ERROR"}}</script></html>', "soft-404/video-unavailable"),  # noqa: E501
        ("https://www.youtube.com/watch?v=a", '<html><script>{"playabilityStatus":{"status":"LOGIN_REQUIRED"}}</script></html>', "walled/login-required"),  # noqa: E501
        ("https://www.youtube.com/watch?v=a", '<html><script>{"playabilityStatus":{"status":"UNPLAYABLE","reason":"country"}}</script></html>', "blocked/geo-block"),  # noqa: E501
        ("https://vk.com/wall-1_2", page("Ошибка | ВКонтакте", "Запись не найдена", heading="Запись не найдена"), "soft-404/vk-missing"),  # noqa: E501
        ("https://e.org/a/b-c-d", "<html><meta http-equiv=refresh content='0; url=/'></html>", "soft-404/redirect-to-front-page"),  # noqa: E501
        ("https://e.org/a/b-c-d", "<html><meta http-equiv=refresh content='0; url=/new/b'></html>", "alive/meta-refresh"),  # noqa: E501
        ("https://www.facebook.com/a/posts/1", page("Facebook", "This content isn't available right now. " * 12, heading="This content isn't available right now"), "walled/facebook-unavailable"),  # noqa: E501
    ],
)  # fmt: skip
def test_sites_with_manners_of_their_own(url: str, body: str, expected: str) -> None:
    """Telegram, X, YouTube, VK, Instagram, Facebook, and pages that need scripts or send the reader on."""
    assert said(answer(body, url=url)) == expected


def test_refresh_in_a_header_is_one_in_a_page() -> None:
    """A header sends the reader on as an element does, home or elsewhere, and not from a page with text."""
    url = "https://e.org/a/b-c-d"
    for header, expected in [
        ("Refresh: 0; url=/", "soft-404/redirect-to-front-page"),
        ("Refresh: 2;URL='/404.html'", "soft-404/redirect-to-not-found"),
        ("Refresh: 0; url=/New/b", "alive/meta-refresh"), ("Refresh: 1800", "alive/ok"),
    ]:  # fmt: skip
        assert said(answer("<html><title>x</title></html>", 200, header, url=url)) == expected
        assert said(answer(article(), 200, header, url=url)) == "alive/ok"


def test_refresh_goes_from_the_base_of_the_page() -> None:
    """Where a page names a base, that is what its addresses are resolved against."""
    body = "<html><base href='/new/'><meta http-equiv=refresh content='0; url=b.html'></html>"
    assert judge(answer(body, url="https://e.org/a/b-c-d")).canonical_url == "https://e.org/new/b.html"


def test_people_decide_otherwise() -> None:
    """Accepted statuses are alive, ignored sources unchecked: by citation or by host."""
    assert said(answer("x", 403), Citation("a", expectation=Expectation(accept=(403,)))) == "alive/accepted-status"
    assert said(answer("x", 403), rule=HostRule(accept=[403])) == "alive/accepted-status"
    assert said(answer("x", 404), Citation("a", expectation=Expectation(ignore=True))) == "unchecked/ignored"
    assert said(answer("x", 404), rule=HostRule(ignore=True)) == "unchecked/ignored"


def test_network_is_down() -> None:
    """Down only when nobody gave a byte and nothing but resolver, route or proxy failed."""
    away = [failed(K.DNS_FAILURE), failed(K.NO_ROUTE), failed(K.PROXY_UNREACHABLE)]
    assert network_is_down(away)
    assert network_is_down([*away, failed(K.BAD_URL)])
    assert not network_is_down([*away, failed(K.CONNECT_REFUSED)])
    assert not network_is_down([*away, failed(K.DNS_NXDOMAIN)])
    assert not network_is_down([*away, answer("x", 500)])
    assert not network_is_down([])
    assert not network_is_down([failed(K.BAD_URL)])


def test_missing_fragments() -> None:
    """An id or a text that a page no longer holds is told; what nobody can tell is not."""
    body = page("T", "The water rose in spring.", tail="<p id=here>x</p><a name='%D1%8F'></a>")
    for fragment, lost in [
        ("here", None), ("gone", "#gone"), ("top", None), ("!/route", None), (":~:text=water%20rose,spring", None),
        (":~:text=pumpkin%20soup", "#:~:text=pumpkin soup"), ("page=3", None),
    ]:  # fmt: skip
        assert missing_fragment(answer(body, url=f"https://e.org/a#{fragment}")) == lost


def test_messages_hide_credentials() -> None:
    """No verdict repeats a password from an address."""
    url = "https://me:secret@example.org/a/b"
    for exchange in (failed(K.BAD_URL, url), failed(K.TIMEOUT, url), chain(url, "https://you:hidden@e.org/x/y")):
        verdict = judge(exchange)
        assert "secret" not in verdict.message + verdict.advice
        assert "hidden" not in verdict.message + verdict.advice


def test_table_is_ordered_and_named() -> None:
    """The table is a literal of named rules, each once."""
    names = [f"{rule.__module__}.{rule.__name__}" for rule, _ in room.TABLE]
    assert len(set(names)) == len(names) > 30


def test_private_address_warns() -> None:
    """A private address is unchecked, but a warning."""
    assert judge(failed(K.PRIVATE_ADDRESS)).severity is Severity.WARNING


def test_redirects_are_no_attempts() -> None:
    """How often a source was tried does not count the redirects on the way, and a failure says its sentence once."""
    way = [hop(f"https://e.org/{n}", 301, "", f"Location: /{n + 1}") for n in range(3)]
    refused = Failure(K.CONNECT_REFUSED, "e.org refused the connection.")
    exchange = Exchange("https://e.org/0", hops=tuple(way), failure=refused, attempts=5)
    assert judge(exchange).message == "e.org refused the connection. Tried 2 times."
    loop = Exchange("https://e.org/0", hops=tuple(way), failure=Failure(K.TOO_MANY_REDIRECTS, ""), attempts=11)
    assert "Tried" not in judge(loop).message
