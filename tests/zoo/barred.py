"""Sources that are there but bar this reader, and sources of which nothing can be said today."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import base64
from urllib.parse import quote

from citekeeper.model import Expectation
from citekeeper.sandbox import Response, World

from .pages import Site, host_of, html, redirects
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
barred = ZOO.adder(Truth.BARRED)
troubled = ZOO.adder(Truth.TROUBLED)
GAZETTE = Site("The Quay Gazette", "en")
VESTNIK = Site("Северный вестник", "ru")
_P = "/2022/04/07/harbour-wall"

# ── vendors ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_CF = '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head><body><div class="main-wrapper"><h1>%s</h1><noscript>Enable JavaScript and cookies to continue</noscript></div><script>(function(){window._cf_chl_opt={cvId:"3",cType:"managed"};var a=document.createElement("script");a.src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1";})();</script></body></html>'
barred(
    "cloudflare-challenge",
    f"https://wall1.press{_P}",
    html(_CF % "wall1.press", 403, cf_mitigated="challenge", Server="cloudflare"),
    "walled/cloudflare-challenge",
)
barred("cloudflare-challenge-200", f"https://wall2.press{_P}", html(_CF % "wall2.press"), "walled/cloudflare-challenge")
barred(
    "cloudflare-challenge-503",
    f"https://wall3.press{_P}",
    html(_CF % "wall3.press", 503, Server="cloudflare"),
    "walled/cloudflare-challenge",
)
barred(
    "cloudflare-1020",
    f"https://wall4.press{_P}",
    html(
        '<html><head><title>Access denied | wall4.press used Cloudflare to restrict access</title></head><body><h1>Error <span>1020</span></h1><span class="cf-error-code">1020</span><p>Access denied. This website is using a security service to protect itself.</p></body></html>',
        403,
        Server="cloudflare",
    ),
    "walled/cloudflare-denied",
)
barred(
    "cloudflare-1015",
    f"https://wall5.press{_P}",
    html(
        "<html><head><title>Access denied | Rate limited</title></head><body><h1>Error 1015</h1><p>You are being rate limited.</p></body></html>",
        429,
        Server="cloudflare",
        Retry_After="600",
    ),
    "throttled/cloudflare-rate-limit",
    "throttled",
)
barred(
    "cloudflare-1009",
    f"https://wall6.press{_P}",
    html(
        "<html><head><title>Access denied</title></head><body><h1>Error 1009</h1><p>The owner of this website has banned the country or region your IP address is in.</p></body></html>",
        403,
        Server="cloudflare",
    ),
    "blocked/cloudflare-geo-block",
)
barred(
    "ddos-guard",
    f"https://wall7.press{_P}",
    html(
        '<!DOCTYPE html><html><head><title>DDOS-GUARD</title><script src="/.well-known/ddos-guard/js-challenge/index.js"></script></head><body>Checking your browser before accessing</body></html>',
        403,
        Server="ddos-guard",
    ),
    "walled/ddos-guard-challenge",
)
barred(
    "qrator",
    f"https://wall8.press{_P}",
    html(
        '<html><head><script src="/__qrator/qauth_utm_v2d.js"></script></head><body></body></html>',
        401,
        Server="QRATOR",
    ),
    "walled/qrator-challenge",
)
barred(
    "akamai",
    f"https://wall9.press{_P}",
    html(
        "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access this server.<P>Reference&#32;&#35;18&#46;2c8f1302&#46;1650&#46;1a2b3c</BODY></HTML>",
        403,
        Server="AkamaiGHost",
    ),
    "walled/akamai-denied",
)
barred(
    "imperva-200",
    f"https://wall10.press{_P}",
    html(
        '<html><head><META NAME="robots" CONTENT="noindex,nofollow"><script src="/_Incapsula_Resource?SWJIYLWA=71"></script></head><body></body></html>'
    ),
    "walled/imperva-challenge",
)
barred(
    "perimeterx",
    f"https://wall11.press{_P}",
    html(
        '<html><head><title>Access to this page has been denied.</title></head><body><div id="px-captcha"></div><script src="https://captcha.px-cdn.net/PX/captcha.js"></script></body></html>',
        403,
    ),
    "walled/perimeterx-challenge",
)
barred(
    "datadome",
    f"https://wall12.press{_P}",
    html(
        '<html><head><title>wall12.press</title></head><body><script>var dd={"rt":"c","host":"geo.captcha-delivery.com"}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>',
        403,
        X_DD_B="1",
    ),
    "walled/datadome-challenge",
)
barred(
    "sucuri",
    f"https://wall13.press{_P}",
    html(
        "<html><title>You are being redirected...</title><noscript>Javascript is required.</noscript><script>var s={},u,c;sucuri_cloudproxy_js='';</script></html>"
    ),
    "walled/sucuri-challenge",
)
barred(
    "anubis",
    f"https://wall14.press{_P}",
    html(
        '<!doctype html><html><head><title>Making sure you&#39;re not a bot!</title><link rel="stylesheet" href="/.within.website/x/xess/xess.css"></head><body><h1>Making sure you&#39;re not a bot!</h1><script id="anubis_challenge" type="application/json">{}</script></body></html>'
    ),
    "walled/anubis-challenge",
)
barred(
    "aws-waf",
    f"https://wall15.press{_P}",
    html(
        '<html><head><script>window.gokuProps={"key":"x"};</script><script src="https://abc.token.awswaf.com/abc/challenge.js"></script></head><body><div id="challenge-container"></div></body></html>',
        202,
        x_amzn_waf_action="challenge",
    ),
    "walled/aws-waf-challenge",
)
barred(
    "smartcaptcha",
    f"https://wall16.press{_P}",
    redirects(
        "https://wall16.press/showcaptcha?cc=1&retpath=x",
        status=302,
        end='<html><head><meta charset="utf-8"><title>Вы не робот?</title></head><body><form action="/checkcaptcha"><span>Подтвердите, что запросы отправляли вы, а не робот</span></form><a>SmartCaptcha by Yandex Cloud</a></body></html>',
    ),
    "walled/yandex-smartcaptcha",
)
barred(
    "vk-429",
    "https://vk.com/wall-1_1",
    redirects(
        "https://vk.com/429.html?redirect429=1",
        status=302,
        end="<html><head><title>Ошибка 429</title></head><body>Ошибка 429</body></html>",
    ),
    "walled/vk-challenge",
)
barred(
    "vk-badbrowser",
    "https://vk.com/wall-1_2",
    redirects(
        "https://vk.com/badbrowser.php",
        status=302,
        end="<html><head><title>ВКонтакте</title></head><body>Ваш браузер устарел</body></html>",
    ),
    "walled/vk-challenge",
)
_BLOOMBERG = (
    "https://www.bloomberg.com/tosv2.html?vid=&uuid=1&url=" + base64.b64encode(b"/news/articles/2022-04-29/x").decode()
)
barred(
    "bloomberg",
    "https://www.bloomberg.com/news/articles/2022-04-29/x",
    redirects(
        _BLOOMBERG,
        status=307,
        end="<html><head><title>Bloomberg - Are you a robot?</title></head><body><h1>Bloomberg</h1><p>We've detected unusual activity from your computer network</p></body></html>",
    ),
    "walled/bloomberg-robot-wall",
)
barred(
    "linkedin",
    "https://www.linkedin.com/in/ivan",
    html("<html><script>window.location.href='https://www.linkedin.com/authwall'</script></html>", 999),
    "walled/http-999",
)
barred(
    "google-sorry",
    "https://scholar.google.com/scholar?q=wall",
    redirects(
        "https://www.google.com/sorry/index?continue=x",
        status=302,
        end='<html><body><form id="captcha-form" action="index"></form>Our systems have detected unusual traffic</body></html>',
    ),
    "walled/google-captcha",
)
barred(
    "reddit",
    "https://www.reddit.com/r/harbour/comments/1",
    html("<html><body>You've been blocked by network security.</body></html>", 403),
    "walled/reddit-denied",
)
barred(
    "vercel",
    f"https://wall17.press{_P}",
    html(
        "<html><head><title>Vercel Security Checkpoint</title></head><body>We're verifying your browser</body></html>",
        403,
    ),
    "walled/vercel-challenge",
)
barred(
    "kasada",
    f"https://wall18.press{_P}",
    html("<html><body><script>window.KPSDK={};KPSDK.now=1</script></body></html>", 429, x_kpsdk_ct="a"),
    "walled/kasada-challenge",
)
barred(
    "radware",
    f"https://wall19.press{_P}",
    redirects(
        "https://validate.perfdrive.com/abc/captcha?ssa=1",
        status=302,
        end="<html><head><title>Radware Bot Manager Captcha</title></head><body></body></html>",
    ),
    "walled/radware-challenge",
)
barred(
    "servicepipe",
    f"https://wall20.press{_P}",
    html(
        '<html><body><div id="id_captcha_frame_div"></div><script src="https://x.servicepipe.ru/a.js"></script></body></html>'
    ),
    "walled/servicepipe-challenge",
)
barred(
    "f5",
    f"https://wall21.press{_P}",
    html(
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 123</body></html>"
    ),
    "walled/f5-denied",
)
barred(
    "wordfence",
    f"https://wall22.press{_P}",
    html(
        "<html><head><title>Your access to this site has been limited</title></head><body><h1>Your access to this site has been limited by the site owner</h1><p>Generated by Wordfence</p></body></html>",
        503,
    ),
    "walled/wordfence-denied",
)
barred(
    "some-captcha",
    f"https://wall23.press{_P}",
    html(
        '<html><head><title>Are you a robot?</title></head><body><form method="post"><div class="h-captcha" data-sitekey="x"></div></form></body></html>'
    ),
    "walled/captcha-page",
)

# ── logins, consent, paywalls, statuses ─────────────────────────────────────────────────────────────────────────────

_LOGIN = "<html><head><title>Sign in</title></head><body><form><input name=u><input type=password name=p></form></body></html>"


def _protected_tweet(world: World, url: str) -> None:
    world.page(
        url,
        '<html><body><noscript><p>JavaScript is not available.</p></noscript><div id="react-root"></div><script src="/main.js"></script></body></html>',
    )
    world.stage(
        "https://publish.twitter.com/oembed?omit_script=1&dnt=1&url=" + quote(url, safe=""), Response.json({}, 403)
    )


barred(
    "login-redirect",
    f"https://login1.press{_P}",
    redirects(f"https://login1.press/login?next={_P}", status=302, end=_LOGIN),
    "walled/login-required",
)
barred(
    "login-sso-host",
    f"https://login2.press{_P}",
    redirects("https://sso.login2.press/auth?r=x", status=302, end=_LOGIN),
    "walled/login-required",
)
barred("login-in-place", f"https://login3.press{_P}", html(_LOGIN), "walled/login-required")
barred(
    "login-in-place-nl",
    f"https://login4.press{_P}",
    html(
        "<html><head><title>Inloggen | Mijn omgeving</title></head><body><h1>Inloggen</h1><form><input type=password></form></body></html>"
    ),
    "walled/login-required",
)
barred("twitter-post", "https://twitter.com/harbour/status/1", _protected_tweet, "walled")
barred(
    "instagram-post",
    "https://www.instagram.com/p/abc/",
    redirects("https://www.instagram.com/accounts/login/?next=/p/abc/", status=302, end=_LOGIN),
    "walled/login-required",
)
barred(
    "facebook-post",
    "https://www.facebook.com/harbour/posts/1",
    html('<html><head><title>Facebook</title></head><body><div id="root"></div><script>1</script></body></html>'),
    "walled",
)
barred(
    "youtube-private",
    "https://www.youtube.com/watch?v=ccccccccccc",
    html('<script>var p={"playabilityStatus":{"status":"LOGIN_REQUIRED"}}</script>'),
    "walled/login-required",
)
barred(
    "youtube-unplayable",
    "https://www.youtube.com/watch?v=ddddddddddd",
    html('<script>var p={"playabilityStatus":{"status":"UNPLAYABLE"}}</script>'),
    "walled/video-unplayable",
)
barred(
    "consent-host",
    f"https://consent1.press{_P}",
    redirects("https://consent.bigmedia.press/?url=x", status=302, end="<title>Before you continue</title>"),
    "walled/consent-wall",
)
barred(
    "consent-dpg",
    f"https://consent2.press{_P}",
    redirects(
        "https://myprivacy.dpgmedia.nl/consent?siteKey=x", status=302, end="<title>DPG Media Privacy Gate</title>"
    ),
    "walled/consent-wall",
)
barred(
    "paywall-schema",
    f"https://pay1.press{_P}",
    GAZETTE.shows(
        GAZETTE.article(
            "Behind the wall",
            sentences=3,
            head='<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>',
        )
    ),
    "walled/paywall",
)
barred(
    "paywall-string",
    f"https://pay2.press{_P}",
    GAZETTE.shows(
        GAZETTE.article(
            "Behind the wall",
            sentences=3,
            head='<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>',
        )
    ),
    "walled/paywall",
)
for _status in (401, 402, 403, 405, 406, 407, 418, 428, 440, 449):
    barred(
        f"status-{_status}",
        f"https://status{_status}.press{_P}",
        html("<title>No</title>no", _status),
        f"walled/http-{_status}",
        "troubled",
        "unreachable",
    )
barred("status-429-for-ever", f"https://status429.press{_P}", html("slow down", 429), "throttled/http-429")
barred(
    "status-429-long-wait",
    f"https://status429b.press{_P}",
    html("slow down", 429, Retry_After="1m30s"),
    "throttled/http-429",
)
barred(
    "status-429-date-far",
    f"https://status429c.press{_P}",
    html("slow down", 429, Retry_After="Wed, 21 Oct 2099 07:28:00 GMT"),
    "throttled/http-429",
)
barred(
    "status-451",
    f"https://status451.press{_P}",
    html("<title>Unavailable For Legal Reasons</title>", 451),
    "blocked/http-451",
)

# ── censors ─────────────────────────────────────────────────────────────────────────────────────────────────────────

barred(
    "censor-redirect",
    f"http://censor1.press{_P}",
    redirects("http://warning.rt.ru/?id=5&st=0", status=302, end="<html><body>Доступ ограничен</body></html>"),
    "blocked/censor-redirect",
)
barred(
    "censor-redirect-operator",
    f"http://censor2.press{_P}",
    redirects("http://blocked.netbynet.ru/", status=307, end="<html></html>"),
    "blocked/censor-redirect",
)
barred(
    "censor-page",
    f"http://censor3.press{_P}",
    html(
        "<html><head><meta charset='utf-8'><title>Доступ ограничен</title></head><body><h1>Уважаемый абонент!</h1><p>Доступ к запрашиваемому ресурсу ограничен на основании Федерального закона от 27.07.2006 № 149-ФЗ.</p></body></html>"
    ),
    "blocked/censor-page",
)
barred(
    "censor-page-cp1251",
    f"http://censor4.press{_P}",
    html(
        "<html><head><title>Доступ закрыт</title></head><body>Доступ к данному ресурсу закрыт по решению органов власти. Единый реестр запрещённых сайтов: eais.rkn.gov.ru</body></html>".encode(
            "windows-1251"
        ),
        Content_Type="text/html; charset=windows-1251",
    ),
    "blocked/censor-page",
)
barred(
    "censor-403",
    f"http://censor5.press{_P}",
    html("<html><meta charset='utf-8'><body>Сайт заблокирован по решению Роскомнадзора</body></html>", 403),
    "blocked/censor-page",
)
barred(
    "geo-block",
    f"https://geo1.press{_P}",
    html(
        "<html><head><title>Video</title></head><body><p>Sorry, this video is not available in your country.</p></body></html>"
    ),
    "blocked/geo-block",
)
barred(
    "geo-block-eea",
    f"https://geo2.press{_P}",
    html(
        "<html><body><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area (EEA) and therefore access cannot be granted at this time.</p></body></html>",
        451,
    ),
    "blocked/http-451",
)
barred(
    "geo-block-403-ru",
    f"https://geo3.press{_P}",
    html("<html><meta charset='utf-8'><body><p>Контент недоступен в вашей стране.</p></body></html>", 403),
    "blocked/geo-block",
)
barred(
    "youtube-country",
    "https://www.youtube.com/watch?v=eeeeeeeeeee",
    html(
        '<script>var p={"playabilityStatus":{"status":"UNPLAYABLE","reason":"The uploader has not made this video available in your country"}}</script>'
    ),
    "blocked/geo-block",
)

# ── nothing can be said ─────────────────────────────────────────────────────────────────────────────────────────────


def fault(kind: str, **options: object) -> Stage:
    """A fault at the cited address."""
    return lambda world, url: world.fault(url, kind, **options)  # type: ignore[arg-type]


def with_tls(kind: str, body: bytes | str = "", status: int = 200) -> Stage:
    """A page behind a certificate fault."""

    def stage(world: World, url: str) -> None:
        world.page(url, body or GAZETTE.article("Behind a bad certificate"), status=status)
        world.fault(url, kind)

    return stage


for _status in (500, 502, 503, 504, 520, 400, 408):
    troubled(
        f"status-{_status}",
        f"https://status{_status}.press{_P}",
        html("<title>Error</title>error", _status, Server="cloudflare" if _status == 520 else "nginx"),
        f"failing/http-{_status}",
    )
troubled("status-511", f"https://status511.press{_P}", html("log in", 511), "unreachable/captive-portal")
troubled(
    "status-600",
    f"https://status600.press{_P}",
    lambda world, url: world.fault(url, "raw", data=b"HTTP/1.1 699 Odd\r\nContent-Length: 2\r\n\r\nhi"),
    "failing",
)
troubled(
    "redirect-without-target", f"https://nolocation.press{_P}", html("moved", 301), "failing/redirect-without-target"
)
troubled(
    "503-maintenance-says-not-found",
    f"https://maint.press{_P}",
    html("<title>Page not found</title>down for maintenance", 503),
    "failing/http-503",
)
troubled("empty-page", f"https://empty.press{_P}", html(""), "failing/empty-page")
troubled("reset", f"https://reset.press{_P}", fault("reset"), "unreachable/connection-reset")
troubled("empty-reply", f"https://emptyreply.press{_P}", fault("empty-reply"), "failing/empty-reply")
troubled("hang", f"https://hang.press{_P}", fault("hang"), "unreachable/timeout")
troubled(
    "drip",
    f"https://drip.press{_P}",
    fault("slow-drip", seconds=0.2, response=Response.html("<p>slow " * 400)),
    "unreachable/timeout",
)
troubled("truncated", f"https://trunc.press{_P}", fault("truncated"), "failing/truncated-body")
troubled("truncated-chunk", f"https://trunc2.press{_P}", fault("truncated-chunk"), "failing/truncated-body")
troubled(
    "raw-nonsense",
    f"https://raw.press{_P}",
    fault("raw", data=b"SSH-2.0-OpenSSH_8.4\r\n"),
    "failing/malformed-response",
)
troubled(
    "huge-headers",
    f"https://hugehead.press{_P}",
    fault(
        "raw", data=b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 900) for n in range(700)) + b"\r\n"
    ),
    "failing/headers-too-large",
)
troubled(
    "redirect-loop",
    "https://loop.press/a",
    redirects("https://loop.press/b", "https://loop.press/a"),
    "failing/redirect-loop",
)
troubled(
    "too-many-redirects",
    "https://many.press/0",
    redirects(*[f"https://many.press/{n}" for n in range(1, 15)], end="x"),
    "failing/too-many-redirects",
)
troubled(
    "bad-redirect-file",
    f"https://badredir.press{_P}",
    redirects("file:///etc/passwd", status=302),
    "failing/bad-redirect",
)
troubled(
    "bad-redirect-js",
    f"https://badredir2.press{_P}",
    redirects("javascript:alert(1)", status=302),
    "failing/bad-redirect",
)
troubled(
    "proxy-cannot-connect",
    f"https://refused.press{_P}",
    fault("connect-refused"),
    "unreachable/proxy-refused",
    "unreachable",
)
for _fault in ("expired", "not-yet-valid", "wrong-host", "self-signed", "untrusted-issuer", "obsolete"):
    troubled(f"tls-{_fault}", f"https://tls-{_fault}.press{_P}", with_tls(f"tls-{_fault}"), f"insecure/tls-{_fault}")
troubled("tls-handshake", f"https://tls-handshake.press{_P}", fault("tls-handshake"), "failing/tls-handshake")
troubled(
    "tls-expired-404", f"https://tls-404.press{_P}", with_tls("tls-expired", "not found", 404), "insecure/tls-expired"
)
troubled("bad-url", "https://exa mple.press:99999/", None, "unchecked/bad-url")
troubled("ignored", f"https://ignored.press{_P}", html("x"), "unchecked/ignored", expectation=Expectation(ignore=True))


def _dead_behind_tls(world: World, url: str) -> None:
    world.handler(
        host_of(url),
        lambda _request: Response.html(
            "<html><head><title>parked-tls.press is for sale</title></head><body><p>This domain is for sale.</p></body></html>"
        ),
    )
    world.fault(url, "tls-wrong-host")


ZOO.add(
    Truth.DEAD,
    "parked-behind-bad-certificate",
    f"https://parked-tls.press{_P}",
    _dead_behind_tls,
    "usurped/domain-for-sale",
)
